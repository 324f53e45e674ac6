"""All that an operator may set about the gateway, read once from the environment and checked at start-up.

Names are the fields below in capitals with the prefix ASSISTANT_ (`gateway_port` is ASSISTANT_GATEWAY_PORT).
Lists are JSON (`["https://www.example.ca"]`).
"""

import difflib
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from cryptography.fernet import Fernet
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from gateway.hours import Hours, parse_hours
from gateway.voice.settings import VoiceSettings

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ASSISTANT_"
Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
Secret = Annotated[SecretStr, Field(min_length=16)]


class UnknownSettingError(ValueError):
    """An environment variable of ours that means nothing, most likely a slip of the keyboard."""


class WebhookSetting(BaseModel):
    """An endpoint that hears of events; its secret is base64 behind `whsec_`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9-]{1,64}$")
    url: str = Field(max_length=2000)
    secret: SecretStr
    events: frozenset[str] = Field(min_length=1)


class Settings(VoiceSettings):
    """The gateway's settings; every one but the secrets has a default fit for one machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, populate_by_name=True)

    # Where it listens.
    gateway_host: str = "127.0.0.1"
    gateway_port: int = Field(default=8000, ge=0, le=65535)
    # The address customers use, when a proxy stands in front (used in links between the language versions).
    gateway_public_url: HttpUrl | None = None
    # How many proxies in front add to X-Forwarded-For; 0 means that the header is not believed at all.
    gateway_trusted_proxies: int = Field(default=0, ge=0, le=5)
    # Web sites besides this one on which the widget may be embedded ("https://www.example.ca").
    gateway_allowed_origins: list[str] = Field(default=[])

    # Signs the quick-reply buttons. Changing it makes the buttons already shown unusable, nothing else.
    gateway_secret: Secret
    # sqlite+aiosqlite:///path or postgresql+asyncpg://user:password@host/name
    gateway_database_url: str = f"sqlite+aiosqlite:///{ROOT / 'var' / 'gateway.db'}"

    # The assistant's understanding and dialogue: a Rasa server that only the gateway can reach.
    rasa_url: HttpUrl = HttpUrl("http://127.0.0.1:5005")
    rasa_secret: Secret
    # Seconds, each attempt; more than the actions themselves wait for a slow backend.
    rasa_timeout: float = Field(default=15.0, gt=0, le=60)

    # The system of record, for signing in and for receipts; the token is the one its settings know us by.
    backend_url: HttpUrl = HttpUrl("http://127.0.0.1:8001")
    backend_token: Secret
    backend_timeout: float = Field(default=8.0, gt=0, le=60)  # seconds, each attempt

    # Fernet keys that seal the secrets of second factors (`python -m gateway rep key` makes one): the first
    # seals, all open. In development, without any, one is derived from ASSISTANT_GATEWAY_SECRET.
    desk_secret_keys: tuple[SecretStr, ...] = ()
    # The desk. Without a token of its own for the backend, reps can talk but not act for customers.
    desk_token: Secret | None = None
    # When people are there, in Toronto's time; closed on other days and on holidays (dates, JSON).
    desk_hours: str = "Mo-Fr 08:00-20:00; Sa 09:00-17:00"
    desk_holidays: frozenset[date] = frozenset()
    # A rep whose desk is not connected that long loses the conversations claimed.
    desk_away_minutes: float = Field(default=3.0, gt=0, le=120)
    desk_session_hours: float = Field(default=12.0, gt=0, le=24)
    desk_idle_minutes: float = Field(default=60.0, gt=0, le=720)
    desk_sign_in_tries: int = Field(default=5, ge=1, le=20)  # then locked for desk_lock_minutes
    desk_lock_minutes: float = Field(default=15.0, gt=0, le=1440)
    # In development `python -m gateway rep demo` makes a rep whose password and code everybody may know.
    gateway_environment: Literal["development", "production"] = "production"

    # E-mail (transcripts): .eml files in a folder unless a server is named.
    mail_host: str | None = None
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_user: str | None = None
    mail_password: SecretStr | None = None
    mail_security: Literal["none", "starttls", "tls"] = "starttls"
    mail_from: str = "service@example.ca"
    mail_folder: Path = ROOT / "var" / "outbox"

    # Who is told of what happens, besides the endpoints added by `python -m gateway webhooks` (JSON).
    gateway_webhooks: tuple[WebhookSetting, ...] = ()
    # E-mail, webhooks and retention are done inside the gateway, or by `python -m gateway worker`.
    gateway_worker_inside: bool = True
    gateway_worker_pause: float = Field(default=1.0, gt=0, le=300)  # seconds between looks for due work

    # For how many days each kind of data is kept; gateway/retention/policy.py says from when.
    keep_messages_days: int = Field(default=365, ge=1)
    keep_turns_days: int = Field(default=365, ge=1)
    keep_tickets_days: int = Field(default=730, ge=1)
    keep_events_days: int = Field(default=1095, ge=1)
    keep_audit_days: int = Field(default=2555, ge=1)
    keep_deliveries_days: int = Field(default=30, ge=1)
    keep_mails_days: int = Field(default=90, ge=1)
    keep_rep_sessions_days: int = Field(default=30, ge=1)

    # The language when neither the customer nor the browser says one.
    gateway_default_language: Language = "fr"

    # Limits. Characters are counted after control characters are removed.
    gateway_message_length: int = Field(default=1000, ge=1, le=10_000)
    gateway_messages_per_minute: int = Field(default=60, ge=1)
    gateway_waiting_messages: int = Field(default=5, ge=1)  # unanswered ones, a conversation
    gateway_conversations_per_minute: int = Field(default=60, ge=1)  # new ones, a client address
    gateway_sign_ins_per_minute: int = Field(default=10, ge=1)  # tries, a client address
    gateway_sockets_per_conversation: int = Field(default=10, ge=1)
    gateway_heartbeat: float = Field(default=25.0, gt=0)  # seconds between WebSocket pings
    gateway_notice_delay: float = Field(default=1.5, gt=0)  # seconds before a word that the answer takes long
    gateway_send_timeout: float = Field(default=10.0, gt=0)  # seconds; a slower reader is cut off

    # Without a token /metrics answers this machine only.
    gateway_metrics_token: Secret | None = None
    gateway_static_dir: Path = ROOT / "web" / "dist"
    gateway_log_format: Literal["console", "json"] = "console"

    @field_validator("gateway_allowed_origins")
    @classmethod
    def _origins_are_bare(cls, origins: list[str]) -> list[str]:
        for origin in origins:
            url = HttpUrl(origin)
            if origin != origin.rstrip("/") or url.path not in (None, "/") or url.query or url.username:
                raise ValueError(f"{origin!r} must be scheme://host[:port] and nothing more")
        return [origin.lower() for origin in origins]

    @field_validator("gateway_database_url")
    @classmethod
    def _database_is_known(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return url

    @field_validator("desk_hours")
    @classmethod
    def _hours_are_readable(cls, hours: str) -> str:
        parse_hours(hours)
        return hours

    @field_validator("desk_secret_keys")
    @classmethod
    def _keys_are_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for number, key in enumerate(keys, start=1):
            try:
                Fernet(key.get_secret_value())
            except ValueError as error:
                raise ValueError(f"key {number} is not one that `python -m gateway rep key` makes") from error
        return keys

    @model_validator(mode="after")
    def _production_has_keys(self) -> "Settings":
        if self.gateway_environment == "production" and not self.desk_secret_keys:
            raise ValueError("DESK_SECRET_KEYS: needed in production; `python -m gateway rep key` makes one")
        return self

    @model_validator(mode="after")
    def _turns_outlive_messages(self) -> "Settings":
        if self.keep_turns_days < self.keep_messages_days:
            raise ValueError("KEEP_TURNS_DAYS: messages belong to turns, which must be kept at least as long")
        return self

    @property
    def hours(self) -> Hours:
        """When people are there."""
        return Hours(parse_hours(self.desk_hours), self.desk_holidays)

    @property
    def body_limit(self) -> int:
        """The largest request body in bytes: a message with every character escaped, and room around it."""
        return 4096 + 12 * self.gateway_message_length


def check_names(environment: Iterable[str]) -> None:
    """Raise UnknownSettingError for ASSISTANT_GATEWAY_... names that don't exist and near misses of others.

    Other parts of the house have settings under the same prefix: names that resemble none of ours are theirs.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.9)
        if near or name.startswith(PREFIX + "GATEWAY_"):
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UnknownSettingError(f"{name} is not a setting of the gateway{hint}")


def load_settings(environment: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Read the settings; raises pydantic.ValidationError or UnknownSettingError with all that is wrong."""
    check_names(environment)
    return Settings(**overrides)

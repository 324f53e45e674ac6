"""All that an operator may set about the gateway, read once from the environment and checked at start-up.

Names are the fields below in capitals with the prefix ASSISTANT_ (`gateway_port` is ASSISTANT_GATEWAY_PORT).
Lists are JSON (`["https://www.example.ca"]`).
"""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ASSISTANT_"
Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
Secret = Annotated[SecretStr, Field(min_length=16)]


class UnknownSettingError(ValueError):
    """An environment variable of ours that means nothing, most likely a slip of the keyboard."""


class Settings(BaseSettings):
    """The gateway's settings; every one but the two secrets has a default fit for one machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    # Where it listens.
    gateway_host: str = "127.0.0.1"
    gateway_port: int = Field(default=8000, ge=0, le=65535)
    # The address customers use, when a proxy stands in front (used in links between the language versions).
    gateway_public_url: HttpUrl | None = None
    # How many proxies in front add to X-Forwarded-For; 0 means that the header is not believed at all.
    gateway_trusted_proxies: int = Field(default=0, ge=0, le=5)
    # Web sites besides this one on which the widget may be embedded ("https://www.example.ca").
    gateway_allowed_origins: list[str] = []

    # Signs the quick-reply buttons. Changing it makes the buttons already shown unusable, nothing else.
    gateway_secret: Secret
    # sqlite+aiosqlite:///path or postgresql+asyncpg://user:password@host/name
    gateway_database_url: str = f"sqlite+aiosqlite:///{ROOT / 'var' / 'gateway.db'}"

    # The assistant's understanding and dialogue: a Rasa server that only the gateway can reach.
    rasa_url: HttpUrl = HttpUrl("http://127.0.0.1:5005")
    rasa_secret: Secret
    rasa_timeout: float = Field(default=10.0, gt=0, le=60)  # seconds, each attempt

    # The language when neither the customer nor the browser says one.
    gateway_default_language: Language = "fr"

    # Limits. Characters are counted after control characters are removed.
    gateway_message_length: int = Field(default=1000, ge=1, le=10_000)
    gateway_messages_per_minute: int = Field(default=60, ge=1)
    gateway_waiting_messages: int = Field(default=5, ge=1)  # unanswered ones, a conversation
    gateway_conversations_per_minute: int = Field(default=60, ge=1)  # new ones, a client address
    gateway_sockets_per_conversation: int = Field(default=10, ge=1)
    gateway_heartbeat: float = Field(default=25.0, gt=0)  # seconds between WebSocket pings
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

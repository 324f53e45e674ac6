"""All that an operator may set about the backend, read once from the environment and checked at start-up.

Names are the fields below in capitals with the prefix BACKEND_ (`port` is BACKEND_PORT). Maps are JSON.
"""

import difflib
import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.service.backend import Policy

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "BACKEND_"
Scope = Literal[
    "sign_in",  # sign customers in, telling their real client address
    "act_in_session",  # act inside an open session of a customer, by its id
    "act_on_behalf",  # act for a customer as a rep
    "find_customers",  # find the profiles that manage an account
    "settle_payments",  # settle reported payments
    "refund_payments",  # give payments back
    "report_bounces",  # tell of e-bills that came back
]
DEVELOPMENT_SECRET = "development-only-secret"
DEVELOPMENT_SERVICES = {
    "assistant": {"token": "development-assistant-token", "scopes": ["sign_in", "act_in_session"]},
    "desk": {
        "token": "development-desk-token",
        "scopes": ["act_on_behalf", "find_customers", "settle_payments", "refund_payments", "report_bounces"],
    },
}


class SettingsFault(ValueError):  # noqa: N818 - the house's word for it
    """The environment can't be used; the message says which name and why."""


class Service(BaseModel):
    """A program that may call us: its token and what it may do with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: SecretStr = Field(min_length=16)
    scopes: frozenset[Scope]


class Settings(BaseSettings):
    """The backend's settings; in development every one has a default, in production the secrets have none."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    environment: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8001, ge=0, le=65535)
    # The address customers' browsers use, for links in e-mails and the hosted pages.
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8001")
    # sqlite+aiosqlite:///path or postgresql+asyncpg://user:password@host/name
    database_url: str = f"sqlite+aiosqlite:///{ROOT / 'var' / 'backend.db'}"
    database_pool: int = Field(default=10, ge=1, le=100)
    # Signs and digests; changing it makes open payment pages and idempotency keys unusable, nothing else.
    secret: SecretStr = Field(default=SecretStr(DEVELOPMENT_SECRET), min_length=16)
    services: dict[str, Service] = Field(
        default_factory=lambda: dict(DEVELOPMENT_SERVICES), validate_default=True
    )
    # How many proxies in front add to X-Forwarded-For; 0 means that the header is not believed at all.
    trusted_proxies: int = Field(default=0, ge=0, le=5)

    # E-mail: .eml files in a folder unless a server is named.
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    mail_from: str = "service@example.ca"
    outbox_folder: Path = ROOT / "var" / "outbox"

    # Where the mail server drops reports of bounced e-bills: a maildir or a plain folder.
    bounce_folder: Path | None = None

    # The payment provider: the sandbox (development only), or one with a hosted page, reached by HTTP.
    provider: Literal["sandbox", "hosted"] = "sandbox"
    provider_url: HttpUrl | None = None
    provider_secret: SecretStr | None = Field(default=None, min_length=16)
    provider_timeout: float = Field(default=20, gt=0, le=120)  # seconds
    payment_minutes: int = Field(default=60, ge=5, le=1440)  # after that a page nobody used is closed

    # Store the demo customers at start-up; refused outside development.
    demo_data: bool = False
    # In development the worker runs inside the service.
    worker_inside: bool | None = None
    worker_pause: float = Field(default=1.0, gt=0, le=300)  # seconds between looks for due work

    session_idle_minutes: int = Field(default=30, ge=1, le=1440)
    session_hours: int = Field(default=12, ge=1, le=168)
    recovery_minutes: int = Field(default=60, ge=5, le=1440)

    # Without a token /metrics answers this machine only.
    metrics_token: SecretStr | None = None
    log_format: Literal["console", "json"] = "console"

    @model_validator(mode="after")
    def _production_is_complete(self) -> Self:
        if not self.database_url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("database_url must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        if self.provider == "hosted" and not (self.provider_url and self.provider_secret):
            raise ValueError("the hosted provider needs BACKEND_PROVIDER_URL and BACKEND_PROVIDER_SECRET")
        if self.environment == "development":
            return self
        if self.provider == "sandbox":
            raise ValueError("the sandbox is for development only: set BACKEND_PROVIDER=hosted")
        if self.provider_url is not None and self.provider_url.scheme != "https":
            raise ValueError("BACKEND_PROVIDER_URL must begin with https:// in production")
        if self.demo_data:
            raise ValueError("demo_data is for development only")
        missing = [
            name for name in ("secret", "services", "public_url", "smtp_host") if not self._is_given(name)
        ]
        if missing:
            raise ValueError("production needs " + ", ".join(PREFIX + name.upper() for name in missing))
        return self

    def _is_given(self, name: str) -> bool:
        return name in self.model_fields_set and getattr(self, name) is not None

    @property
    def runs_worker(self) -> bool:
        """Whether the service itself does the worker's rounds."""
        return self.environment == "development" if self.worker_inside is None else self.worker_inside

    @property
    def policy(self) -> Policy:
        """The limits the services keep to."""
        return Policy(
            session_idle=timedelta(minutes=self.session_idle_minutes),
            session_life=timedelta(hours=self.session_hours),
            recovery_life=timedelta(minutes=self.recovery_minutes),
            payment_life=timedelta(minutes=self.payment_minutes),
        )


def load_settings() -> Settings:
    """The settings from the environment, or a SettingsFault that a person can act upon."""
    _check_names(os.environ)
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{PREFIX}{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors()
        ]
        raise SettingsFault("\n".join(faults)) from None


def _check_names(names: Iterable[str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(names):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise SettingsFault(
                f"{name}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
            )

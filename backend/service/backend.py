"""Everything the services are given: where things are kept, what time it is, the limits, the hasher."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backend.domain.limits import Limit
from backend.domain.plans import Catalogue
from backend.service.ports import Hasher, Provider, Store


def utc_now() -> datetime:
    """The real clock; tests pass their own."""
    return datetime.now(UTC)


def limit(tries: int, *, minutes: int) -> Limit:
    """So many tries in so many minutes, then locked for as long."""
    return Limit(tries=tries, window=timedelta(minutes=minutes), lock=timedelta(minutes=minutes))


@dataclass(frozen=True)
class Policy:
    """The numbers an operator may tune."""

    session_idle: timedelta = timedelta(minutes=30)
    session_life: timedelta = timedelta(hours=12)
    recovery_life: timedelta = timedelta(minutes=60)
    sign_in_profile: Limit = field(default_factory=lambda: limit(5, minutes=15))
    sign_in_address: Limit = field(default_factory=lambda: limit(30, minutes=15))
    phone_account: Limit = field(default_factory=lambda: limit(5, minutes=60))
    phone_address: Limit = field(default_factory=lambda: limit(20, minutes=60))
    proof_profile: Limit = field(default_factory=lambda: limit(5, minutes=60))
    proof_address: Limit = field(default_factory=lambda: limit(20, minutes=60))
    proof_account: Limit = field(default_factory=lambda: limit(10, minutes=60))
    recovery_address: Limit = field(default_factory=lambda: limit(10, minutes=60))
    keys_kept: timedelta = timedelta(days=30)
    payment_life: timedelta = timedelta(minutes=60)
    claim_life: timedelta = timedelta(minutes=5)
    outbox_tries: int = 8


@dataclass(frozen=True)
class Backend:
    """The one object handed to every service function."""

    store: Store
    hasher: Hasher
    catalogue: Catalogue
    secret: str
    public_url: str
    provider: Provider
    now: Callable[[], datetime] = utc_now
    policy: Policy = field(default_factory=Policy)

    def digest(self, text: str) -> str:
        """A keyed digest: what was asked can be compared, not read."""
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    def tries_of(self, kind: str, typed: str) -> str:
        """The key that tries are counted under; what somebody typed there can't be read from it."""
        return f"{kind}:{self.digest(typed)}"


def new_token() -> str:
    """A secret for a session or a link."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """How a token is stored: it is long and random, a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Profiles, their sessions and links: who may act, for how long, and when a profile lapses."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from backend.domain.clock import day_starts, one_year_after, toronto_date

WARNED_BEFORE = timedelta(days=30)


class Language(StrEnum):
    """The two languages of the house."""

    FR = "fr"
    EN = "en"


class Channel(StrEnum):
    """Through which door somebody came."""

    PORTAL = "portal"
    CHAT = "chat"
    VOICE = "voice"
    DESK = "desk"
    SYSTEM = "system"


class ActorKind(StrEnum):
    """Who really acts."""

    CUSTOMER = "customer"
    REP = "rep"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who acts, on whose behalf, through which channel."""

    kind: ActorKind
    id: str
    channel: Channel
    profile_id: str | None = None
    session_id: str | None = None

    @property
    def is_rep(self) -> bool:
        """Whether a representative acts."""
        return self.kind is ActorKind.REP


SYSTEM = Actor(kind=ActorKind.SYSTEM, id="system", channel=Channel.SYSTEM)


@dataclass(eq=False)
class Profile:
    """One customer's way in; it may manage many accounts."""

    id: str
    user_id: str
    password_hash: str
    email: str
    language: Language
    created_at: datetime
    last_used_at: datetime
    default_account_id: str | None = None
    warned_at: datetime | None = None
    phone_pin_hash: str | None = None

    def use(self, now: datetime) -> None:
        """Any sign-in starts the year again (FAQ inactivity)."""
        self.last_used_at = max(self.last_used_at, now)
        self.warned_at = None

    @property
    def lapses_at(self) -> datetime:
        """The end of one year without use."""
        return day_starts(one_year_after(toronto_date(self.last_used_at)))

    def should_warn(self, now: datetime) -> bool:
        """Whether the warning before deletion is due."""
        return self.warned_at is None and now >= self.lapses_at - WARNED_BEFORE

    @property
    def deletion_at(self) -> datetime:
        """When it goes, if it stays unused: after a year, and 30 days after the warning."""
        if self.warned_at is None:
            return self.lapses_at
        return max(self.lapses_at, self.warned_at + WARNED_BEFORE)

    def has_lapsed(self, now: datetime) -> bool:
        """Unused for a year, and warned early enough."""
        return self.warned_at is not None and now >= self.deletion_at


@dataclass(eq=False)
class AccountLink:
    """One account number made to answer to one profile (FAQ account_linking_meaning)."""

    profile_id: str
    account_id: str
    linked_at: datetime


@dataclass(eq=False)
class Session:
    """A signed-in customer; the token itself is never stored."""

    id: str
    token_digest: str
    profile_id: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    def is_open(self, now: datetime, *, idle: timedelta) -> bool:
        """Neither signed out, nor too old, nor left alone too long."""
        return self.ended_at is None and now < self.expires_at and now < self.used_at + idle


@dataclass(eq=False)
class RecoveryLink:
    """A single-use link sent to the profile's e-mail address."""

    token_digest: str
    profile_id: str
    purpose: str
    expires_at: datetime
    used_at: datetime | None = field(default=None)
    email: str | None = None  # the address to be verified

    def is_good(self, now: datetime, *, purpose: str) -> bool:
        """Not used, not expired, and made for this purpose."""
        return self.used_at is None and now < self.expires_at and self.purpose == purpose


def gone(profile_id: str, now: datetime) -> Profile:
    """Stands for a profile deleted meanwhile: the account's history goes on, nobody is written to."""
    return Profile(profile_id, "", "", "", Language.FR, now, now)

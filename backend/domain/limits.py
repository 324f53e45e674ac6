"""How often one may try and fail (FAQ login_attempts): counted before the answer is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from backend.domain.errors import Refusal


@dataclass(frozen=True)
class Limit:
    """So many tries within a window, then locked for a while."""

    tries: int
    window: timedelta
    lock: timedelta


@dataclass(eq=False)
class Attempts:
    """The tries counted under one key (a profile, a client address, an account number)."""

    key: str
    count: int
    since: datetime
    locked_until: datetime | None = None

    def begin(self, limit: Limit, now: datetime) -> None:
        """Count one more try; refuse it while locked."""
        if self.locked_until is not None and now < self.locked_until:
            raise too_many(self.locked_until - now)
        if self.locked_until is not None or now - self.since >= limit.window:
            self.count, self.since, self.locked_until = 0, now, None
        self.count += 1
        if self.count >= limit.tries:
            self.locked_until = now + limit.lock

    def succeeded(self, now: datetime) -> None:
        """Forget the tries before a success."""
        self.count, self.since, self.locked_until = 0, now, None

    def left(self, limit: Limit) -> int:
        """Tries that remain before the lock."""
        return max(0, limit.tries - self.count)


def too_many(wait: timedelta) -> Refusal:
    """The refusal that says after how many seconds to come back."""
    return Refusal("too_many_attempts", retry_after=max(1, ceil(wait.total_seconds())))

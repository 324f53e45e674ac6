"""Work that is done later: one worker takes it up, and when it fails it is tried again, later each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from gateway.conversations.records import UtcDateTime

CLAIM = timedelta(minutes=5)  # a worker that took something and died gives it up after that
WAITING = "waiting"


class Due:
    """The columns of such work, for tables whose `state` is `waiting` until it ends."""

    if TYPE_CHECKING:
        state: Mapped[str]
    tries: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


Work = TypeVar("Work", bound=Due)


async def claim_due(
    session: AsyncSession, table: type[Work], *others: Any, now: datetime, limit: int
) -> Sequence[Work]:
    """Take up what is due and nobody else's, the oldest first (`others` break ties); counts as a try."""
    is_free = or_(table.claimed_until.is_(None), table.claimed_until < now)
    query = (
        select(table)
        .where(table.state == WAITING, table.due_at <= now, is_free)
        .order_by(table.due_at, *others)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await session.execute(query)).scalars().all()
    for work in found:
        work.claimed_until, work.tries = now + CLAIM, work.tries + 1
    return found


def next_try(now: datetime, tries: int) -> datetime:
    """Half a minute, one, two, four ... at most six hours after the try with this number."""
    return now + min(timedelta(seconds=30 * 2 ** (max(tries, 1) - 1)), timedelta(hours=6))

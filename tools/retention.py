"""Forgets what was said: deletes conversations that ended long enough ago from Rasa's store.

`python -m tools.retention --days 30` is for a daily timer and may run while Rasa does.
`--dry-run` only counts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tools.model import ROOT

DEFAULT_URL = f"sqlite:///{ROOT / 'var' / 'rasa.db'}"
DAY = 24 * 60 * 60  # seconds
BATCH = 200  # conversations at a time, so that Rasa never waits long for the store
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}

_events = sa.table("events", sa.column("sender_id"), sa.column("timestamp"))


@dataclass(frozen=True)
class Forgotten:
    """How many conversations, and events in them, were deleted or would be."""

    conversations: int
    events: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when done, 1 when the store can't be used, 2 when asked wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tools.retention", description=__doc__)
    parser.add_argument(
        "--days", type=int, required=True, help="keep conversations whose last word is younger"
    )
    parser.add_argument(
        "--url", default=os.environ.get("RASA_DATABASE_URL", DEFAULT_URL), help="Rasa's store"
    )
    parser.add_argument("--dry-run", action="store_true", help="only count")
    chosen = parser.parse_args(arguments)
    if chosen.days < 1:
        parser.error("--days: at least 1")
    try:
        found = asyncio.run(forget(chosen.url, chosen.days, dry_run=chosen.dry_run))
    except (SQLAlchemyError, OSError, ValueError) as error:
        print(f"The store can't be used: {type(error).__name__}", file=sys.stderr)
        return 1
    done = "would be deleted" if chosen.dry_run else "deleted"
    print(f"{found.conversations} conversations, {found.events} events {done}")
    return 0


async def forget(url: str, days: float, *, dry_run: bool = False, now: float | None = None) -> Forgotten:
    """Delete the conversations whose last event is older than `days` before `now` (seconds since 1970)."""
    limit = (time.time() if now is None else now) - days * DAY
    engine = create_async_engine(async_url(url), hide_parameters=True)
    try:
        old = await _ended_before(engine, limit)
        if dry_run:
            return Forgotten(len(old), sum(old.values()))
        names = list(old)
        batches = [names[start : start + BATCH] for start in range(0, len(names), BATCH)]
        deleted = [await _delete(engine, batch, limit) for batch in batches]
        return Forgotten(len(names), sum(deleted))
    finally:
        await engine.dispose()


def async_url(url: str) -> sa.URL:
    """The same database by a driver of this environment; ValueError for another kind of database."""
    asked = sa.make_url(url)
    kind = asked.drivername.partition("+")[0]
    if kind not in _DRIVERS:
        raise ValueError(f"{kind} is not supported")
    return asked.set(drivername=_DRIVERS[kind])


async def _ended_before(engine: AsyncEngine, limit: float) -> dict[str, int]:
    """The conversations to forget, each with its number of events."""
    counted = (
        sa.select(_events.c.sender_id, sa.func.count())
        .group_by(_events.c.sender_id)
        .having(sa.func.max(_events.c.timestamp) < limit)
    )
    async with engine.connect() as connection:
        return {str(name): int(count) for name, count in await connection.execute(counted)}


async def _delete(engine: AsyncEngine, names: Sequence[str], limit: float) -> int:
    """Delete some conversations, but none that has just gone on."""
    still_old = (
        sa.select(_events.c.sender_id)
        .where(_events.c.sender_id.in_(names))
        .group_by(_events.c.sender_id)
        .having(sa.func.max(_events.c.timestamp) < limit)
    )
    async with engine.begin() as connection:
        if (
            connection.dialect.name == "sqlite"
        ):  # or the words would stay in the file until they are overwritten
            await connection.exec_driver_sql("PRAGMA secure_delete = ON")
        result = await connection.execute(sa.delete(_events).where(_events.c.sender_id.in_(still_old)))
        return int(result.rowcount)


if __name__ == "__main__":
    sys.exit(main())

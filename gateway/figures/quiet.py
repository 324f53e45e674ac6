"""Notices that a visit has ended, and whether something was left open; the ledger then says so, once."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Owner
from gateway.figures.definitions import QUIET_AFTER, is_left
from gateway.figures.reading import read_events
from gateway.ledger.kinds import ACTS, ENDS, Kind
from gateway.ledger.record import record
from gateway.ledger.records import Event

LOOK_BACK = timedelta(days=3)  # what nobody looked at for longer stays without an end
BATCH = 100


async def note_quiet(database: Database, *, now: datetime) -> int:
    """Write the end of up to a hundred visits; returns how many. Several workers may do this at once."""
    last = (
        select(func.max(Event.id).label("id"), Event.conversation_id)
        .where(Event.at > now - LOOK_BACK)
        .group_by(Event.conversation_id)
        .subquery()
    )
    query = (
        select(Conversation)
        .join(last, last.c.conversation_id == Conversation.id)
        .join(Event, Event.id == last.c.id)
        .where(Event.at <= now - QUIET_AFTER, Event.kind.not_in(ENDS), Conversation.owner == Owner.BOT)
        .limit(BATCH)
        .with_for_update(of=Conversation, skip_locked=True)
    )
    async with database.write() as session:
        found = (await session.execute(query)).scalars().all()
        for conversation in found:
            events = await read_events(session, conversation.id)
            if events[-1].kind in ENDS:
                continue
            visit = _last_visit(events)
            record(session, conversation, Kind.ABANDONED if is_left(visit) else Kind.WENT_QUIET, now=now)
        await session.commit()
    return len(found)


def _last_visit(events: list[Event]) -> list[Event]:
    """What happened since the last end; a conversation nobody spoke in ends too."""
    ends = [place for place, event in enumerate(events) if event.kind in ENDS]
    visit = events[ends[-1] + 1 :] if ends else events
    return [event for event in visit if event.kind in ACTS]

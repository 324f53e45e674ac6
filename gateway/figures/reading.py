"""Reads the ledger conversation by conversation."""

import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.figures.definitions import Outcome, outcome_of
from gateway.ledger.kinds import Kind
from gateway.ledger.records import Event
from gateway.settings import Language

BATCH = 2000


@dataclass(frozen=True)
class Period:
    """Days in Toronto, both counted, and what else the conversations must be."""

    first: date
    last: date
    language: Language | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Case:
    """One conversation: all that happened, and what became of it."""

    events: list[Event]
    outcome: Outcome

    @property
    def begun(self) -> Event:
        """Its beginning; the day, language and channel it is counted under."""
        return self.events[0]


async def read_cases(session: AsyncSession, period: Period, *, now: datetime) -> AsyncIterator[Case]:
    """The conversations that began in the period, in no particular order."""
    begun = _begun(period)
    contacts = await _contacts(session, begun)
    query = (
        select(Event)
        .where(Event.conversation_id.in_(begun))
        .order_by(Event.conversation_id, Event.id)
        .execution_options(yield_per=BATCH)
    )
    events: list[Event] = []
    async for event in await session.stream_scalars(query):
        if events and event.conversation_id != events[0].conversation_id:
            yield _case(events, contacts, now)
            events = []
        events.append(event)
    if events:
        yield _case(events, contacts, now)


async def read_events(session: AsyncSession, conversation_id: uuid.UUID) -> list[Event]:
    """All that happened in one conversation, in order."""
    query = select(Event).where(Event.conversation_id == conversation_id).order_by(Event.id)
    return list((await session.execute(query)).scalars())


def _begun(period: Period) -> Select[uuid.UUID]:
    query = select(Event.conversation_id).where(
        Event.kind == Kind.BEGUN, Event.day >= period.first, Event.day <= period.last
    )
    if period.language is not None:
        query = query.where(Event.language == period.language)
    return query if period.channel is None else query.where(Event.channel == period.channel)


async def _contacts(
    session: AsyncSession, begun: Select[uuid.UUID]
) -> dict[str, list[tuple[uuid.UUID, datetime]]]:
    """When the people of these conversations were first known in each of all their conversations."""
    persons = select(Event.person).where(Event.conversation_id.in_(begun), Event.person.is_not(None))
    query = (
        select(Event.person, Event.conversation_id, func.min(Event.at, type_=Event.at.type))
        .where(Event.person.in_(persons))
        .group_by(Event.person, Event.conversation_id)
    )
    found: defaultdict[str, list[tuple[uuid.UUID, datetime]]] = defaultdict(list)
    for person, conversation_id, at in (await session.execute(query)).all():
        found[person or ""].append((conversation_id, at))
    return found


def _case(events: list[Event], contacts: dict[str, list[tuple[uuid.UUID, datetime]]], now: datetime) -> Case:
    persons: Iterable[str] = {event.person for event in events if event.person is not None}
    others = [
        at
        for person in persons
        for conversation_id, at in contacts.get(person, [])
        if conversation_id != events[0].conversation_id
    ]
    return Case(events, outcome_of(events, now=now, contacts=others))

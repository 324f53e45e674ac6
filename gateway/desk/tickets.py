"""Tickets: what customers leave while nobody is there, and what became of it."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import store
from gateway.conversations.records import Conversation, Message, Sender
from gateway.conversations.store import Line
from gateway.desk import audit, notes, reps
from gateway.desk.access import lock_conversation
from gateway.desk.desk import Desk
from gateway.desk.ending import check_outcome
from gateway.desk.hidden import hide_ticket
from gateway.desk.items import moment, rep_json
from gateway.desk.names import Names
from gateway.desk.records import Rep, Ticket
from gateway.errors import GatewayError, too_often
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record

MOST_OPEN = 3  # tickets of one conversation
OPEN, DONE = "open", "done"
Json = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """How a customer wants to be reached, checked, and what about."""

    reach_by: str
    reach_at: str
    message: str

    def is_same_as(self, ticket: Ticket) -> bool:
        """Whether a stored ticket says exactly this."""
        return (self.reach_by, self.reach_at, self.message) == (
            ticket.reach_by,
            ticket.reach_at,
            ticket.message,
        )


async def do_open_ticket(
    desk: Desk, conversation_id: uuid.UUID, client_message_id: str, wish: Wish
) -> tuple[Ticket, Sequence[Message]]:
    """Keep the wish, once, and tell the customer its number; raises message_id_reused or too_many_tickets."""
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        ticket = await _find(session, conversation_id, client_message_id)
        if ticket is not None and not wish.is_same_as(ticket):
            raise GatewayError("message_id_reused", {"client_message_id": client_message_id})
        if ticket is not None:
            return ticket, []
        await _check_open(session, conversation_id)
        ticket = await _add(session, conversation, client_message_id, wish, now)
        details = {"number": ticket.number}
        record(session, conversation, Kind.TICKET_CREATED, now=now, reason=wish.reach_by, details=details)
        values = {"number": ticket.number}
        text = desk.texts.get("chat.callback_kept", conversation.language, values)
        extras = {"key": "callback_kept", "values": values}
        line = Line(Sender.SYSTEM, text, conversation.language, extras)
        message = store.add_line(session, conversation, line, now=now)
        await session.commit()
    desk.live.wake_desks(conversation_id)
    return ticket, [message]


async def do_finish_ticket(desk: Desk, rep: Rep, number: str, *, outcome: str, note: str | None) -> Ticket:
    """The customer was reached, or not; raises ticket_not_found, ticket_done or outcome_not_found."""
    check_outcome(desk, outcome)
    now = desk.clock()
    async with desk.database.write() as session:
        query = select(Ticket).where(Ticket.number == number).with_for_update()
        ticket = (await session.execute(query)).scalar_one_or_none()
        if ticket is None:
            raise GatewayError("ticket_not_found")
        if ticket.state == DONE:
            raise GatewayError("ticket_done")
        ticket.state, ticket.done_at, ticket.done_by, ticket.outcome = DONE, now, rep.id, outcome
        conversation = await lock_conversation(session, ticket.conversation_id)
        if note:
            notes.add(session, conversation, rep, note, now=now)
        audit.write(
            session,
            "ticket_done",
            now=now,
            rep_id=rep.id,
            conversation_id=conversation.id,
            number=number,
            outcome=outcome,
        )
        await session.commit()
    desk.live.wake_desks(conversation.id)
    return ticket


async def read_tickets(
    session: AsyncSession, names: Names, *, state: str | None = None, conversation_id: uuid.UUID | None = None
) -> list[Json]:
    """Tickets in a state, or of a conversation, the oldest first."""
    query = select(Ticket).order_by(Ticket.created_at, Ticket.number).limit(200)
    if state is not None:
        query = query.where(Ticket.state == state)
    if conversation_id is not None:
        query = query.where(Ticket.conversation_id == conversation_id)
    known = await reps.all_reps(session)
    return [ticket_json(ticket, known, names) for ticket in (await session.execute(query)).scalars().all()]


def ticket_json(ticket: Ticket, known: Mapping[uuid.UUID, Rep], names: Names) -> Json:
    """A ticket as the desk gets it."""
    return {
        "number": ticket.number,
        "conversation": str(ticket.conversation_id),
        "language": ticket.language,
        "reach_by": ticket.reach_by,
        **hide_ticket(names, ticket),
        "state": ticket.state,
        "created_at": moment(ticket.created_at),
        "done_at": moment(ticket.done_at),
        "done_by": rep_json(known.get(ticket.done_by)) if ticket.done_by is not None else None,
        "outcome": names.named("outcome", ticket.outcome),
    }


async def _find(session: AsyncSession, conversation_id: uuid.UUID, client_message_id: str) -> Ticket | None:
    query = select(Ticket).where(
        Ticket.conversation_id == conversation_id, Ticket.client_message_id == client_message_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def _check_open(session: AsyncSession, conversation_id: uuid.UUID) -> None:
    query = select(func.count()).where(Ticket.conversation_id == conversation_id, Ticket.state == OPEN)
    if (await session.execute(query)).scalar_one() >= MOST_OPEN:
        raise too_often("too_many_tickets", retry_after=3600, limit=MOST_OPEN)


async def _add(
    session: AsyncSession, conversation: Conversation, client_message_id: str, wish: Wish, now: datetime
) -> Ticket:
    number = _number()
    while await session.get(Ticket, number) is not None:
        number = _number()
    ticket = Ticket(
        number=number,
        conversation_id=conversation.id,
        client_message_id=client_message_id,
        language=conversation.language,
        reach_by=wish.reach_by,
        reach_at=wish.reach_at,
        message=wish.message,
        state=OPEN,
        created_at=now,
    )
    session.add(ticket)
    return ticket


def _number() -> str:
    return str(10_000_000 + secrets.randbelow(90_000_000))

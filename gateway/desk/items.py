"""Conversations in one line each, as the queue and the lists show them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.owners import IN_QUEUE_ORDER
from gateway.conversations.records import Conversation, Message, Owner, Sender
from gateway.conversations.sessions import open_session
from gateway.desk import reps
from gateway.desk.desk import Desk
from gateway.desk.names import Names
from gateway.desk.records import Rep, Ticket
from gateway.settings import Language

RECENT = 40  # messages among which the last FAQ answer is looked for
MOST = 200  # conversations in one list
Json = dict[str, Any]


def names_for(desk: Desk, language: Language) -> Names:
    """Names in this language."""
    return Names(desk.texts, desk.content.current(), language)


def rep_json(rep: Rep | None) -> Json | None:
    """A rep as others see them."""
    return None if rep is None else {"id": str(rep.id), "name": rep.name, "alias": rep.alias}


def moment(time: datetime | None) -> str | None:
    """A time as it travels."""
    return None if time is None else time.isoformat()


async def read_queue(desk: Desk, rep: Rep, language: Language) -> Json:
    """Who waits, what is claimed by this rep and by others, and how many tickets are open."""
    now = desk.clock()
    async with desk.database.read() as session:
        waiting = await _list(session, select(Conversation).where(Conversation.owner == Owner.QUEUE))
        claimed = await _list(session, select(Conversation).where(Conversation.owner == Owner.REP))
        items = await read_items(session, desk, [*waiting, *claimed], language, waiting=waiting)
        open_tickets = select(func.count()).where(Ticket.state == "open")
        tickets = (await session.execute(open_tickets)).scalar_one()
    mine = {str(conversation.id) for conversation in claimed if conversation.rep_id == rep.id}
    rest = items[len(waiting) :]
    return {
        "now": now.isoformat(),
        "waiting": items[: len(waiting)],
        "mine": [item for item in rest if item["id"] in mine],
        "others": [item for item in rest if item["id"] not in mine],
        "tickets": tickets,
    }


async def read_item(
    session: AsyncSession, desk: Desk, conversation: Conversation, language: Language
) -> Json:
    """One conversation."""
    waiting: Sequence[Conversation] = []
    if conversation.owner == Owner.QUEUE:
        waiting = await _list(session, select(Conversation).where(Conversation.owner == Owner.QUEUE))
    return (await read_items(session, desk, [conversation], language, waiting=waiting))[0]


async def read_items(
    session: AsyncSession,
    desk: Desk,
    conversations: Sequence[Conversation],
    language: Language,
    *,
    waiting: Sequence[Conversation] = (),
) -> list[Json]:
    """Conversations in the order given; `waiting` are those in the queue, in its order."""
    names, known = names_for(desk, language), await reps.all_reps(session)
    entries = await _last_entries(session, [conversation.id for conversation in conversations])
    places = {conversation.id: place for place, conversation in enumerate(waiting, start=1)}
    now = desk.clock()
    return [
        {
            **_own_fields(conversation, now),
            "topic": _topic(conversation, entries.get(conversation.id), names),
            "place": places.get(conversation.id),
            "rep": None if conversation.rep_id is None else rep_json(known.get(conversation.rep_id)),
            "team": names.named("team", conversation.team),
            "outcome": names.named("outcome", conversation.outcome),
        }
        for conversation in conversations
    ]


def _own_fields(conversation: Conversation, now: datetime) -> Json:
    is_waiting = conversation.owner == Owner.QUEUE and conversation.queued_at is not None
    queued_at = conversation.queued_at if is_waiting else None
    return {
        "id": str(conversation.id),
        "owner": conversation.owner,
        "language": conversation.language,
        "channel": conversation.channel,
        "verified": open_session(conversation, now) is not None,
        "reason": conversation.handoff_reason,
        "queued_at": moment(queued_at),
        "waiting": None if queued_at is None else max(0, int((now - queued_at).total_seconds())),
        "last_seq": conversation.last_seq,
        "created_at": moment(conversation.created_at),
        "updated_at": moment(conversation.updated_at),
        "closed_at": moment(conversation.closed_at),
    }


def _topic(conversation: Conversation, faq_id: str | None, names: Names) -> Json | None:
    tasks = (conversation.operation or {}).get("tasks") or []
    operation = tasks[-1].get("operation") if isinstance(tasks[-1:], list) and tasks[-1:] else None
    if operation is not None:
        label = names.one("operation", str(operation))
        return {"kind": "operation", "id": str(operation), "label": label}
    if faq_id is not None:
        return {"kind": "faq", "id": faq_id, "label": names.faq(faq_id)}
    return None


async def _last_entries(session: AsyncSession, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """The FAQ entry that each conversation was last answered from."""
    query = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.conversation_id.in_(ids),
            Message.sender == Sender.BOT,
            Message.seq > Conversation.last_seq - RECENT,
        )
        .order_by(Message.conversation_id, Message.seq)
    )
    messages = (await session.execute(query)).scalars().all()
    return {
        message.conversation_id: message.extras["faq_id"]
        for message in messages
        if "faq_id" in message.extras
    }


async def _list(session: AsyncSession, query: Any) -> Sequence[Conversation]:
    found = await session.execute(query.order_by(*IN_QUEUE_ORDER).limit(MOST))
    return list(found.scalars().all())

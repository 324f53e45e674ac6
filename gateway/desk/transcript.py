"""The transcript as the desk sees it: with what the bot understood, and why it did not answer."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import store
from gateway.conversations.records import Message, Sender, Turn
from gateway.desk.hidden import hide_card, hider_for
from gateway.desk.names import Names
from gateway.desk.records import RepLine

SHOWN_EXTRAS = ("key", "faq_id", "links", "author")
Json = dict[str, Any]


async def read_messages(
    session: AsyncSession, conversation_id: uuid.UUID, names: Names, *, after: int, limit: int
) -> list[Json]:
    """At most `limit` messages with a number above `after`, in order."""
    messages = await store.messages_after(session, conversation_id, after=after, limit=limit)
    return await shown(session, messages, names)


async def shown(session: AsyncSession, messages: Sequence[Message], names: Names) -> list[Json]:
    """Messages of one conversation as the desk gets them."""
    if not messages:
        return []
    conversation_id, seqs = messages[0].conversation_id, [message.seq for message in messages]
    turns = await _turns(session, [message.turn_id for message in messages if message.turn_id is not None])
    rated = await store.ratings(session, conversation_id, seqs)
    ids = await _reps_ids(session, conversation_id, seqs)
    return [
        _message(message, turns, rated.get(message.seq), ids.get(message.seq), names) for message in messages
    ]


def _message(
    message: Message,
    turns: Mapping[uuid.UUID, Turn],
    useful: bool | None,
    own_id: str | None,
    names: Names,
) -> Json:
    hider = hider_for(names, f"message:{message.seq}", message.lang)
    text, card = hider.text("text", message.text), message.extras.get("card")
    card = hide_card(hider, card) if card else None
    found: Json = {
        "seq": message.seq,
        "sender": message.sender,
        "text": text,
        "hidden": hider.hidden or None,
        "lang": message.lang,
        "created_at": message.created_at.isoformat(),
        "client_message_id": own_id,
        "useful": useful,
        **{name: message.extras.get(name) for name in SHOWN_EXTRAS},
        "card": card,
        "buttons": [button["title"] for button in message.extras.get("buttons", [])] or None,
        "handoff": (message.extras.get("handoff") or {}).get("reason"),
    }
    turn = turns.get(message.turn_id) if message.turn_id is not None else None
    if turn is not None and message.sender == Sender.CUSTOMER:
        found["client_message_id"], found["failure"] = turn.client_message_id, turn.failure
        found["understood"] = names.understood(turn.understood) if turn.understood else None
    return {name: value for name, value in found.items() if value is not None}


async def _turns(session: AsyncSession, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Turn]:
    query = select(Turn).where(Turn.id.in_(ids))
    return {turn.id: turn for turn in (await session.execute(query)).scalars().all()}


async def _reps_ids(session: AsyncSession, conversation_id: uuid.UUID, seqs: Sequence[int]) -> dict[int, str]:
    """The desk's own ids of what reps said."""
    query = select(RepLine.seq, RepLine.client_message_id).where(
        RepLine.conversation_id == conversation_id, RepLine.seq.in_(seqs)
    )
    return {seq: own_id for seq, own_id in (await session.execute(query)).all()}

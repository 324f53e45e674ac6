"""The questions asked of the tables; callers hold the transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation, Feedback, Message, Sender, Turn, TurnState
from gateway.settings import Language


@dataclass(frozen=True)
class Line:
    """A message about to be added to a transcript."""

    sender: Sender
    text: str
    lang: Language
    extras: dict[str, Any] = field(default_factory=dict)


async def lock_conversation(session: AsyncSession, conversation_id: uuid.UUID) -> Conversation:
    """The conversation's row, ours alone until the transaction ends (SQLite has one writer anyway)."""
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


def add_line(
    session: AsyncSession, conversation: Conversation, line: Line, *, now: datetime, turn: Turn | None = None
) -> Message:
    """Append to a locked conversation: the next number, without gaps."""
    conversation.last_seq += 1
    conversation.updated_at = now
    message = Message(
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        sender=line.sender,
        text=line.text,
        lang=line.lang,
        extras=line.extras,
        turn_id=None if turn is None else turn.id,
        attempt=None if turn is None else turn.attempt,
        created_at=now,
    )
    session.add(message)
    return message


async def find_turn(session: AsyncSession, conversation_id: uuid.UUID, client_message_id: str) -> Turn | None:
    """The turn a client's id already stands for."""
    query = select(Turn).where(
        Turn.conversation_id == conversation_id, Turn.client_message_id == client_message_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def last_turn(session: AsyncSession, conversation_id: uuid.UUID) -> Turn | None:
    """The newest turn of the conversation."""
    query = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.seq.desc()).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


async def next_waiting_turn(session: AsyncSession, conversation_id: uuid.UUID, *, up_to: int) -> Turn | None:
    """The oldest turn without an answer, none newer than number `up_to`."""
    query = (
        select(Turn)
        .where(Turn.conversation_id == conversation_id, Turn.state == TurnState.RECEIVED, Turn.seq <= up_to)
        .order_by(Turn.seq)
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def count_waiting(session: AsyncSession, conversation_id: uuid.UUID) -> int:
    """How many turns of the conversation have no answer yet."""
    query = select(func.count()).where(
        Turn.conversation_id == conversation_id, Turn.state == TurnState.RECEIVED
    )
    return (await session.execute(query)).scalar_one()


async def turn_times(
    session: AsyncSession, conversation_id: uuid.UUID, *, since: datetime
) -> Sequence[datetime]:
    """When the turns since then came in, oldest first."""
    query = (
        select(Turn.created_at)
        .where(Turn.conversation_id == conversation_id, Turn.created_at > since)
        .order_by(Turn.created_at)
    )
    return (await session.execute(query)).scalars().all()


async def apology_times(
    session: AsyncSession, conversation_id: uuid.UUID, *, since: datetime
) -> Sequence[datetime]:
    """When turns failed since then, oldest first."""
    query = (
        select(Message.created_at)
        .where(
            Message.conversation_id == conversation_id,
            Message.sender == Sender.SYSTEM,
            Message.created_at > since,
        )
        .order_by(Message.seq)
    )
    return (await session.execute(query)).scalars().all()


async def waiting_conversations(session: AsyncSession) -> Sequence[tuple[uuid.UUID, int]]:
    """Conversations with unanswered turns, each with the newest one's number."""
    query = (
        select(Turn.conversation_id, func.max(Turn.seq))
        .where(Turn.state == TurnState.RECEIVED)
        .group_by(Turn.conversation_id)
    )
    return [(row[0], row[1]) for row in (await session.execute(query)).all()]


async def answer_of(session: AsyncSession, turn: Turn) -> Sequence[Message]:
    """What was said back in the turn's last attempt."""
    query = (
        select(Message)
        .where(
            Message.conversation_id == turn.conversation_id,
            Message.turn_id == turn.id,
            Message.attempt == turn.attempt,
            Message.sender != Sender.CUSTOMER,
        )
        .order_by(Message.seq)
    )
    return (await session.execute(query)).scalars().all()


async def messages_after(
    session: AsyncSession, conversation_id: uuid.UUID, *, after: int, limit: int
) -> Sequence[Message]:
    """At most `limit` messages with a number above `after`, in order."""
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq > after)
        .order_by(Message.seq)
        .limit(limit)
    )
    return (await session.execute(query)).scalars().all()


async def ratings(session: AsyncSession, conversation_id: uuid.UUID, seqs: Sequence[int]) -> dict[int, bool]:
    """Which of these messages were rated, and whether they were useful."""
    query = select(Feedback.seq, Feedback.useful).where(
        Feedback.conversation_id == conversation_id, Feedback.seq.in_(seqs)
    )
    return {seq: useful for seq, useful in (await session.execute(query)).all()}


async def client_ids(session: AsyncSession, turn_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The clients' own ids of these turns."""
    query = select(Turn.id, Turn.client_message_id).where(Turn.id.in_(turn_ids))
    return {turn_id: client_id for turn_id, client_id in (await session.execute(query)).all()}

"""Who owns a conversation: the steps from one owner to the next, on a locked row, and the queue's order."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation, Owner

RETURN = "/resume"  # what the button back to the assistant, and a hand-back, tell the bot
IN_QUEUE_ORDER = (Conversation.queue_first.desc(), Conversation.queued_at, Conversation.id)


def enqueue(
    conversation: Conversation, *, now: datetime, first: bool = False, team: str | None = None
) -> None:
    """Let the customer wait for a person, at the end of the queue or at its head."""
    conversation.owner = Owner.QUEUE
    conversation.rep_id, conversation.claimed_at = None, None
    conversation.queued_at, conversation.queue_first, conversation.team = now, first, team
    conversation.closed_at = conversation.outcome = None
    conversation.updated_at = now


def give_to_rep(conversation: Conversation, rep_id: uuid.UUID, *, now: datetime) -> None:
    """Let a rep answer."""
    conversation.owner = Owner.REP
    conversation.rep_id, conversation.claimed_at = rep_id, now
    conversation.queue_first = False
    conversation.closed_at = conversation.outcome = None
    conversation.updated_at = now


def give_to_bot(conversation: Conversation, *, now: datetime) -> None:
    """Let the bot answer."""
    conversation.owner = Owner.BOT
    conversation.rep_id, conversation.claimed_at, conversation.team = None, None, None
    conversation.queued_at, conversation.queue_first = None, False
    conversation.updated_at = now


async def place_in_queue(session: AsyncSession, conversation: Conversation) -> int | None:
    """The place from 1; None for who doesn't wait."""
    if conversation.owner != Owner.QUEUE:
        return None
    query = select(func.count()).where(Conversation.owner == Owner.QUEUE, _is_before(conversation))
    return (await session.execute(query)).scalar_one() + 1


def _is_before(conversation: Conversation) -> ColumnElement[bool]:
    same = Conversation.queue_first == conversation.queue_first
    sooner = and_(same, Conversation.queued_at < conversation.queued_at)
    at_once = and_(same, Conversation.queued_at == conversation.queued_at, Conversation.id < conversation.id)
    if conversation.queue_first:
        return or_(sooner, at_once)
    return or_(Conversation.queue_first, sooner, at_once)

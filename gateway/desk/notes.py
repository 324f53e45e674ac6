"""What reps tell each other about a conversation; nobody else is ever shown it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation
from gateway.conversations.words import check_message
from gateway.desk.access import lock_conversation
from gateway.desk.desk import Desk
from gateway.desk.records import Note, Rep
from gateway.masking.find import without_never_stored

LONGEST = 2000  # characters


async def do_note(desk: Desk, rep: Rep, conversation_id: uuid.UUID, text: str) -> Note:
    """Keep a note; raises message_empty or message_too_long."""
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        note = add(session, conversation, rep, text, now=now)
        await session.commit()
    desk.live.wake_desks(conversation_id)
    return note


def add(session: AsyncSession, conversation: Conversation, rep: Rep, text: str, *, now: datetime) -> Note:
    """Add a note to a locked conversation, without card and social insurance numbers."""
    cleaned = without_never_stored(check_message(text, limit=LONGEST))
    note = Note(conversation_id=conversation.id, rep_id=rep.id, text=cleaned, created_at=now)
    session.add(note)
    conversation.updated_at = now  # so that every desk hears of it
    return note


async def of_conversation(session: AsyncSession, conversation_id: uuid.UUID) -> Sequence[Note]:
    """Its notes, the oldest first."""
    query = select(Note).where(Note.conversation_id == conversation_id).order_by(Note.id)
    return (await session.execute(query)).scalars().all()

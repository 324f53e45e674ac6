"""Erases one person's conversations when they ask, and holds what the law says must stay."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Feedback, Message, Turn
from gateway.desk.records import AuditEntry, DeskOperation, Note, Ticket
from gateway.ledger.record import person_of
from gateway.ledger.records import Event
from gateway.questions.records import Miss
from gateway.retention.proof import prove
from gateway.retention.records import Erasure, LegalHold
from gateway.retention.sweep import forget_for_good, run
from gateway.transcripts.records import TranscriptMail
from gateway.webhooks.records import WebhookDelivery

# All that goes with a conversation, by the name it has in proofs.
OF_CONVERSATION = {
    "messages": Message,
    "turns": Turn,
    "feedback": Feedback,
    "missed_questions": Miss,
    "notes": Note,
    "tickets": Ticket,
    "desk_operations": DeskOperation,
    "transcript_mails": TranscriptMail,
    "webhook_deliveries": WebhookDelivery,
}


async def do_erase_conversation(
    database: Database, conversation_id: uuid.UUID, *, ordered_by: str, now: datetime
) -> Erasure:
    """Erase one conversation, unless it is held."""
    return await _do_erase(database, [conversation_id], None, ordered_by=ordered_by, now=now)


async def do_erase_profile(database: Database, profile_id: str, *, ordered_by: str, now: datetime) -> Erasure:
    """Erase every conversation of a customer, as far as they signed in or a rep found who they were."""
    query = select(Conversation.id).where(
        or_(Conversation.profile_id == profile_id, Conversation.served_profile_id == profile_id)
    )
    async with database.read() as session:
        ids = (await session.execute(query)).scalars().all()
        # Whoever signed out is known by the ledger alone.
        person = select(Event.conversation_id).where(Event.person == person_of(profile_id)).distinct()
        ids = sorted({*ids, *(await session.execute(person)).scalars().all()})
    return await _do_erase(database, ids, person_of(profile_id), ordered_by=ordered_by, now=now)


async def _do_erase(
    database: Database, ids: Sequence[uuid.UUID], person: str | None, *, ordered_by: str, now: datetime
) -> Erasure:
    async with database.write() as session:
        await forget_for_good(session)
        query = select(Conversation.id).where(Conversation.id.in_(ids)).with_for_update()
        found = set((await session.execute(query)).scalars().all())
        held_query = select(LegalHold.conversation_id).where(LegalHold.conversation_id.in_(ids))
        held = set((await session.execute(held_query)).scalars().all())
        gone = sorted(found - held)
        counts = await _delete(session, gone)
        counts["events_unlinked"] = await _unlink(session, gone)
        if person is not None and not held:
            await run(session, update(Event).where(Event.person == person).values(person=None))
        proof = prove(session, gone, counts, cause="request", ordered_by=ordered_by, now=now, held=len(held))
        await session.commit()
    return proof


async def _delete(session: AsyncSession, ids: Sequence[uuid.UUID]) -> dict[str, int]:
    counts = {}
    for name, table in OF_CONVERSATION.items():
        rows = select(func.count()).where(table.conversation_id.in_(ids))  # type: ignore[attr-defined]
        counts[name] = (await session.execute(rows)).scalar_one()
    await run(session, delete(WebhookDelivery).where(WebhookDelivery.conversation_id.in_(ids)))
    counts["conversations"] = await run(session, delete(Conversation).where(Conversation.id.in_(ids)))
    return counts


async def _unlink(session: AsyncSession, ids: Sequence[uuid.UUID]) -> int:
    """Let the ledger and the audit go on counting, without leading to what was erased."""
    unlinked = 0
    for conversation_id in ids:
        elsewhere: dict[str, Any] = {
            "conversation_id": uuid.uuid4(),
            "person": None,
            "turn_id": None,
            "details": {},
        }
        statement = update(Event).where(Event.conversation_id == conversation_id).values(**elsewhere)
        unlinked += await run(session, statement)
        audit = update(AuditEntry).where(AuditEntry.conversation_id == conversation_id)
        await run(session, audit.values(conversation_id=None))
    return unlinked


async def do_hold(
    database: Database, conversation_id: uuid.UUID, *, reason: str, placed_by: str, now: datetime
) -> bool:
    """Keep a conversation whatever happens; whether there is such a conversation."""
    async with database.write() as session:
        if await session.get(Conversation, conversation_id) is None:
            return False
        hold = LegalHold(conversation_id=conversation_id, reason=reason, placed_by=placed_by, placed_at=now)
        await session.merge(hold)
        await session.commit()
    return True


async def do_release(database: Database, conversation_id: uuid.UUID) -> bool:
    """Hold it no more; whether it was held."""
    async with database.write() as session:
        statement = delete(LegalHold).where(LegalHold.conversation_id == conversation_id)
        released = await run(session, statement)
        await session.commit()
    return released > 0

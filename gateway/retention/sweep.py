"""Deletes what is older than the policy says, a batch at a time; what is under a hold stays."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Delete, Select, and_, delete, exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Message, Owner, Turn
from gateway.desk.records import Attempts, AuditEntry, RepSession, Ticket
from gateway.ledger.records import Event
from gateway.retention.policy import Policy
from gateway.retention.proof import prove
from gateway.retention.records import LegalHold
from gateway.transcripts.records import MailState, TranscriptMail
from gateway.voice.records import Call, Caller, MoveCode, Tries
from gateway.voice.tries import MINUTE
from gateway.webhooks.records import DeliveryState, WebhookDelivery

BATCH = 200  # conversations, or rows, at a time, so that nobody waits long for the database
WORKER = "worker"
Counts = dict[str, int]


async def sweep(database: Database, policy: Policy, *, now: datetime, ordered_by: str = WORKER) -> Counts:
    """Delete everything that is too old; returns how many rows of what."""
    counts: Counts = {}
    for name, step in _steps(policy, now).items():
        while done := await _batch(database, step, name, now, ordered_by):
            counts[name] = counts.get(name, 0) + done
    return counts


async def _batch(database: Database, step: "Step", name: str, now: datetime, ordered_by: str) -> int:
    async with database.write() as session:
        await forget_for_good(session)
        keys = (await session.execute(step.find.limit(BATCH))).scalars().all()
        if not keys:
            return 0
        done = 0
        for statement in step.delete(keys):
            done += await run(session, statement)
        if step.is_proven:
            prove(session, keys, {name: done}, cause="age", ordered_by=ordered_by, now=now)
        await session.commit()
    return done


class Step:
    """One kind of data: what is too old, and how it goes."""

    def __init__(
        self,
        find: Select[Any],
        delete: Callable[[Any], list[Any]],
        *,
        is_proven: bool = False,
    ) -> None:
        self.find = find
        self.delete = delete
        self.is_proven = is_proven


def _steps(policy: Policy, now: datetime) -> dict[str, Step]:
    return {
        "messages": _of_conversations(Message, now - policy.messages),
        "turns": _of_conversations(Turn, now - policy.turns),
        "conversations": _empty_conversations(now - policy.messages),
        "sessions": _ended_sessions(now),
        "tickets": _rows(Ticket.number, and_(Ticket.done_at < now - policy.tickets, _is_free(Ticket))),
        "events": _rows(Event.id, and_(Event.at < now - policy.events, _is_free(Event))),
        "audit": _rows(AuditEntry.id, and_(AuditEntry.at < now - policy.audit, _is_free(AuditEntry))),
        "deliveries": _rows(
            WebhookDelivery.id,
            and_(
                WebhookDelivery.state != DeliveryState.WAITING,
                WebhookDelivery.ended_at < now - policy.deliveries,
                _is_free(WebhookDelivery),
            ),
        ),
        "mails": _rows(
            TranscriptMail.id,
            and_(
                TranscriptMail.state != MailState.WAITING,
                TranscriptMail.ended_at < now - policy.mails,
                _is_free(TranscriptMail),
            ),
        ),
        "rep_sessions": _rows(RepSession.token_hash, RepSession.expires_at < now - policy.rep_sessions),
        "attempts": _rows(Attempts.user_hash, Attempts.last_at < now - policy.rep_sessions),
        "calls": _rows(Call.id, and_(Call.updated_at < now - policy.messages, _is_free(Call))),
        "callers": _rows(Caller.hash, Caller.agreed_at < now - policy.messages),
        "tries": _rows(Tries.minute, Tries.minute < now - MINUTE),
        "codes": _rows(MoveCode.digest, MoveCode.expires_at < now),
    }


def _of_conversations(table: type[Message] | type[Turn], before: datetime) -> Step:
    """The rows of conversations that ended before then; no conversation is cut in the middle."""
    find = select(Conversation.id).where(
        Conversation.updated_at < before,
        Conversation.owner == Owner.BOT,
        ~_held(Conversation.id),
        exists().where(table.conversation_id == Conversation.id),
    )
    return Step(find, lambda keys: [delete(table).where(table.conversation_id.in_(keys))])


def _empty_conversations(before: datetime) -> Step:
    """Conversations of which nothing is left, with their tokens and whatever still refers to them."""
    find = select(Conversation.id).where(
        Conversation.updated_at < before,
        Conversation.owner == Owner.BOT,
        ~_held(Conversation.id),
        ~exists().where(Message.conversation_id == Conversation.id),
        ~exists().where(Turn.conversation_id == Conversation.id),
        ~exists().where(Ticket.conversation_id == Conversation.id),
    )

    def gone(keys: list[uuid.UUID]) -> list[Delete]:
        return [
            delete(WebhookDelivery).where(WebhookDelivery.conversation_id.in_(keys)),
            delete(Conversation).where(Conversation.id.in_(keys)),
        ]

    return Step(find, gone, is_proven=True)


def _ended_sessions(now: datetime) -> Step:
    """Sessions that ended by themselves; whose they were stays, for the one who asks to be erased."""
    find = select(Conversation.id).where(
        Conversation.session_id.is_not(None), Conversation.session_expires_at < now
    )
    ended = {"session_id": None, "session_expires_at": None}
    return Step(find, lambda keys: [update(Conversation).where(Conversation.id.in_(keys)).values(**ended)])


def _rows(key: Any, condition: Any) -> Step:
    return Step(select(key).where(condition), lambda keys: [delete(key.class_).where(key.in_(keys))])


def _held(conversation_id: Any) -> Any:
    return exists().where(LegalHold.conversation_id == conversation_id)


def _is_free(table: Any) -> Any:
    return or_(table.conversation_id.is_(None), ~_held(table.conversation_id))


async def run(session: AsyncSession, statement: Any) -> int:
    """Execute and count the rows."""
    result = await session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


async def forget_for_good(session: AsyncSession) -> None:
    """Let SQLite overwrite what is deleted in this transaction; other databases do by themselves, later."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text("PRAGMA secure_delete = ON"))

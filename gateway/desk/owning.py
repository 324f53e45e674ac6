"""From one owner to the next: claim, take over, release, transfer. Each is one transaction, audited."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners, store
from gateway.conversations.records import Conversation, Owner, Sender
from gateway.conversations.store import Line
from gateway.desk import audit, notes, reps
from gateway.desk.access import check_lead, lock_conversation, lock_own_conversation, owner_name
from gateway.desk.desk import Desk
from gateway.desk.left import requeue
from gateway.desk.records import Rep
from gateway.errors import GatewayError
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record


async def do_claim(desk: Desk, rep: Rep, conversation_id: uuid.UUID) -> None:
    """Take a waiting conversation; raises already_claimed with the owner's name, or not_waiting."""
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        if conversation.owner == Owner.REP and conversation.rep_id == rep.id:
            return
        if conversation.owner == Owner.REP:
            raise GatewayError("already_claimed", {"rep": await owner_name(session, conversation)})
        if conversation.owner != Owner.QUEUE:
            raise GatewayError("not_waiting")
        waited = 0 if conversation.queued_at is None else (now - conversation.queued_at).total_seconds()
        await _give(session, desk, conversation, rep, now, key="rep_joined")
        record(session, conversation, Kind.HANDOFF_CLAIMED, now=now, details={"waited": round(waited)})
        audit.write(
            session,
            "claim",
            now=now,
            rep_id=rep.id,
            conversation_id=conversation_id,
            waited=round(waited),
            reason=conversation.handoff_reason,
        )
        await session.commit()
    desk.live.wake_desks(conversation_id)


async def do_take_over(desk: Desk, rep: Rep, conversation_id: uuid.UUID, *, reason: str) -> None:
    """Take a conversation from whoever owns it; raises role_missing unless the rep leads others."""
    check_lead(rep)
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        if conversation.owner == Owner.REP and conversation.rep_id == rep.id:
            return
        before = conversation.owner
        details = {"from": before, "from_rep": str(conversation.rep_id) if conversation.rep_id else None}
        key = "rep_takes_over" if before == Owner.REP else "rep_joined"
        await _give(session, desk, conversation, rep, now, key=key)
        record(session, conversation, Kind.HANDOFF_CLAIMED, now=now, reason="takeover")
        audit.write(
            session,
            "takeover",
            now=now,
            rep_id=rep.id,
            conversation_id=conversation_id,
            why=reason,
            **details,
        )
        await session.commit()
    desk.live.wake_desks(conversation_id)


async def do_release(desk: Desk, rep: Rep, conversation_id: uuid.UUID) -> None:
    """Put an own conversation back at the head of the queue."""
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_own_conversation(session, conversation_id, rep)
        await requeue(session, desk.handover, conversation, now, team=conversation.team, key="requeued")
        audit.write(session, "release", now=now, rep_id=rep.id, conversation_id=conversation_id)
        await session.commit()
    desk.live.wake_desks(conversation_id)


async def do_transfer_to_rep(
    desk: Desk, rep: Rep, conversation_id: uuid.UUID, target_id: uuid.UUID, *, note: str
) -> None:
    """Give an own conversation to another rep; raises rep_not_found or rep_absent."""
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_own_conversation(session, conversation_id, rep)
        target = await session.get(Rep, target_id)
        if target is None or not target.is_active or target.id == rep.id:
            raise GatewayError("rep_not_found")
        if not reps.is_present(target, now):
            raise GatewayError("rep_absent")
        await _give(session, desk, conversation, target, now, key="rep_takes_over", sees=False)
        notes.add(session, conversation, rep, note, now=now)
        _audit_transfer(session, rep, conversation, now, to_rep=str(target.id))
        await session.commit()
    desk.live.wake_desks(conversation_id)


async def do_transfer_to_team(
    desk: Desk, rep: Rep, conversation_id: uuid.UUID, team: str, *, note: str
) -> None:
    """Put an own conversation at the head of the queue for a team; raises team_not_found."""
    if f"desk.team_{team}" not in desk.texts:
        raise GatewayError("team_not_found")
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_own_conversation(session, conversation_id, rep)
        await requeue(session, desk.handover, conversation, now, team=team, key="requeued")
        notes.add(session, conversation, rep, note, now=now)
        _audit_transfer(session, rep, conversation, now, to_team=team)
        await session.commit()
    desk.live.wake_desks(conversation_id)


def told(desk: Desk, conversation: Conversation, key: str, values: Mapping[str, Any]) -> Line:
    """A word of the desk to the customer, in the conversation's language."""
    language = conversation.language
    text = desk.texts.get(f"chat.{key}", language, values)
    return Line(Sender.SYSTEM, text, language, {"key": key, "values": dict(values)})


async def _give(
    session: AsyncSession,
    desk: Desk,
    conversation: Conversation,
    rep: Rep,
    now: datetime,
    *,
    key: str,
    sees: bool = True,
) -> None:
    owners.give_to_rep(conversation, rep.id, now=now)
    store.add_line(session, conversation, told(desk, conversation, key, {"rep": rep.alias}), now=now)
    if sees:
        await reps.see(session, rep.id, now)


def _audit_transfer(
    session: AsyncSession, rep: Rep, conversation: Conversation, now: datetime, **to: str
) -> None:
    audit.write(session, "transfer", now=now, rep_id=rep.id, conversation_id=conversation.id, **to)

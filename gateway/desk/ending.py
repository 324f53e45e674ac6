"""The rep is done: back to the bot, which goes on where it stopped, or closed with an outcome."""

import uuid
from collections.abc import Sequence

from babel.lists import format_list
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners, store
from gateway.conversations.records import Conversation, Message
from gateway.conversations.sessions import add_event
from gateway.desk import audit, notes
from gateway.desk.access import lock_own_conversation
from gateway.desk.desk import Desk
from gateway.desk.owning import told
from gateway.desk.records import AuditEntry, DeskOperation, OperationState, Rep
from gateway.errors import GatewayError
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record
from gateway.opening import LOCALES

ENDS = ("hand_back", "close")


async def do_hand_back(desk: Desk, rep: Rep, conversation_id: uuid.UUID, *, note: str | None) -> None:
    """Let the bot answer again: the customer is told what was done, the bot is told to go on."""
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_own_conversation(session, conversation_id, rep)
        done = await _done_by_reps(session, conversation)
        titles = await _titles(session, done)
        values = {"rep": rep.alias}
        key = "handed_back"
        if titles:
            key, values["done"] = f"{key}_done", format_list(titles, locale=LOCALES[conversation.language])
        store.add_line(session, conversation, told(desk, conversation, key, values), now=now)
        if note:
            notes.add(session, conversation, rep, note, now=now)
        names = [operation.operation for operation in done]
        owners.give_to_bot(conversation, now=now)
        turn = add_event(session, conversation, owners.RETURN, now=now, told=",".join(names))
        record(session, conversation, Kind.HANDED_BACK, now=now, details={"done": names})
        audit.write(session, "hand_back", now=now, rep_id=rep.id, conversation_id=conversation_id, done=names)
        await session.commit()
    desk.live.wake_desks(conversation_id)
    desk.conversations.go_on(turn)


async def do_close(
    desk: Desk, rep: Rep, conversation_id: uuid.UUID, *, outcome: str, note: str | None
) -> None:
    """End the exchange with an outcome; raises outcome_not_found."""
    check_outcome(desk, outcome)
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_own_conversation(session, conversation_id, rep)
        line = told(desk, conversation, "rep_closed", {"rep": rep.alias})
        store.add_line(session, conversation, line, now=now)
        if note:
            notes.add(session, conversation, rep, note, now=now)
        owners.give_to_bot(conversation, now=now)
        conversation.closed_at, conversation.outcome = now, outcome
        record(session, conversation, Kind.HANDOFF_CLOSED, now=now, reason=outcome)
        record(session, conversation, Kind.TRANSCRIPT_READY, now=now, reason=outcome)
        audit.write(
            session, "close", now=now, rep_id=rep.id, conversation_id=conversation_id, outcome=outcome
        )
        await session.commit()
    desk.live.wake_desks(conversation_id)


def check_outcome(desk: Desk, outcome: str) -> None:
    """Raise outcome_not_found unless it is in the list."""
    if f"desk.outcome_{outcome}" not in desk.texts:
        raise GatewayError("outcome_not_found")


async def _done_by_reps(session: AsyncSession, conversation: Conversation) -> Sequence[DeskOperation]:
    """What was done for the customer since the bot last had the conversation back."""
    last_end = select(func.max(AuditEntry.at)).where(
        AuditEntry.conversation_id == conversation.id, AuditEntry.action.in_(ENDS)
    )
    since = (await session.execute(last_end)).scalar_one()
    query = (
        select(DeskOperation)
        .where(
            DeskOperation.conversation_id == conversation.id,
            DeskOperation.state == OperationState.DONE,
        )
        .order_by(DeskOperation.id)
    )
    if since is not None:
        query = query.where(DeskOperation.created_at >= since)
    return (await session.execute(query)).scalars().all()


async def _titles(session: AsyncSession, done: Sequence[DeskOperation]) -> list[str]:
    """What was done, in the words of the receipts that the customer was shown."""
    titles = []
    for operation in done:
        message = await session.get(Message, (operation.conversation_id, operation.seq or 0))
        title = None if message is None else message.extras.get("values", {}).get("title")
        if title:
            titles.append(str(title))
    return titles

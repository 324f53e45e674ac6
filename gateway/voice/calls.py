"""Calls in the database: each prompt is answered once, whoever asks for it and however often."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners, store
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Message, Owner
from gateway.settings import Language
from gateway.voice.call import HangUp, Reply, Step
from gateway.voice.records import Call, Caller
from gateway.voice.state import CallState

_STEP: TypeAdapter[Step] = TypeAdapter(Step)
OVER = HangUp()


@dataclass(frozen=True)
class Claim:
    """A call as it is, and whether answering its present prompt is now the caller's of this function."""

    call: Call
    is_ours: bool


def present(call: Call) -> Reply:
    """The prompt that the call is at; a call that ended has none."""
    if call.ended_at is not None or not call.step:
        return Reply(number=call.number, step=OVER)
    return Reply(number=call.number, step=_STEP.validate_python(call.step))


async def find_call(database: Database, call_id: str) -> Call | None:
    """The call."""
    async with database.read() as session:
        return await session.get(Call, call_id)


async def do_begin(
    database: Database, call_id: str, caller: str | None, state: CallState, step: Step, *, now: datetime
) -> Call:
    """Store a new call at its first prompt, or find it if it began before."""
    async with database.write() as session:
        known = await session.get(Call, call_id)
        if known is not None:
            return known
        call = Call(
            id=call_id,
            caller=caller,
            language=state.language,
            number=1,
            step=step.model_dump(mode="json"),
            state=state.model_dump(mode="json"),
            is_connected=False,
            created_at=now,
            updated_at=now,
        )
        session.add(call)
        await session.commit()
    return call


async def do_claim(database: Database, call_id: str, number: int, *, now: datetime) -> Claim | None:
    """Take the answering of prompt `number`, unless it was answered or is being; None for no such call."""
    async with database.write() as session:
        call = await _lock(session, call_id)
        if call is None:
            return None
        if call.ended_at is not None or call.number != number or call.claimed_at is not None:
            return Claim(call, is_ours=False)
        call.claimed_at = call.updated_at = now
        await session.commit()
        return Claim(call, is_ours=True)


async def do_release(database: Database, call_id: str, number: int) -> None:
    """Put the same prompt again: what was answered to it got lost with a process."""
    async with database.write() as session:
        call = await _lock(session, call_id)
        if call is not None and call.number == number:
            call.claimed_at = None
            await session.commit()


async def do_advance(
    database: Database,
    call_id: str,
    number: int,
    state: CallState,
    step: Step,
    *,
    heard_seq: int | None,
    now: datetime,
) -> None:
    """Go on to the next prompt, once; when the caller is gone, remember what they did not hear."""
    async with database.write() as session:
        call = await _lock(session, call_id)
        if call is None or call.number != number:
            return
        call.number, call.claimed_at, call.updated_at = number + 1, None, now
        call.language, call.conversation_id = state.language, state.conversation_id
        if call.ended_at is None:
            call.step, call.state = step.model_dump(mode="json"), state.model_dump(mode="json")
        else:
            call.step, call.state, call.untold_seq = {}, {}, heard_seq
        await session.commit()


async def do_link(database: Database, call_id: str, conversation_id: uuid.UUID) -> None:
    """Remember the call's conversation before anything is said in it."""
    async with database.write() as session:
        call = await _lock(session, call_id)
        if call is not None:
            call.conversation_id = conversation_id
            await session.commit()


async def do_end(database: Database, call_id: str, *, now: datetime) -> uuid.UUID | None:
    """The caller is gone; the conversation's id if it waited for a person and went back to the bot."""
    async with database.write() as session:
        call = await _lock(session, call_id)
        if call is None or call.ended_at is not None:
            return None
        call.ended_at = call.updated_at = now
        given_back = await _give_back(session, call, now)
        if call.claimed_at is None:
            call.step, call.state = {}, {}
        await session.commit()
    return given_back


async def do_connected(database: Database, call_id: str) -> None:
    """A person took the call."""
    async with database.write() as session:
        call = await _lock(session, call_id)
        if call is not None:
            call.is_connected = True
            await session.commit()


async def _give_back(session: AsyncSession, call: Call, now: datetime) -> uuid.UUID | None:
    if call.conversation_id is None:
        return None
    conversation = await store.lock_conversation(session, call.conversation_id)
    if conversation.owner != Owner.QUEUE:
        return None
    owners.give_to_bot(conversation, now=now)
    return conversation.id


async def _lock(session: AsyncSession, call_id: str) -> Call | None:
    query = select(Call).where(Call.id == call_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def remembered_language(database: Database, caller: str | None) -> Language | None:
    """The language somebody agreed to be remembered by."""
    if caller is None:
        return None
    async with database.read() as session:
        known = await session.get(Caller, caller)
    return None if known is None else known.language


async def do_remember(database: Database, caller: str, language: Language, *, now: datetime) -> None:
    """Remember a language; the caller agreed."""
    async with database.write() as session:
        await session.merge(Caller(hash=caller, language=language, agreed_at=now))
        await session.commit()


async def do_take_untold(database: Database, profile_id: str) -> Sequence[Message]:
    """What this customer did not hear at the end of their last call, told once."""
    async with database.write() as session:
        query = (
            select(Call)
            .join(Conversation, Conversation.id == Call.conversation_id)
            .where(Conversation.profile_id == profile_id, Call.untold_seq.is_not(None))
            .order_by(Call.ended_at.desc())
        )
        calls = (await session.execute(query)).scalars().all()
        if not calls:
            return []
        last, seq = calls[0], calls[0].untold_seq or 0
        assert last.conversation_id is not None
        after = await store.messages_after(session, last.conversation_id, after=seq, limit=20)
        for call in calls:
            call.untold_seq = None
        await session.commit()
    turn_ids = [message.turn_id for message in after[:1]]
    return [message for message in after if message.turn_id in turn_ids and message.turn_id is not None]

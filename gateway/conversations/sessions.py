"""The customer's session on a conversation's row: begun, renewed, ended, and told to the bot as events."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.backend import SignedIn
from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, InputKind, Turn, TurnState

SIGNED_IN, SIGNED_OUT = "/signed_in", "/signed_out"


@dataclass(frozen=True)
class Changed:
    """The events to be answered, oldest first, and the session that is of no more use."""

    turns: list[Turn]
    ended_session: str | None


def open_session(conversation: Conversation, now: datetime) -> str | None:
    """The id of the session that is open at `now`, as far as the gateway knows."""
    expires_at = conversation.session_expires_at
    return conversation.session_id if expires_at is not None and expires_at > now else None


def session_for(conversation: Conversation, turn: Turn, now: datetime) -> str | None:
    """The session in which a turn is answered: none for what somebody else began, nor for their goodbye."""
    return open_session(conversation, now) if turn.seq > conversation.session_after else None


def end_session(conversation: Conversation) -> None:
    """Forget the session, but not whose it was."""
    conversation.session_id = conversation.session_expires_at = None


async def do_sign_in(
    database: Database, conversation_id: uuid.UUID, signed_in: SignedIn, *, now: datetime
) -> Changed:
    """Keep the session; the bot hears of it once, and that the one before has left if it is somebody else.

    Somebody who is signed in already and has said nothing since gets the same answer again.
    """
    async with database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        was_open, ended = open_session(conversation, now) is not None, conversation.session_id
        turns = []
        if conversation.profile_id not in (None, signed_in.profile_id):
            turns.append(add_event(session, conversation, SIGNED_OUT, now=now))
            conversation.session_after, was_open = conversation.last_seq, False
        conversation.session_id, conversation.profile_id = signed_in.session_id, signed_in.profile_id
        conversation.session_expires_at = signed_in.expires_at
        told = await _last_told(session, conversation) if was_open else None
        turns.append(told or add_event(session, conversation, SIGNED_IN, now=now))
        await session.commit()
    return Changed(turns, ended)


async def do_sign_out(database: Database, conversation_id: uuid.UUID, *, now: datetime) -> Changed:
    """Forget the session and whose it was; nothing to do when nobody is signed in."""
    async with database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        ended = conversation.session_id
        if ended is None:
            return Changed([], None)
        end_session(conversation)
        conversation.profile_id = None
        turn = add_event(session, conversation, SIGNED_OUT, now=now)
        conversation.session_after = turn.seq
        await session.commit()
    return Changed([turn], ended)


async def do_end_stale(database: Database, conversation_id: uuid.UUID, session_id: str) -> None:
    """Forget the session that turned out to have ended, unless there is a newer one by now."""
    async with database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        if conversation.session_id == session_id:
            end_session(conversation)
            await session.commit()


def add_event(
    session: AsyncSession, conversation: Conversation, payload: str, *, now: datetime, told: str = ""
) -> Turn:
    """Tell the bot, in its turn, what happened beside the conversation; `told` goes with it."""
    conversation.last_seq += 1
    conversation.updated_at = now
    turn = Turn(
        id=uuid.uuid4(),
        conversation_id=conversation.id,
        client_message_id=f"{payload}/{uuid.uuid4().hex}",  # with a slash, which no client's id may have
        seq=conversation.last_seq,
        kind=InputKind.EVENT,
        text=told,
        payload=payload,
        state=TurnState.RECEIVED,
        attempt=1,
        created_at=now,
    )
    session.add(turn)
    return turn


async def _last_told(session: AsyncSession, conversation: Conversation) -> Turn | None:
    turn = await store.last_turn(session, conversation.id)
    if turn is None or turn.payload != SIGNED_IN or turn.kind != InputKind.EVENT:
        return None
    if turn.state == TurnState.FAILED:
        turn.state, turn.attempt, turn.ended_at = TurnState.RECEIVED, turn.attempt + 1, None
    return turn

"""Stores what a customer said exactly once, before anything is done with it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners, store
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, InputKind, Owner, Sender, Turn, TurnState
from gateway.conversations.said import Said
from gateway.conversations.store import Line
from gateway.errors import GatewayError, too_often
from gateway.settings import Settings

MINUTE = timedelta(minutes=1)


async def do_accept(
    database: Database,
    conversation_id: uuid.UUID,
    client_message_id: str,
    said: Said,
    *,
    settings: Settings,
    now: datetime,
    channel: str = "web",
) -> tuple[Turn, bool]:
    """The turn under this client id, and whether it was waiting to be stored (or tried again) until now.

    A conversation goes on through the door it was last spoken through. Raises message_id_reused,
    too_many_messages or too_many_waiting.
    """
    async with database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        turn = await store.find_turn(session, conversation_id, client_message_id)
        if turn is not None and not said.is_same_as(turn):
            raise GatewayError("message_id_reused", {"client_message_id": client_message_id})
        if turn is not None and turn.state != TurnState.FAILED:
            return turn, False
        await _check_waiting(session, conversation_id, settings)
        if turn is None:
            await _check_rate(session, conversation_id, settings, now)
            _take_ownership(conversation, said, now)
            conversation.channel = channel
            turn = await _add_turn(session, conversation, client_message_id, said, now)
        else:
            await _check_retries(session, conversation_id, settings, now)
            turn.state, turn.attempt, turn.ended_at = TurnState.RECEIVED, turn.attempt + 1, None
        await session.commit()
        return turn, True


async def _add_turn(
    session: AsyncSession, conversation: Conversation, client_message_id: str, said: Said, now: datetime
) -> Turn:
    turn = Turn(
        id=uuid.uuid4(),
        conversation_id=conversation.id,
        client_message_id=client_message_id,
        seq=conversation.last_seq + 1,
        kind=said.kind,
        text=said.text,
        payload=said.payload,
        button=said.button,
        channel=conversation.channel,
        state=TurnState.RECEIVED,
        attempt=1,
        created_at=now,
    )
    session.add(turn)
    await session.flush()
    line = Line(Sender.CUSTOMER, said.text, conversation.language)
    store.add_line(session, conversation, line, now=now, turn=turn)
    if said.hint is not None:
        hint = Line(Sender.SYSTEM, said.hint, conversation.language, {"key": "numbers_hidden"})
        store.add_line(session, conversation, hint, now=now, turn=turn)
    return turn


def _take_ownership(conversation: Conversation, said: Said, now: datetime) -> None:
    """Whoever goes back to the assistant waits no more; whoever writes again opens a closed conversation."""
    goes_back = said.kind == InputKind.BUTTON and said.payload == owners.RETURN
    if goes_back and conversation.owner == Owner.QUEUE:
        owners.give_to_bot(conversation, now=now)
    conversation.closed_at = conversation.outcome = None


async def _check_waiting(session: AsyncSession, conversation_id: uuid.UUID, settings: Settings) -> None:
    limit = settings.gateway_waiting_messages
    if await store.count_waiting(session, conversation_id) >= limit:
        raise too_often("too_many_waiting", retry_after=2)


async def _check_rate(
    session: AsyncSession, conversation_id: uuid.UUID, settings: Settings, now: datetime
) -> None:
    times = await store.turn_times(session, conversation_id, since=now - MINUTE)
    _check_times(times, settings.gateway_messages_per_minute, now)


async def _check_retries(
    session: AsyncSession, conversation_id: uuid.UUID, settings: Settings, now: datetime
) -> None:
    # Each failure leaves an apology in the transcript: a program that repeats itself must not fill it.
    times = await store.apology_times(session, conversation_id, since=now - MINUTE)
    _check_times(times, settings.gateway_messages_per_minute, now)


def _check_times(times: Sequence[datetime], limit: int, now: datetime) -> None:
    if len(times) >= limit:
        wait = times[len(times) - limit] + MINUTE - now
        raise too_often("too_many_messages", retry_after=round(wait.total_seconds() + 0.5))

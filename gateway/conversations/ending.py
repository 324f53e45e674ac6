"""Stores how a turn ended, and checks under the conversation's lock that the bot may still speak."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.handover import Handover
from gateway.conversations.records import Conversation, Owner, Turn, TurnState
from gateway.conversations.sessions import end_session
from gateway.conversations.store import Line
from gateway.ledger.turns import record_turn
from gateway.settings import Language

log = structlog.get_logger(__name__)

TAKEN_OVER = "taken_over"


@dataclass(frozen=True)
class Outcome:
    """How a turn ended: what is said back, which language it came in and went on in, and what went wrong.

    `stale_session` is the one that is over: the bot asked to sign in all the same, or has signed out.
    `handoffs` are the reasons why a person is wanted, `operation` what the bot now remembers of those
    under way.
    """

    asked_in: Language
    language: Language
    lines: list[Line] = field(default_factory=list)
    failure: str | None = None
    stale_session: str | None = None
    handoffs: list[str] = field(default_factory=list)
    understood: dict[str, Any] | None = None
    operation: dict[str, Any] | None = None


@dataclass(frozen=True)
class Ended:
    """The turn as it is stored, and who owns the conversation after it."""

    turn: Turn
    owner: Owner


async def do_end(
    database: Database, turn: Turn, outcome: Outcome, *, handover: Handover, now: datetime
) -> Ended:
    """Store the outcome; what the bot says is dropped when somebody else owns the conversation by now."""
    async with database.write() as session:
        conversation = await store.lock_conversation(session, turn.conversation_id)
        stored = await session.get_one(Turn, turn.id)
        stored.state = TurnState.ANSWERED if outcome.failure is None else TurnState.FAILED
        stored.failure, stored.ended_at = outcome.failure, now
        _remember(conversation, stored, outcome)
        said = outcome.lines if conversation.owner == Owner.BOT else []
        await record_turn(session, conversation, stored, said, now=now)
        if conversation.owner == Owner.BOT:
            await _speak(session, conversation, stored, outcome, handover, now)
        elif outcome.lines:
            stored.state, stored.failure = TurnState.ANSWERED, TAKEN_OVER
            log.info("late_answer_dropped", turn=str(turn.id), messages=len(outcome.lines))
        await session.commit()
        return Ended(stored, Owner(conversation.owner))


async def _speak(
    session: AsyncSession,
    conversation: Conversation,
    turn: Turn,
    outcome: Outcome,
    handover: Handover,
    now: datetime,
) -> None:
    if conversation.language == outcome.asked_in:  # a switch made meanwhile is the customer's own
        conversation.language = outcome.language
    told = await handover.take(session, conversation, outcome.handoffs, now=now)
    said = outcome.lines if conversation.owner == Owner.BOT else _until_handoff(outcome.lines)
    for line in [*said, *told]:
        store.add_line(session, conversation, line, now=now, turn=turn)


def _until_handoff(lines: Sequence[Line]) -> Sequence[Line]:
    """What is said to whoever now waits for a person: the bot asks nothing more after that."""
    last = max(place for place, line in enumerate(lines) if "handoff" in line.extras)
    return lines[: last + 1]


def _remember(conversation: Conversation, turn: Turn, outcome: Outcome) -> None:
    if outcome.stale_session is not None and conversation.session_id == outcome.stale_session:
        end_session(conversation)
    if outcome.understood is not None:
        turn.understood = outcome.understood
    if outcome.operation is not None:
        conversation.operation = outcome.operation
        turn.tasks = _in_short(outcome.operation)


def _in_short(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Which operations are under way, and where each stands."""
    tasks = operation.get("tasks")
    rows = [task for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
    return [{name: task.get(name) for name in ("id", "operation", "stage")} for task in rows]

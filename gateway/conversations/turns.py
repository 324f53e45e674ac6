"""Takes stored turns to the bot, one at a time and in order, and stores what comes back."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.live import Live
from gateway.conversations.locks import ConversationLocks
from gateway.conversations.records import Conversation, InputKind, Owner, Sender, Turn, TurnState
from gateway.conversations.store import Line
from gateway.metrics import Metrics
from gateway.rasa import Rasa, RasaError, RasaMessage, RasaTurn
from gateway.settings import Language

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How a turn ended: what is said back, which language it came in and went on in, and what went wrong."""

    asked_in: Language
    language: Language
    lines: list[Line]
    failure: str | None = None


class TurnWorker:
    """Answers turns; each turn has one task, however many wait for it."""

    def __init__(
        self,
        database: Database,
        rasa: Rasa,
        live: Live,
        locks: ConversationLocks,
        metrics: Metrics,
        *,
        clock: Callable[[], datetime],
        apology: Callable[[Language], str],
    ) -> None:
        self._database = database
        self._rasa = rasa
        self._live = live
        self._locks = locks
        self._metrics = metrics
        self._clock = clock
        self._apology = apology
        self._tasks: dict[tuple[uuid.UUID, int], asyncio.Task[None]] = {}

    async def work(self, conversation_id: uuid.UUID, seq: int) -> None:
        """Return when the turns up to number `seq` have ended; who waits may leave without stopping them."""
        await asyncio.shield(self.begin(conversation_id, seq))

    def begin(self, conversation_id: uuid.UUID, seq: int) -> asyncio.Task[None]:
        """Start answering, or join the task that already does."""
        key = (conversation_id, seq)
        task = self._tasks.get(key)
        if task is None or task.done():
            task = asyncio.create_task(self._answer_up_to(conversation_id, seq))
            self._tasks[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        return task

    async def close(self, *, grace: float) -> None:
        """Let turns end for `grace` seconds; those cut off stay `received`, for the next start to take up."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(list(self._tasks.values()), timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _forget(self, key: tuple[uuid.UUID, int], task: asyncio.Task[None]) -> None:
        if self._tasks.get(key) is task:
            del self._tasks[key]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("turn_task_failed", conversation=str(key[0]), seq=key[1], error=repr(error))

    async def _answer_up_to(self, conversation_id: uuid.UUID, seq: int) -> None:
        async with self._locks.hold(conversation_id):
            while (found := await self._next(conversation_id, seq)) is not None:
                with self._live.writing(conversation_id):
                    await self._answer(*found)

    async def _next(self, conversation_id: uuid.UUID, seq: int) -> tuple[Conversation, Turn] | None:
        async with self._database.read() as session:
            turn = await store.next_waiting_turn(session, conversation_id, up_to=seq)
            if turn is None:
                return None
            return await session.get_one(Conversation, conversation_id), turn

    async def _answer(self, conversation: Conversation, turn: Turn) -> None:
        with self._metrics.turn_seconds.time():
            outcome = await self._outcome(conversation, turn)
        try:
            await self._finish(turn, outcome)
        except Exception:  # whatever the answer was, the customer is not left waiting and the queue not stuck
            log.exception("answer_not_stored", turn=str(turn.id))
            await self._finish(turn, self._failed(conversation, "answer_not_stored"))

    async def _outcome(self, conversation: Conversation, turn: Turn) -> Outcome:
        if conversation.owner != Owner.BOT:
            return Outcome(conversation.language, conversation.language, [])
        try:
            answer = await self._rasa.answer(_rasa_turn(conversation, turn))
        except RasaError as error:
            log.warning("rasa_failed", turn=str(turn.id), reason=error.reason)
            return self._failed(conversation, error.reason)
        except Exception:  # a fault of ours must not block the turns behind this one
            log.exception("turn_failed", turn=str(turn.id))
            return self._failed(conversation, "internal_error")
        return Outcome(
            conversation.language, answer.language, [_line(message) for message in answer.messages]
        )

    def _failed(self, conversation: Conversation, reason: str) -> Outcome:
        language = conversation.language
        line = Line(Sender.SYSTEM, self._apology(language), language, {"key": "assistant_unavailable"})
        return Outcome(language, language, [line], failure=reason)

    async def _finish(self, turn: Turn, outcome: Outcome) -> None:
        now = self._clock()
        state = TurnState.ANSWERED if outcome.failure is None else TurnState.FAILED
        async with self._database.write() as session:
            conversation = await store.lock_conversation(session, turn.conversation_id)
            stored = await session.get_one(Turn, turn.id)
            stored.state, stored.failure, stored.ended_at = state, outcome.failure, now
            if conversation.language == outcome.asked_in:  # a switch made meanwhile is the customer's own
                conversation.language = outcome.language
            for line in outcome.lines:
                store.add_line(session, conversation, line, now=now, turn=stored)
            await session.commit()
        self._metrics.turns.labels(state=state, reason=outcome.failure or "").inc()


def _rasa_turn(conversation: Conversation, turn: Turn) -> RasaTurn:
    is_button = turn.kind == InputKind.BUTTON and turn.payload is not None
    return RasaTurn(
        sender=str(conversation.id),
        turn_id=str(turn.id),
        kind="payload" if is_button else "text",
        message=turn.payload if is_button and turn.payload is not None else turn.text,
        metadata={"channel": conversation.channel, "language": conversation.language},
    )


def _line(message: RasaMessage) -> Line:
    extras = message.model_dump(exclude={"text", "lang"}, exclude_defaults=True)
    return Line(Sender.BOT, message.text, message.lang, extras)

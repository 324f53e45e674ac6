"""Takes stored turns to the bot, one at a time and in order, and stores what comes back."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime

import structlog

from gateway.conversations import store
from gateway.conversations.cards import SignInCard
from gateway.conversations.database import Database
from gateway.conversations.ending import Outcome, do_end
from gateway.conversations.handover import Handover
from gateway.conversations.live import Live
from gateway.conversations.locks import ConversationLocks
from gateway.conversations.records import Conversation, InputKind, Owner, Sender, Turn
from gateway.conversations.sessions import session_for
from gateway.conversations.store import Line
from gateway.metrics import Metrics
from gateway.rasa import Rasa, RasaError, RasaMessage, RasaTurn
from gateway.settings import Language

log = structlog.get_logger(__name__)

SIGNED_OUT_KEY = "utter_done_sign_out"  # what the bot says when it has ended the session, asked in words


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
        apology: Callable[[Turn, Language], Line],
        handover: Handover,
    ) -> None:
        self._database = database
        self._rasa = rasa
        self._live = live
        self._locks = locks
        self._metrics = metrics
        self._clock = clock
        self._apology = apology
        self._handover = handover
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
                conversation, turn = found
                if conversation.owner != Owner.BOT:
                    await self._finish(turn, Outcome(conversation.language, conversation.language))
                    continue
                with self._live.writing(conversation_id):
                    await self._answer(conversation, turn)

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
            await self._finish(turn, self._failed(conversation, turn, "answer_not_stored"))

    async def _outcome(self, conversation: Conversation, turn: Turn) -> Outcome:
        session_id = session_for(conversation, turn, self._clock())
        try:
            answer = await self._rasa.answer(_rasa_turn(conversation, turn, session_id))
        except RasaError as error:
            log.warning("rasa_failed", turn=str(turn.id), reason=error.reason)
            return self._failed(conversation, turn, error.reason)
        except Exception:  # a fault of ours must not block the turns behind this one
            log.exception("turn_failed", turn=str(turn.id))
            return self._failed(conversation, turn, "internal_error")
        return Outcome(
            conversation.language,
            answer.language,
            [_line(message) for message in answer.messages],
            stale_session=session_id if any(map(_tells_no_session, answer.messages)) else None,
            handoffs=[message.handoff.reason for message in answer.messages if message.handoff is not None],
            understood=None if answer.understood is None else answer.understood.model_dump(),
            operation=answer.operation,
        )

    def _failed(self, conversation: Conversation, turn: Turn, reason: str) -> Outcome:
        language = conversation.language
        return Outcome(language, language, [self._apology(turn, language)], failure=reason)

    async def _finish(self, turn: Turn, outcome: Outcome) -> None:
        ended = await do_end(self._database, turn, outcome, handover=self._handover, now=self._clock())
        self._metrics.turns.labels(state=ended.turn.state, reason=ended.turn.failure or "").inc()
        if ended.owner != Owner.BOT:
            self._live.wake_desks(turn.conversation_id)


def _rasa_turn(conversation: Conversation, turn: Turn, session_id: str | None) -> RasaTurn:
    payload = None if turn.kind == InputKind.TEXT else turn.payload
    channel = turn.channel or conversation.channel
    metadata = {"channel": channel, "language": conversation.language, "turn_id": str(turn.id)}
    if session_id is not None and conversation.profile_id is not None:
        metadata |= {"session": session_id, "profile": conversation.profile_id}
    if turn.kind == InputKind.EVENT and turn.text:
        metadata["done"] = turn.text
    return RasaTurn(
        sender=str(conversation.id),
        turn_id=str(turn.id),
        kind="text" if payload is None else "payload",
        message=turn.text if payload is None else payload,
        metadata=metadata,
    )


def _tells_no_session(message: RasaMessage) -> bool:
    """Whether the bot asks to sign in, or has signed the customer out in the conversation itself."""
    return isinstance(message.card, SignInCard) or message.key == SIGNED_OUT_KEY


def _line(message: RasaMessage) -> Line:
    extras = message.model_dump(exclude={"text", "lang", "card"}, exclude_defaults=True)
    if message.card is not None:
        extras["card"] = message.card.model_dump()
    return Line(Sender.BOT, message.text, message.lang, extras)

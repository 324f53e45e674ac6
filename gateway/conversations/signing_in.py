"""Signing in and out beside the conversation; what is typed goes to the backend and is kept nowhere."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import structlog
from pydantic import SecretStr

from gateway.backend import Backend, BackendError, BackendRefusalError, SignedIn
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation
from gateway.conversations.service import Answered, ConversationService
from gateway.conversations.sessions import Changed, do_end_stale, do_sign_in, do_sign_out, open_session
from gateway.errors import GatewayError, too_often
from gateway.metrics import Metrics
from gateway.settings import Language

log = structlog.get_logger(__name__)


class SigningIn:
    """What a customer can do with a session, besides talking."""

    def __init__(
        self,
        database: Database,
        conversations: ConversationService,
        backend: Backend,
        metrics: Metrics,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._conversations = conversations
        self._backend = backend
        self._metrics = metrics
        self._clock = clock

    async def sign_in(
        self, conversation: Conversation, user_id: str, password: SecretStr, *, address: str
    ) -> list[Answered]:
        """Open a session and let the conversation go on; raises sign_in_failed, _locked or _unavailable."""
        language = conversation.language
        opening = self._backend.sign_in(user_id, password, address=address, language=language)
        return await self._open(conversation, opening)

    async def sign_in_by_phone(
        self, conversation: Conversation, account_number: str, pin: SecretStr, *, address: str
    ) -> list[Answered]:
        """The same for a caller, with what was dialled; `address` stands for the caller."""
        language = conversation.language
        opening = self._backend.sign_in_by_phone(account_number, pin, address=address, language=language)
        return await self._open(conversation, opening)

    async def _open(
        self, conversation: Conversation, opening: Coroutine[Any, Any, SignedIn]
    ) -> list[Answered]:
        try:
            signed_in = await opening
        except BackendRefusalError as error:
            raise self._refused(error) from None
        except BackendError as error:
            self._metrics.sign_ins.labels(outcome="unavailable").inc()
            log.warning("sign_in_unavailable", reason=error.reason)
            raise GatewayError("sign_in_unavailable") from None
        self._metrics.sign_ins.labels(outcome="signed_in").inc()
        changed = await do_sign_in(self._database, conversation.id, signed_in, now=self._clock())
        return await self._go_on(conversation, changed)

    async def sign_out(self, conversation: Conversation) -> list[Answered]:
        """End the session here first, then at the backend, where it would also end by itself."""
        changed = await do_sign_out(self._database, conversation.id, now=self._clock())
        return await self._go_on(conversation, changed)

    async def receipt_pdf(self, conversation: Conversation, number: str, language: Language) -> bytes:
        """A receipt of whoever is signed in; raises not_signed_in, receipt_not_found or _unavailable."""
        session_id = open_session(conversation, self._clock())
        if session_id is None:
            raise GatewayError("not_signed_in")
        try:
            return await self._backend.receipt_pdf(session_id, number, language)
        except BackendRefusalError as error:
            if error.code == "not_signed_in":
                await do_end_stale(self._database, conversation.id, session_id)
                self._conversations.live.wake(conversation.id)
            raise GatewayError(error.code) from None
        except BackendError as error:
            log.warning("receipt_unavailable", reason=error.reason)
            raise GatewayError("receipt_unavailable") from None

    async def _go_on(self, conversation: Conversation, changed: Changed) -> list[Answered]:
        self._conversations.live.wake(conversation.id)
        answers, _ = await asyncio.gather(self._answers(changed), self._close(changed.ended_session))
        return answers

    async def _answers(self, changed: Changed) -> list[Answered]:
        return [await self._conversations.finish(turn) for turn in changed.turns]

    async def _close(self, session_id: str | None) -> None:
        if session_id is None:
            return
        try:
            await self._backend.sign_out(session_id)
        except BackendError as error:
            log.warning("session_not_closed", reason=error.reason)

    def _refused(self, error: BackendRefusalError) -> GatewayError:
        if error.code == "sign_in_locked":
            self._metrics.sign_ins.labels(outcome="locked").inc()
            seconds = error.retry_after or 1
            return too_often("sign_in_locked", retry_after=seconds, minutes=-(-seconds // 60))
        self._metrics.sign_ins.labels(outcome="failed").inc()
        left = {} if error.attempts_left is None else {"attempts_left": error.attempts_left}
        return GatewayError("sign_in_failed", left)

"""One client's live connection: everything stored after a number, then everything new, in order and once."""

import asyncio
from contextlib import suppress
from typing import Annotated, Literal

import structlog
from aiohttp import WSMsgType, web
from pydantic import Field

from gateway.conversations.live import Subscription
from gateway.conversations.records import Conversation, Turn, TurnState
from gateway.conversations.service import PAGE
from gateway.errors import GatewayError
from gateway.settings import Language
from gateway.web.bodies import LARGEST_SEQ, Body, SayBody, parse
from gateway.web.keys import SERVICE, SETTINGS
from gateway.web.language import request_language
from gateway.web.middleware import error_body
from gateway.web.replies import to_json

log = structlog.get_logger(__name__)

HELLO_SECONDS = 10
POLL_SECONDS = 15.0  # a safety net: the news of other processes may get lost, what is stored doesn't
FAULTS_ALLOWED = 20
CLOSE_REFUSED = 4401
CLOSE_FAULTS = 4429
CLOSE_BROKEN = 1011


class Hello(Body):
    """The first frame of a client that didn't send its token with the handshake."""

    type: Literal["hello"]
    token: Annotated[str, Field(max_length=200)]
    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] = 0


class Say(SayBody):
    """A message said over the live connection."""

    type: Literal["say"]


class Connection:
    """Reads what the client says and writes what is new, until either side has had enough."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self._socket = socket
        self._service = request.app[SERVICE]
        self._send_timeout = request.app[SETTINGS].gateway_send_timeout
        self._answers: set[asyncio.Task[None]] = set()
        self._language: Language = request_language(request)

    async def hello(self) -> tuple[Conversation, int]:
        """Wait for the first frame: the conversation it opens, and the number to replay after."""
        try:
            frame = await self._socket.receive(timeout=HELLO_SECONDS)
        except TimeoutError as error:
            raise GatewayError("request_timeout") from error
        if frame.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
            raise ConnectionResetError
        if frame.type is not WSMsgType.TEXT:
            raise GatewayError("token_missing")
        hello = parse(frame.data, Hello)
        return await self._service.access(self._request.match_info["id"], hello.token), hello.after

    async def run(self, conversation: Conversation, after: int) -> None:
        """Serve the conversation; raises too_many_connections, or ConnectionError when the client is gone."""
        self._language = conversation.language
        with self._service.live.follow(conversation.id) as subscription:
            await self._send({"type": "ready", "language": conversation.language})
            after = min(after, conversation.last_seq)
            await self._both(
                asyncio.create_task(self._write(conversation, subscription, after)),
                asyncio.create_task(self._read(conversation)),
            )

    async def refuse(self, error: GatewayError) -> None:
        """Say why and close."""
        code = CLOSE_BROKEN if error.status >= 500 else CLOSE_REFUSED
        with suppress(ConnectionError):
            await self._send_error(error)
            await self._socket.close(code=code, message=error.code.encode())

    async def _both(self, *tasks: asyncio.Task[None]) -> None:
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            running = [*tasks, *self._answers]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _write(self, conversation: Conversation, subscription: Subscription, after: int) -> None:
        was_typing = False
        while True:
            is_typing = self._service.live.is_writing(conversation.id)
            language, messages = await self._service.news(conversation.id, after)
            for message in messages:
                await self._send({"type": "message", "message": message.to_json()})
                after = message.seq
            if language != self._language:
                self._language = language
                await self._send({"type": "language", "language": language})
            if len(messages) == PAGE:
                continue
            if is_typing != was_typing:
                await self._send({"type": "typing", "on": is_typing})
                was_typing = is_typing
            await subscription.wait(POLL_SECONDS)

    async def _read(self, conversation: Conversation) -> None:
        faults = 0
        async for frame in self._socket:
            try:
                await self._take(conversation, frame.data if frame.type is WSMsgType.TEXT else "")
            except GatewayError as error:
                faults += 1
                await self._send_error(error)
            if faults > FAULTS_ALLOWED:
                await self._socket.close(code=CLOSE_FAULTS)

    async def _take(self, conversation: Conversation, data: str) -> None:
        say = parse(data, Say)
        try:
            turn = await self._service.accept(
                conversation, say.client_message_id, text=say.text, button=say.button
            )
        except GatewayError as error:
            await self._send_error(error, say.client_message_id)
            return
        await self._send({"type": "ack", "client_message_id": say.client_message_id, "seq": turn.seq})
        if turn.state == TurnState.RECEIVED:
            task = asyncio.create_task(self._report_failure(turn))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _report_failure(self, turn: Turn) -> None:
        # The answer itself arrives as a message; only a turn that failed needs a word of its own.
        try:
            answered = await self._service.finish(turn)
        except GatewayError as error:
            await self._send_error(error, turn.client_message_id)
            return
        if answered.turn.state == TurnState.FAILED:
            await self._send_error(GatewayError("assistant_unavailable"), turn.client_message_id)

    async def _send(self, frame: dict[str, object]) -> None:
        try:
            async with asyncio.timeout(self._send_timeout):
                await self._socket.send_str(to_json(frame))
        except TimeoutError as error:
            log.info("slow_reader_cut_off")
            if self._request.transport is not None:
                self._request.transport.abort()
            raise ConnectionResetError from error

    async def _send_error(self, error: GatewayError, client_message_id: str | None = None) -> None:
        frame: dict[str, object] = {"type": "error"}
        if client_message_id is not None:
            frame["client_message_id"] = client_message_id
        await self._send({**frame, **error_body(self._request.app, error, self._language)})

"""One client's live connection: everything stored after a number, then everything new, in order and once."""

import asyncio
import json
from contextlib import suppress
from typing import Annotated, Literal

import structlog
from aiohttp import WSMsgType, web
from pydantic import Field

from gateway.conversations.keystrokes import LASTS
from gateway.conversations.live import Patience, Subscription
from gateway.conversations.records import Conversation, Owner, Turn, TurnState
from gateway.conversations.service import PAGE
from gateway.desk.standing import Standing, standing_of
from gateway.errors import GatewayError
from gateway.settings import Language
from gateway.web.bodies import LARGEST_SEQ, Body, SayBody, parse
from gateway.web.keys import DATABASE, SERVICE, SETTINGS, TEXTS, TYPING
from gateway.web.language import request_language
from gateway.web.middleware import error_body
from gateway.web.wire import CLOSE_BROKEN, CLOSE_FAULTS, CLOSE_REFUSED, run_both, send_frame

log = structlog.get_logger(__name__)

HELLO_SECONDS = 10
POLL_SECONDS = 15.0  # a safety net: the news of other processes may get lost, what is stored doesn't
FAULTS_ALLOWED = 20


class Hello(Body):
    """The first frame of a client that didn't send its token with the handshake."""

    type: Literal["hello"]
    token: Annotated[str, Field(max_length=200)]
    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] = 0


class Say(SayBody):
    """A message said over the live connection."""

    type: Literal["say"]


class Typing(Body):
    """The customer is typing, or stopped."""

    type: Literal["typing"]
    on: bool


class Connection:
    """Reads what the client says and writes what is new, until either side has had enough."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self._socket = socket
        self._service = request.app[SERVICE]
        self._answers: set[asyncio.Task[None]] = set()
        self._language: Language = request_language(request)
        self._is_signed_in = False
        self._standing = Standing("bot")

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
            self._is_signed_in = self._service.is_signed_in(conversation)
            self._standing = await self._read_standing(conversation)
            session = {"language": conversation.language, "signed_in": self._is_signed_in}
            await self._send({"type": "ready", **session, **self._standing.to_json()})
            after = min(after, conversation.last_seq)
            await run_both(
                asyncio.create_task(self._write(conversation, subscription, after)),
                asyncio.create_task(self._read(conversation)),
                others=self._answers,
            )

    async def refuse(self, error: GatewayError) -> None:
        """Say why and close."""
        code = CLOSE_BROKEN if error.status >= 500 else CLOSE_REFUSED
        with suppress(ConnectionError):
            await self._send_error(error)
            await self._socket.close(code=code, message=error.code.encode())

    async def _write(self, conversation: Conversation, subscription: Subscription, after: int) -> None:
        was_typing, patience = False, Patience(self._request.app[SETTINGS].gateway_notice_delay)
        while True:
            since, rung = self._service.live.writing_since(conversation.id), self._service.live.bell.rung
            now, messages = await self._service.news(conversation.id, after)
            for message in messages:
                await self._send({"type": "message", "message": message.to_json()})
                after = message.seq
            await self._tell_changes(now)
            if len(messages) == PAGE:
                continue
            if (is_typing := since is not None or self._rep_types(now)) != was_typing:
                was_typing = is_typing
                await self._send({"type": "typing", "on": was_typing})
            if not messages and patience.is_over(since):
                await self._send_notice()
            poll = LASTS if was_typing else POLL_SECONDS
            await self._wait(subscription, min(poll, patience.left(since)), rung)

    async def _wait(self, subscription: Subscription, timeout: float, rung: int) -> None:
        """Wait for news; whoever stands in the queue hears of every change of it, since `rung` at that."""
        bell = self._service.live.bell
        if self._standing.owner != Owner.QUEUE:
            await subscription.wait(timeout)
        elif bell.rung == rung:
            with bell.listen(subscription):
                await subscription.wait(timeout)

    async def _tell_changes(self, now: Conversation) -> None:
        if now.language != self._language:
            self._language = now.language
            await self._send({"type": "language", "language": now.language})
        is_signed_in = self._service.is_signed_in(now)
        if is_signed_in != self._is_signed_in:
            self._is_signed_in = is_signed_in
            await self._send({"type": "session", "signed_in": is_signed_in})
        standing = await self._read_standing(now)
        if standing != self._standing:
            self._standing = standing
            await self._send({"type": "owner", **standing.to_json()})

    async def _read_standing(self, conversation: Conversation) -> Standing:
        async with self._request.app[DATABASE].read() as session:
            return await standing_of(session, conversation)

    def _rep_types(self, now: Conversation) -> bool:
        return now.owner == Owner.REP and self._request.app[TYPING].is_typing(now.id, "rep")

    async def _send_notice(self) -> None:
        text = self._request.app[TEXTS].get("chat.one_moment", self._language)
        await self._send({"type": "notice", "text": text, "lang": self._language})

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
        if _is_typing(data):
            await self._request.app[TYPING].tell(conversation.id, "customer", on=parse(data, Typing).on)
            return
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
        await send_frame(self._request, self._socket, frame)

    async def _send_error(self, error: GatewayError, client_message_id: str | None = None) -> None:
        frame: dict[str, object] = {"type": "error"}
        if client_message_id is not None:
            frame["client_message_id"] = client_message_id
        await self._send({**frame, **error_body(self._request.app, error, self._language)})


def _is_typing(data: str) -> bool:
    with suppress(ValueError):
        frame = json.loads(data)
        return isinstance(frame, dict) and frame.get("type") == "typing"
    return False

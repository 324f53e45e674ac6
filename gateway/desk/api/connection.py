"""One desk's live connection: the queue, who is there, and the conversations it follows."""

import asyncio
import uuid
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from gateway.conversations.keystrokes import LASTS
from gateway.conversations.live import Subscription
from gateway.desk import reps
from gateway.desk.access import LEADING, access_conversation
from gateway.desk.api.conversations import do_type
from gateway.desk.api.frames import Follow, Say, Typing, Unfollow, read_frame
from gateway.desk.api.keys import DESK
from gateway.desk.items import names_for, read_item, read_queue, rep_json
from gateway.desk.lists import read_reps
from gateway.desk.saying import do_say
from gateway.desk.signing_in import Open, access_session
from gateway.desk.transcript import read_messages
from gateway.errors import GatewayError
from gateway.web.middleware import error_body
from gateway.web.wire import CLOSE_BROKEN, CLOSE_FAULTS, CLOSE_REFUSED, run_both, send_frame

POLL_SECONDS = 15.0  # a safety net, and how often presence is renewed
FAULTS_ALLOWED = 20
FOLLOWED_AT_ONCE = 50
PAGE = 200
PASSING = ("waiting", "now")  # what changes by itself
Json = dict[str, object]


@dataclass
class Followed:
    """What this desk was last shown of a conversation."""

    after: int
    item: Json | None = None
    typing: str | None = None


class DeskConnection:
    """Reads what the desk says and writes what is new, until either side has had enough."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, opened: Open) -> None:
        self._request = request
        self._socket = socket
        self._desk = request.app[DESK]
        self._opened = opened
        self._subscription = Subscription()
        self._followed: dict[uuid.UUID, Followed] = {}
        self._queue: Json | None = None
        self._reps: object = None

    async def run(self) -> None:
        """Serve the desk; raises desk_not_signed_in, or ConnectionError when it is gone."""
        try:
            live = self._desk.live
            with live.bell.listen(self._subscription), live.deliveries.listen(self._subscription):
                await self._be_present()
                self._desk.live.bell.ring()
                await self._send({"type": "ready", "rep": rep_json(self._opened.rep)})
                await run_both(asyncio.create_task(self._write()), asyncio.create_task(self._read()))
        finally:
            for conversation_id in self._followed:
                self._desk.live.detach(conversation_id, self._subscription)

    async def refuse(self, error: GatewayError) -> None:
        """Say why and close."""
        code = CLOSE_BROKEN if error.status >= 500 else CLOSE_REFUSED
        with suppress(ConnectionError):
            await self._send_error(error, {})
            await self._socket.close(code=code, message=error.code.encode())

    async def _write(self) -> None:
        rung, delivered, due = -1, -1, 0.0
        clock = asyncio.get_running_loop().time
        while True:
            is_due, is_rung = clock() >= due, rung != self._desk.live.bell.rung
            if is_due or is_rung:
                rung = self._desk.live.bell.rung
                self._opened = await access_session(self._desk, self._opened.token, is_used=False)
            if is_due:
                due = clock() + POLL_SECONDS
                await self._be_present()
            if is_due or is_rung:
                await self._tell_lists()
            if is_due or delivered != self._desk.live.deliveries.rung:
                delivered = self._desk.live.deliveries.rung
                await self._tell_deliveries()
            is_behind = [await self._tell(*one) for one in list(self._followed.items())]
            if any(is_behind):
                continue
            is_typing = any(followed.typing for followed in self._followed.values())
            await self._subscription.wait(LASTS if is_typing else max(0.0, due - clock()))

    async def _tell_lists(self) -> None:
        queue = await read_queue(self._desk, self._opened.rep, self._opened.rep.language)
        lasting = _lasting(queue)
        if lasting != self._queue:
            self._queue = lasting
            await self._send({"type": "queue", "queue": queue})
        present = await read_reps(self._desk)
        if present != self._reps:
            self._reps = present
            await self._send({"type": "reps", "reps": present})

    async def _tell_deliveries(self) -> None:
        if self._opened.rep.role in LEADING:
            await self._send({"type": "deliveries"})

    async def _tell(self, conversation_id: uuid.UUID, followed: Followed) -> bool:
        """Tell what is new of one conversation; whether there is more. One that was erased is let go."""
        try:
            return await self._tell_news(conversation_id, followed)
        except GatewayError as error:
            self._unfollow(conversation_id)
            await self._send_error(error, {"conversation": str(conversation_id)})
            return False

    async def _tell_news(self, conversation_id: uuid.UUID, followed: Followed) -> bool:
        language, desk = self._opened.rep.language, self._desk
        async with desk.database.read() as session:
            conversation = await access_conversation(session, conversation_id)
            names = names_for(desk, language)
            messages = await read_messages(session, conversation_id, names, after=followed.after, limit=PAGE)
            item = await read_item(session, desk, conversation, language)
        named: Json = {"conversation": str(conversation_id)}
        for message in messages:
            if self._followed.get(conversation_id) is not followed:
                return True
            followed.after = message["seq"]
            await self._send({"type": "message", **named, "message": message})
        if _lasting(item) != followed.item:
            followed.item = _lasting(item)
            await self._send({"type": "changed", **named, "item": item})
        await self._tell_typing(conversation_id, followed)
        return len(messages) == PAGE

    async def _tell_typing(self, conversation_id: uuid.UUID, followed: Followed) -> None:
        live, typing = self._desk.live, self._desk.typing
        who = "bot" if live.writing_since(conversation_id) is not None else None
        who = "customer" if typing.is_typing(conversation_id, "customer") else who
        if who == followed.typing:
            return
        named = {"type": "typing", "conversation": str(conversation_id)}
        if followed.typing is not None:
            await self._send({**named, "on": False, "who": followed.typing})
        if who is not None:
            await self._send({**named, "on": True, "who": who})
        followed.typing = who

    async def _read(self) -> None:
        faults = 0
        async for frame in self._socket:
            try:
                await self._take(frame.data if frame.type is WSMsgType.TEXT else "")
            except GatewayError as error:
                if error.code == "desk_not_signed_in":
                    raise
                faults += 1
                await self._send_error(error, {})
            if faults > FAULTS_ALLOWED:
                await self._socket.close(code=CLOSE_FAULTS)

    async def _take(self, data: str) -> None:
        frame = read_frame(data)
        named: Json = {"conversation": str(frame.conversation)}
        self._opened = await access_session(self._desk, self._opened.token)
        try:
            if isinstance(frame, Follow):
                await self._follow(frame)
            elif isinstance(frame, Unfollow):
                self._unfollow(frame.conversation)
            elif isinstance(frame, Typing):
                await do_type(self._desk, self._opened.rep, frame.conversation, on=frame.on)
            else:
                named["client_message_id"] = frame.client_message_id
                await self._say(frame, named)
        except GatewayError as error:
            await self._send_error(error, named)

    async def _say(self, frame: Say, named: Json) -> None:
        message = await do_say(
            self._desk,
            self._opened.rep,
            frame.conversation,
            frame.client_message_id,
            frame.text,
            faq_id=frame.faq_id,
        )
        await self._desk.typing.tell(frame.conversation, "rep", on=False)
        await self._send({"type": "ack", **named, "seq": message.seq})

    async def _follow(self, frame: Follow) -> None:
        async with self._desk.database.read() as session:
            conversation = await access_conversation(session, frame.conversation)
        if len(self._followed) >= FOLLOWED_AT_ONCE and frame.conversation not in self._followed:
            raise GatewayError("too_many_connections", {"limit": FOLLOWED_AT_ONCE})
        self._followed[frame.conversation] = Followed(min(frame.after, conversation.last_seq))
        self._desk.live.attach(frame.conversation, self._subscription)
        self._subscription.ring()

    def _unfollow(self, conversation_id: uuid.UUID) -> None:
        self._followed.pop(conversation_id, None)
        self._desk.live.detach(conversation_id, self._subscription)

    async def _be_present(self) -> None:
        async with self._desk.database.write() as session:
            await reps.see(session, self._opened.rep.id, self._desk.clock())
            await session.commit()

    async def _send(self, frame: Json) -> None:
        await send_frame(self._request, self._socket, frame)

    async def _send_error(self, error: GatewayError, named: Json) -> None:
        body = error_body(self._request.app, error, self._opened.rep.language)
        await self._send({"type": "error", **named, **body})


def _lasting(value: Json) -> Json:
    """The value without what changes with every second."""
    found: Json = {}
    for name, part in value.items():
        if name in PASSING and not isinstance(part, list):
            continue
        found[name] = [_lasting(row) for row in part] if isinstance(part, list) else part
    return found

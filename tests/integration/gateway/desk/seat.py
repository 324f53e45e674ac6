"""A rep's program in tests: has the cookie, sends what pages would, holds answers to the description."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp.test_utils import TestClient

from gateway.desk.api.keys import DESK
from gateway.desk.records import Role
from gateway.desk.team import NewRep, do_add_rep
from gateway.desk.totp import code_at, step_of
from tests.integration.gateway.desk.contract import check_desk_answer, check_desk_schema

Json = dict[str, Any]
Web = TestClient[Any, Any]
_ids = itertools.count(1)
PASSWORD = "correct-horse-battery"


async def add_rep(client: Web, user_id: str, *, name: str | None = None, role: Role = Role.REP) -> NewRep:
    """A rep, added as the operator does."""
    desk = client.app[DESK]
    shown = name or user_id.capitalize()
    return await do_add_rep(
        desk.team,
        user_id,
        name=f"{shown} Roy",
        alias=shown,
        role=role,
        now=desk.clock(),
        password=PASSWORD,
    )


class Seat:
    """One rep's browser."""

    def __init__(self, client: Web, rep: NewRep) -> None:
        self.client = client
        self.rep = rep
        self.csrf = ""
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    @property
    def base(self) -> str:
        return str(self.client.make_url("")).rstrip("/")

    def code(self, *, steps: int = 0) -> str:
        """The authenticator's code, now or so many steps later."""
        return code_at(self.rep.secret, step_of(self.client.app[DESK].clock()) + steps)

    async def sign_in(self, *, status: int = 200, **different: str) -> Json:
        body = {"user_id": self.rep.rep.user_id, "password": PASSWORD, "code": self.code(), **different}
        answer = await self.request("POST", "/session", status=status, json=body)
        self.csrf = answer.get("csrf", "")
        return answer

    async def request(self, method: str, path: str, *, status: int = 200, **options: Any) -> Json:
        """Call the desk's API and return the checked answer."""
        full = f"/api/desk{path}"
        headers = {"Origin": self.base, "X-CSRF-Token": self.csrf, **options.pop("headers", {})}
        async with self.http.request(method, self.base + full, headers=headers, **options) as response:
            assert response.status == status, (full, response.status, await response.text())
            answer: Json = await response.json()
            check_desk_answer(method, full, status, answer)
            return answer

    async def get(self, path: str, *, status: int = 200) -> Json:
        return await self.request("GET", path, status=status)

    async def post(self, path: str, body: Json | None = None, *, status: int = 200) -> Json:
        return await self.request("POST", path, status=status, **({} if body is None else {"json": body}))

    async def on(self, conversation: str, act: str, body: Json | None = None, *, status: int = 200) -> Json:
        """Do something with a conversation: claim, release, close ..."""
        return await self.post(f"/conversations/{conversation}/{act}", body, status=status)

    async def say(self, conversation: str, text: str, *, id: str | None = None, status: int = 200) -> Json:
        body = {"client_message_id": id or f"rep-{next(_ids)}", "text": text}
        return await self.on(conversation, "messages", body, status=status)

    async def waiting(self) -> list[str]:
        return [item["id"] for item in (await self.get("/queue"))["waiting"]]

    async def view(self, conversation: str) -> Json:
        return await self.get(f"/conversations/{conversation}")

    @asynccontextmanager
    async def live(self) -> AsyncIterator["DeskFollower"]:
        """The live connection, open."""
        headers = {"Origin": self.base}
        async with self.http.ws_connect(f"{self.base}/api/desk/live", headers=headers) as socket:
            yield DeskFollower(socket)


class DeskFollower:
    """The desk's end of a live connection; frames of a kind nobody asked for are passed over."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.shown: list[tuple[int, str]] = []  # number and text of every message that came

    async def next(self, *kinds: str) -> Json:
        async with asyncio.timeout(10):
            while True:
                frame: Json = await self.socket.receive_json()
                self._check(frame)
                if frame["type"] == "message":
                    self.shown.append((frame["message"]["seq"], frame["message"]["text"]))
                if frame["type"] in kinds:
                    return frame

    async def follow(self, conversation: str, after: int = 0) -> None:
        await self.socket.send_json({"type": "follow", "conversation": conversation, "after": after})

    async def say(self, conversation: str, text: str, id: str) -> None:
        await self.socket.send_json(
            {"type": "say", "conversation": conversation, "client_message_id": id, "text": text}
        )

    async def texts(self, count: int) -> list[str]:
        return [(await self.next("message"))["message"]["text"] for _ in range(count)]

    def _check(self, frame: Json) -> None:
        schemas = {
            "queue": ("Queue", "queue"),
            "message": ("Message", "message"),
            "changed": ("Item", "item"),
        }
        if frame["type"] in schemas:
            schema, name = schemas[frame["type"]]
            check_desk_schema(schema, frame[name])
        if frame["type"] == "error":
            check_desk_schema("Error", {"error": frame["error"]})

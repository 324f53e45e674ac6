"""A small real backend for tests: sessions and receipts over HTTP, as the true one tells them."""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

TOKEN = "a-token-for-the-backend"
PASSWORD = "erable2026"
PIN = "4826"
ACCOUNTS = {"400100017": "marie", "400100025": "paul"}
PDF = b"%PDF-1.7 a receipt in "
TRIES = 3
Json = dict[str, Any]


@dataclass
class FakeBackend:
    """Two customers, marie and paul, each with a receipt; remembers every call and its headers."""

    people: dict[str, str] = field(default_factory=lambda: {"marie": PASSWORD, "paul": PASSWORD})
    receipts: dict[str, str] = field(
        default_factory=lambda: {"482109375562": "marie", "100000000001": "paul"}
    )
    delay: float = 0.0  # seconds before each answer
    status: int = 200  # 500: broken
    raw: bytes | None = None  # sent instead of an answer
    life: timedelta = timedelta(hours=12)
    gate: asyncio.Event | None = None  # sign-ins wait for it
    calls: list[tuple[str, Json]] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)  # the open ones, by id
    opened: list[str] = field(default_factory=list)  # every session there ever was
    failures: dict[str, int] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def app(self) -> web.Application:
        """The server."""
        app = web.Application(middlewares=[self._let_in])
        app.router.add_post("/v1/sessions", self._sign_in)
        app.router.add_post("/v1/sessions/phone", self._sign_in_by_phone)
        app.router.add_delete("/v1/sessions/current", self._sign_out)
        app.router.add_get("/v1/receipts/{number}/pdf", self._receipt)
        return app

    @web.middleware
    async def _let_in(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.calls.append((f"{request.method} {request.path}", dict(request.headers)))
        await asyncio.sleep(self.delay)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _refusal(401, "not_signed_in")
        if self.status != 200:
            return web.Response(status=self.status, text="inside of the backend")
        if self.raw is not None:
            return web.Response(body=self.raw)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _sign_in(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.gate is not None:
            await self.gate.wait()
        name = body["user_id"]
        if self.failures.get(name, 0) >= TRIES:
            return _refusal(429, "too_many_attempts", retry_after=890)
        if self.people.get(name) != body["password"]:
            self.failures[name] = self.failures.get(name, 0) + 1
            return _refusal(401, "wrong_credentials", attempts_left=TRIES - self.failures[name])
        return self._open(name)

    async def _sign_in_by_phone(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.gate is not None:
            await self.gate.wait()
        number = body["account_number"]
        if self.failures.get(number, 0) >= TRIES:
            return _refusal(429, "too_many_attempts", retry_after=3590)
        if number not in ACCOUNTS or body["pin"] != PIN:
            self.failures[number] = self.failures.get(number, 0) + 1
            return _refusal(401, "wrong_pin", attempts_left=TRIES - self.failures[number])
        return self._open(ACCOUNTS[number])

    def _open(self, name: str) -> web.Response:
        session_id = f"{next(self._ids):032x}"
        self.sessions[session_id] = name
        self.opened.append(session_id)
        answer = {
            "token": "never-for-the-gateway",
            "session_id": session_id,
            "expires_at": (datetime.now(UTC) + self.life).isoformat(),
            "idle_minutes": 30,
            "profile": {"id": profile_of(name), "user_id": name, "email": f"{name}@example.ca"},
        }
        return web.json_response(answer, status=201)

    async def _sign_out(self, request: web.Request) -> web.Response:
        if self.sessions.pop(request.headers.get("X-Session-Id", ""), None) is None:
            return _refusal(401, "session_expired")
        return web.Response(status=204)

    async def _receipt(self, request: web.Request) -> web.Response:
        name = self.sessions.get(request.headers.get("X-Session-Id", ""))
        if name is None:
            return _refusal(401, "session_expired")
        if self.receipts.get(request.match_info["number"]) != name:
            return _refusal(404, "receipt_not_found")
        return web.Response(body=PDF + request.query["lang"].encode(), content_type="application/pdf")


def profile_of(name: str) -> str:
    """The id of a customer's profile."""
    return name.encode().hex().rjust(32, "0")


def _refusal(status: int, code: str, **fields: Any) -> web.Response:
    error = {"code": code, "message": "inside words", "fields": fields, "next_step": "inside step"}
    return web.json_response({"error": error}, status=status)

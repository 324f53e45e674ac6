"""A small real Rasa for tests: the gateway's channel over HTTP, scriptable, remembering what it was asked."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SECRET = "a-secret-shared-with-rasa"
Json = dict[str, Any]


def message(text: str, lang: str = "fr", **extras: Any) -> Json:
    """One bot message; the rest only where a test is about it."""
    return {"text": text, "lang": lang, "key": "utter_test", **extras}


SIGN_IN_CARD = {"kind": "sign_in"}
RECEIPT_CARD = {
    "kind": "receipt",
    "number": "482109375562",
    "title": "Changement d’adresse",
    "account": "123 456 782",
    "done": "lundi 1er mars 2027",
    "effective": "lundi 1er mars 2027",
    "lines": [{"label": "Adresse", "before": None, "after": "45, rue des Érables, Québec"}],
    "undo": "Dites « annulez ».",
    "sent_to": None,
}


def echo(turn: Json) -> Json:
    """Answer with what was said, in the conversation's language."""
    language = turn["metadata"]["language"]
    return {"language": language, "messages": [message(f"echo: {turn['message']}", language)]}


@dataclass
class FakeRasa:
    """Answers turns as `script` says; the same turn_id gets the same answer, as the real channel does."""

    script: Callable[[Json], Json] = echo
    delay: float = 0.0  # seconds before each answer
    status: int = 200
    raw: bytes | None = None  # sent instead of an answer
    cut_off: int = 0  # so many answers break off half way
    gate: asyncio.Event | None = None  # answers wait for it
    asked: list[Json] = field(default_factory=list)
    answered: dict[str, Json] = field(default_factory=dict)
    most_at_once: int = 0
    _now: int = 0

    def app(self) -> web.Application:
        """The server."""
        app = web.Application()
        app.router.add_get("/", self._hello)
        app.router.add_post("/webhooks/gateway/webhook", self._turn)
        return app

    @property
    def said(self) -> list[str]:
        """What was said to it, in order."""
        return [turn["message"] for turn in self.asked]

    async def _hello(self, _request: web.Request) -> web.Response:
        return web.Response(text="Hello from Rasa", status=self.status)

    async def _turn(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return web.Response(status=401)
        turn = await request.json()
        self.asked.append(turn)
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            return await self._answer(request, turn)
        finally:
            self._now -= 1

    async def _answer(self, request: web.Request, turn: Json) -> web.StreamResponse:
        if self.gate is not None:
            await self.gate.wait()
        await asyncio.sleep(self.delay)
        if self.status != 200:
            return web.json_response({"status": "failure", "message": "inside of Rasa"}, status=self.status)
        if self.raw is not None:
            return web.Response(body=self.raw, content_type="application/json")
        answer = self.answered.setdefault(turn["turn_id"], self.script(turn))
        if self.cut_off:
            self.cut_off -= 1
            return await self._break_off(request)
        return web.json_response(answer)

    async def _break_off(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"language": "fr", "mess')
        assert request.transport is not None
        request.transport.abort()
        return response

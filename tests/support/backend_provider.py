"""A payment provider in a test's own process: it checks our signatures, keeps keys, and may lose answers."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SECRET = "a secret of the provider"


def signature(text: bytes, secret: str = SECRET) -> str:
    """Written apart from the program's own, so that both can't be wrong alike."""
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


@dataclass
class FakeProvider:
    """Remembers what it was asked under each key."""

    now: int
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    loses_answers: int = 0
    takes_more: int = 0
    signs_with: str = SECRET

    def app(self) -> web.Application:
        """Its server."""
        app = web.Application()
        app.router.add_post("/v2/charges", self.take)
        app.router.add_post("/v2/refunds", self.take)
        return app

    async def take(self, request: web.Request) -> web.Response:
        """A charge or a refund, once for each key."""
        body = await request.read()
        signed = f"{request.headers['X-Timestamp']}.POST {request.path}.".encode() + body
        if not hmac.compare_digest(signature(signed), request.headers["X-Signature"]):
            return web.json_response({}, status=401)
        told = json.loads(body)
        self.asked.append((request.path, told))
        answer = {
            "payment_id": told["payment_id"],
            "outcome": "approved",
            "amount_cents": told["amount_cents"] + self.takes_more,
            "currency": "CAD",
            "authorization": "777001",
        }
        self.done.setdefault(request.headers["Idempotency-Key"], answer)
        if self.loses_answers:
            self.loses_answers -= 1
            return web.Response(status=502)
        raw = json.dumps(answer).encode()
        return web.Response(body=raw, headers=self.headers(raw))

    def headers(self, body: bytes, *, seconds_ago: int = 0) -> dict[str, str]:
        """The signature and time of what it sends."""
        at = str(self.now - seconds_ago)
        return {
            "X-Timestamp": at,
            "X-Signature": signature(f"{at}.".encode() + body, self.signs_with),
            "Content-Type": "application/json",
        }

    def notice(self, payment_id: str, cents: int = 8450, **different: str | int) -> bytes:
        """What it tells after a customer was on its page; no cents for a consent."""
        told = {
            "payment_id": payment_id,
            "outcome": "approved",
            "amount_cents": cents,
            "currency": "CAD",
            "authorization": "777002",
            "method": "Visa •••• 1111",
            "method_token": "tok_1",
            "reason": "",
        }
        return json.dumps(told | different).encode()

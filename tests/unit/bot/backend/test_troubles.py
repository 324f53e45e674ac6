"""What the client makes of a backend that is down, slow, cut off or talks nonsense.

A look is asked twice. A change is sent again under the same key, and what may have been done is never
called not done.
"""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import HttpUrl, SecretStr

from bot.actions.backend import (
    Backend,
    Budget,
    Customer,
    OutcomeUnknown,
    Patience,
    Payment,
    Refused,
    Settings,
    SignInNeeded,
    Unreachable,
)

ACCOUNT = "0190b0c4d5e6f708192a3b4c5d6e7f80"
KEY = "a-key-of-this-test"
SHORT = Patience(call=0.6, one_try=0.2, connecting=0.1, pauses=(0.01, 0.01))
PAYMENT = {
    "id": "0190b0c4d5e6f708192a3b4c5d6e7f83",
    "kind": "one_time",
    "amount_cents": 8450,
    "state": "started",
    "page_url": "https://pay.example.ca/1",
    "authorization": None,
    "refused_reason": None,
    "receipt_number": None,
    "started_at": "2026-11-23T15:00:00Z",
    "settled_at": None,
}

Does = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answers(body: Any, status: int = 200, **headers: str) -> Does:
    """Answer with JSON."""

    async def do(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return do


def refuses(code: str, status: int, **fields: Any) -> Does:
    """Refuse as the backend does."""
    words = {"message": "Non.", "next_step": "Essayez autre chose."}
    error = {"code": code, **words, "fields": fields, "words": {"fr": words}}
    return answers({"error": error}, status)


def says(text: str, status: int = 200) -> Does:
    """Answer with anything at all."""

    async def do(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status, content_type="application/json")

    return do


async def hangs_up(request: web.Request) -> web.StreamResponse:
    """Take the request and close the connection."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def stays_silent(_request: web.Request) -> web.StreamResponse:
    """Never answer."""
    await asyncio.sleep(30)
    raise AssertionError("the client should have left")


async def breaks_off(request: web.Request) -> web.StreamResponse:
    """Send half of an answer."""
    body = json.dumps(PAYMENT).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.close()
    return response


async def never_ends(request: web.Request) -> web.StreamResponse:
    """Send more than anybody would read."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(40):
        await response.write(b" " * 64 * 1024)
    return response


DONE = answers(PAYMENT, 201)
UNUSABLE = {
    "hangs up": hangs_up,
    "stays silent": stays_silent,
    "breaks off": breaks_off,
    "never ends": never_ends,
    "not JSON": says("<html>"),
    "other JSON": answers({"id": 12}),
    "empty": says(""),
    "a failure": says("oops", 500),
    "busy": refuses("busy", 503),
    "somewhere else": answers({}, 302, Location="/elsewhere"),
    "a refusal without reason": says("Bad gateway", 404),
    "a refusal of another make": answers({"error": "no"}, 400),
}


class Awkward:
    """A backend that does what it is told, one thing a request; the last thing for ever."""

    def __init__(self) -> None:
        self.plan: list[Does] = []
        self.keys: list[str | None] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The next thing."""
        self.keys.append(request.headers.get("Idempotency-Key"))
        return await self.plan[min(len(self.keys), len(self.plan)) - 1](request)


@pytest.fixture
def awkward() -> Awkward:
    """Its plan is the test's."""
    return Awkward()


@pytest.fixture
async def backend(awkward: Awkward) -> AsyncIterator[Backend]:
    """A client of it, in a hurry."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", awkward.handle)
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0.01)
    made = client_of(str(server.make_url("/")))
    yield made
    await made.close()
    await server.close()


@pytest.fixture
def customer(backend: Backend) -> Customer:
    """Somebody signed in."""
    return backend.as_customer("1" * 32, channel="web", language="fr")


def client_of(url: str) -> Backend:
    """A client in a hurry."""
    return Backend(Settings(url=HttpUrl(url), token=SecretStr("a-token-for-tests")), patience=SHORT)


async def pay(customer: Customer) -> Payment:
    """A change."""
    return await customer.start_payment(ACCOUNT, 8450, key=KEY)


@pytest.mark.parametrize("trouble", UNUSABLE)
async def test_a_look_that_goes_wrong_once_is_asked_again(
    awkward: Awkward, customer: Customer, trouble: str
) -> None:
    awkward.plan = [UNUSABLE[trouble], answers({"accounts": []})]

    assert await customer.accounts() == []


@pytest.mark.parametrize("trouble", UNUSABLE)
async def test_a_look_that_keeps_going_wrong_is_given_up(
    awkward: Awkward, customer: Customer, trouble: str
) -> None:
    awkward.plan = [UNUSABLE[trouble]]

    with pytest.raises(Unreachable):
        await customer.accounts()
    assert 2 <= len(awkward.keys) <= 4  # aiohttp itself asks again when a connection is closed


@pytest.mark.parametrize("trouble", UNUSABLE)
async def test_a_change_without_answer_is_sent_again_under_the_same_key(
    awkward: Awkward, customer: Customer, trouble: str
) -> None:
    awkward.plan = [UNUSABLE[trouble], DONE]

    payment = await pay(customer)

    assert payment.page_url == "https://pay.example.ca/1"
    assert set(awkward.keys) == {KEY}
    assert len(awkward.keys) >= 2


@pytest.mark.parametrize("trouble", UNUSABLE)
async def test_a_change_that_never_gets_an_answer_may_have_been_done(
    awkward: Awkward, customer: Customer, trouble: str
) -> None:
    awkward.plan = [UNUSABLE[trouble]]

    with pytest.raises(OutcomeUnknown):
        await pay(customer)


@pytest.mark.parametrize("trouble", UNUSABLE)
async def test_a_preview_that_never_gets_an_answer_did_nothing(
    awkward: Awkward, customer: Customer, trouble: str
) -> None:
    awkward.plan = [UNUSABLE[trouble]]

    with pytest.raises(Unreachable):
        await customer.leave_ebill(ACCOUNT, key=KEY, preview=True)
    assert set(awkward.keys) == {None}


async def test_nothing_was_done_when_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    backend = client_of(url)
    customer = backend.as_customer("1" * 32, channel="web", language="fr")

    with pytest.raises(Unreachable):
        await pay(customer)
    with pytest.raises(Unreachable):
        await customer.accounts()
    await backend.close()


async def test_nothing_was_done_when_the_name_is_unknown() -> None:
    backend = client_of("http://backend.invalid:8001")

    with pytest.raises(Unreachable):
        await pay(backend.as_customer("1" * 32, channel="web", language="fr"))
    await backend.close()


async def test_a_change_sent_before_the_backend_went_down_may_have_been_done() -> None:
    awkward = Awkward()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", awkward.handle)
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0.01)

    async def hangs_up_for_good(request: web.Request) -> web.StreamResponse:
        assert server.runner is not None
        for site in server.runner.sites:
            await site.stop()
        return await hangs_up(request)

    awkward.plan = [hangs_up_for_good]
    backend = client_of(str(server.make_url("/")))

    with pytest.raises(OutcomeUnknown):
        await pay(backend.as_customer("1" * 32, channel="web", language="fr"))
    assert awkward.keys == [KEY]
    await backend.close()
    await server.close()


async def test_a_refusal_is_final_and_carries_its_words(awkward: Awkward, customer: Customer) -> None:
    awkward.plan = [refuses("payment_over_balance", 422, balance_cents=5230), DONE]

    with pytest.raises(Refused) as refusal:
        await pay(customer)

    assert (refusal.value.code, refusal.value.status) == ("payment_over_balance", 422)
    assert (refusal.value.message, refusal.value.next_step) == (
        {"fr": "Non."},
        {"fr": "Essayez autre chose."},
    )
    assert refusal.value.fields == {"balance_cents": 5230}
    assert refusal.value.retry_after is None
    assert len(awkward.keys) == 1


async def test_too_many_tries_say_how_long_to_wait(awkward: Awkward, customer: Customer) -> None:
    awkward.plan = [refuses("too_many_attempts", 429, retry_after=840)]

    with pytest.raises(Refused) as refusal:
        await customer.link_account("400100017", "G1R 2B5", key=KEY)

    assert refusal.value.retry_after == 840


async def test_how_long_to_wait_may_be_in_the_header_only(awkward: Awkward, customer: Customer) -> None:
    error = {"code": "too_many_attempts", "fields": {}, "words": {}}
    awkward.plan = [answers({"error": error}, 429, **{"Retry-After": "60"})]

    with pytest.raises(Refused) as refusal:
        await customer.accounts()

    assert refusal.value.retry_after == 60


async def test_an_ended_session_asks_to_sign_in(awkward: Awkward, customer: Customer) -> None:
    awkward.plan = [refuses("session_expired", 401)]

    with pytest.raises(SignInNeeded):
        await pay(customer)
    with pytest.raises(SignInNeeded):
        await customer.accounts()


@pytest.mark.parametrize("refusal", [("session_expired", 401), ("too_many_attempts", 429)])
async def test_a_refusal_before_the_key_is_looked_at_tells_nothing_of_the_try_before(
    awkward: Awkward, customer: Customer, refusal: tuple[str, int]
) -> None:
    awkward.plan = [hangs_up, refuses(*refusal)]

    with pytest.raises(OutcomeUnknown):
        await pay(customer)


async def test_a_refusal_under_the_key_tells_that_the_try_before_did_nothing(
    awkward: Awkward, customer: Customer
) -> None:
    awkward.plan = [hangs_up, refuses("nothing_to_pay", 409)]

    with pytest.raises(Refused, match="nothing_to_pay"):
        await pay(customer)


async def test_a_call_ends_within_its_time(awkward: Awkward, customer: Customer) -> None:
    awkward.plan = [stays_silent]
    started = time.monotonic()

    with pytest.raises(OutcomeUnknown):
        await pay(customer)

    assert time.monotonic() - started < SHORT.call + 0.5


async def test_a_turn_that_has_spent_its_time_sends_nothing(awkward: Awkward, backend: Backend) -> None:
    awkward.plan = [DONE]
    late = backend.as_customer("1" * 32, channel="web", language="fr", budget=Budget(0))

    with pytest.raises(Unreachable):
        await pay(late)
    assert awkward.keys == []


async def test_logs_hold_no_bodies_and_no_ids(
    awkward: Awkward, customer: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot.actions.backend")
    awkward.plan = [answers({"id": 12, "page_url": "https://pay.example.ca/secret"}), DONE]

    await pay(customer)

    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    logged = "\n".join(ours)
    assert "POST /v1/accounts/{account_id}/payments -> 201" in logged
    assert "does not fit" in logged
    assert not any(word in logged for word in (ACCOUNT, "secret", "8450", "a-token-for-tests", "1" * 32))

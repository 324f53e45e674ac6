"""Signing in happens beside the conversation, which then goes on exactly where it was."""

import asyncio
import uuid
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gateway.conversations import store
from gateway.web.keys import DATABASE
from tests.fakes.backend import PASSWORD, FakeBackend, profile_of
from tests.fakes.rasa import SIGN_IN_CARD, FakeRasa, Json, message
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import follow


def events(rasa: FakeRasa) -> list[str]:
    """What the gateway itself told Rasa."""
    return [turn["message"] for turn in rasa.asked if turn["message"].startswith("/signed_")]


async def until_said(rasa: FakeRasa, text: str) -> None:
    async with asyncio.timeout(5):
        while text not in rasa.said:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_the_bot_hears_of_it_and_what_it_says_next_comes_back(
    customer: Customer, rasa: FakeRasa, backend: FakeBackend
) -> None:
    await customer.say("changer mon adresse")

    answer = await customer.sign_in()

    assert answer["signed_in"] is True
    assert [line["text"] for line in answer["messages"]] == ["echo: /signed_in"]
    turn = rasa.asked[-1]
    assert (turn["kind"], turn["message"], turn["sender"]) == ("payload", "/signed_in", customer.id)
    (session_id,) = backend.sessions
    assert turn["metadata"] == {
        "channel": "web",
        "language": "fr",
        "turn_id": turn["turn_id"],
        "session": session_id,
        "profile": profile_of("marie"),
    }
    assert (await customer.texts())[1:] == [
        "changer mon adresse",
        "echo: changer mon adresse",
        "echo: /signed_in",
    ]
    assert await customer.is_signed_in()


async def test_every_later_turn_carries_the_session(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("avant")
    await customer.sign_in()
    await customer.say("après")

    before, _, after = rasa.asked[-3:]
    assert "session" not in before["metadata"]
    assert after["metadata"]["session"]
    assert after["metadata"]["profile"] == profile_of("marie")


async def test_a_neighbour_stays_signed_out(customer: Customer, neighbour: Customer, rasa: FakeRasa) -> None:
    await customer.sign_in()
    await neighbour.say("me too")

    assert "session" not in rasa.asked[-1]["metadata"]
    assert not await neighbour.is_signed_in()


async def test_the_backend_is_told_who_asks_from_where_in_which_language(
    start: Start, backend: FakeBackend
) -> None:
    customer = await Customer.begin(await start(gateway_trusted_proxies=1), language="en")
    body = {"user_id": "marie", "password": PASSWORD}
    headers = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}

    await customer.request("POST", "/sign-in", json=body, headers=headers)

    call, told = backend.calls[0]
    assert call == "POST /v1/sessions"
    assert (told["X-Client-Address"], told["X-Channel"], told["Accept-Language"]) == (
        "203.0.113.9",
        "chat",
        "en",
    )


async def test_whatever_is_wrong_the_answer_is_the_same_and_nothing_moves(
    customer: Customer, neighbour: Customer, rasa: FakeRasa
) -> None:
    before = len(rasa.asked)

    wrong_password = await customer.sign_in("marie", "wrong", status=403)
    unknown = await customer.sign_in("nobody", status=403)

    assert wrong_password == unknown
    assert wrong_password["error"]["code"] == "sign_in_failed"
    assert wrong_password["error"]["fields"] == {"attempts_left": 2}
    assert len(rasa.asked) == before
    assert not await customer.is_signed_in()
    assert (await customer.sign_in())["signed_in"] is True


async def test_a_lock_says_how_long_to_wait(customer: Customer) -> None:
    for _ in range(3):
        await customer.sign_in("marie", "wrong", status=403)

    locked = await customer.sign_in(status=429)

    assert locked["error"]["code"] == "sign_in_locked"
    assert locked["error"]["fields"] == {"retry_after": 890, "minutes": 15}
    assert "15 min" in locked["error"]["message"]


@pytest.mark.parametrize("trouble", ["slow", "failing", "odd", "empty", "huge", "gone"])
async def test_a_backend_in_trouble_is_told_with_the_next_step(
    start: Start, backend: FakeBackend, backend_server: TestServer, rasa: FakeRasa, trouble: str
) -> None:
    customer = await Customer.begin(await start(backend_timeout=0.5))
    match trouble:
        case "slow":
            backend.delay = 2.0
        case "failing":
            backend.status = 503
        case "odd":
            backend.raw = b'{"session_id": "../..", "expires_at": "never", "profile": {}}'
        case "empty":
            backend.raw = b""
        case "huge":
            backend.raw = b" " * 100_000
        case "gone":
            await backend_server.close()

    refused = await customer.sign_in(status=503)

    assert refused["error"]["code"] == "sign_in_unavailable"
    assert "mot de passe n’est pas en cause" in refused["error"]["message"]
    assert "inside" not in str(refused)
    assert events(rasa) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"{", 400, "invalid_json"),
        (b'"marie"', 422, "invalid_request"),
        (b'{"user_id": "marie"}', 422, "invalid_request"),
        (b'{"user_id": "", "password": "x"}', 422, "invalid_request"),
        (b'{"user_id": "marie", "password": ""}', 422, "invalid_request"),
        (b'{"user_id": "marie", "password": 7}', 422, "invalid_request"),
        (b'{"user_id": "marie", "password": "x", "session": "y"}', 422, "invalid_request"),
        (b'{"user_id": "marie", "password": "' + b"x" * 257 + b'"}', 422, "invalid_request"),
        (b'{"user_id": "' + b"x" * 201 + b'", "password": "x"}', 422, "invalid_request"),
        (b'{"user_id": "marie", "password": "' + b"x" * 100_000 + b'"}', 413, "body_too_large"),
        (b'{"user_id": "marie", "password": "\xff"}', 400, "invalid_json"),
    ],
)
async def test_faulty_bodies_are_refused_without_asking_the_backend(
    customer: Customer, backend: FakeBackend, body: bytes, status: int, code: str
) -> None:
    headers = {"Content-Type": "application/json"}

    refused = await customer.request("POST", "/sign-in", status=status, data=body, headers=headers)

    assert refused["error"]["code"] == code
    assert "xxx" not in str(refused)
    assert backend.calls == []


async def test_a_form_of_another_kind_is_refused(customer: Customer, backend: FakeBackend) -> None:
    form = {"user_id": "marie", "password": PASSWORD}

    await customer.request("POST", "/sign-in", status=415, data=form)

    assert backend.calls == []


async def test_tries_from_one_address_are_limited(start: Start, backend: FakeBackend) -> None:
    client = await start(gateway_sign_ins_per_minute=2)
    customer, other = await Customer.begin(client), await Customer.begin(client)
    await customer.sign_in("marie", "wrong", status=403)
    await customer.sign_in("marie", "wrong", status=403)

    refused = await other.sign_in(status=429)

    assert refused["error"]["code"] == "too_many_sign_ins"
    assert refused["error"]["fields"]["retry_after"] > 0
    assert len(backend.calls) == 2


async def test_the_session_ends_by_itself(customer: Customer, backend: FakeBackend, rasa: FakeRasa) -> None:
    backend.life = timedelta(seconds=0.3)
    await customer.sign_in()
    await asyncio.sleep(0.4)

    assert not await customer.is_signed_in()
    await customer.say("et maintenant?")
    assert "session" not in rasa.asked[-1]["metadata"]


async def test_every_window_hears_of_the_session(customer: Customer) -> None:
    async with follow(customer, after=1) as follower:
        assert (await follower.next("ready"))["signed_in"] is False
        await customer.sign_in()
        frames = [await follower.next("session", "message") for _ in range(2)]
        assert {"type": "session", "signed_in": True} in frames
        assert "echo: /signed_in" in str(frames)
        await customer.sign_out()
        assert (await follower.next("session"))["signed_in"] is False
    async with follow(customer, after=1) as follower:
        assert (await follower.next("ready"))["signed_in"] is False


async def test_when_the_bot_asks_to_sign_in_the_session_was_stale(customer: Customer, rasa: FakeRasa) -> None:
    await customer.sign_in()
    card = [message("Ouvrez une session.", card=SIGN_IN_CARD)]
    rasa.script = lambda turn: {"language": "fr", "messages": card}

    await customer.say("mes comptes")

    assert not await customer.is_signed_in()
    await customer.say("encore")
    assert "session" not in rasa.asked[-1]["metadata"]
    await customer.sign_in()
    assert events(rasa) == ["/signed_in", "/signed_in"]


async def test_when_the_bot_has_signed_out_the_session_is_over_at_once(
    customer: Customer, rasa: FakeRasa
) -> None:
    await customer.sign_in()
    rasa.script = lambda turn: {"language": "fr", "messages": [message("Fait.", key="utter_done_sign_out")]}

    async with follow(customer, after=0) as follower:
        await customer.say("déconnectez-moi")
        assert (await follower.next("session"))["signed_in"] is False

    assert not await customer.is_signed_in()
    await customer.say("encore")
    assert "session" not in rasa.asked[-1]["metadata"]


async def test_an_answer_to_the_old_session_does_not_end_the_new_one(
    customer: Customer, rasa: FakeRasa, backend: FakeBackend
) -> None:
    await customer.sign_in()
    rasa.gate = asyncio.Event()

    def script(turn: Json) -> Json:
        is_old = turn["message"] == "mes comptes"
        card = SIGN_IN_CARD if is_old else None
        return {"language": "fr", "messages": [message(turn["message"], card=card)]}

    rasa.script = script
    asking = asyncio.create_task(customer.say("mes comptes"))
    await until_said(rasa, "mes comptes")
    signing = asyncio.create_task(customer.sign_in())
    async with asyncio.timeout(5):
        while "DELETE /v1/sessions/current" not in [call for call, _ in backend.calls]:
            await asyncio.sleep(0.01)
    rasa.gate.set()
    await asyncio.gather(asking, signing)

    assert await customer.is_signed_in()
    assert rasa.asked[-1]["metadata"]["session"] in backend.sessions


@pytest.mark.parametrize("owner", ["queue", "rep"])
async def test_a_conversation_with_a_person_keeps_the_session_without_the_bot(
    client: TestClient[Any, Any], customer: Customer, rasa: FakeRasa, owner: str
) -> None:
    await _hand_over(client, customer, owner)

    answer = await customer.sign_in()

    assert answer == {"signed_in": True, "language": "fr", "messages": []}
    assert events(rasa) == []
    await _hand_over(client, customer, "bot")
    await customer.say("et mon compte?")
    assert rasa.asked[-1]["metadata"]["profile"] == profile_of("marie")


async def _hand_over(client: TestClient[Any, Any], customer: Customer, owner: str) -> None:
    async with client.app[DATABASE].write() as session:
        conversation = await store.lock_conversation(session, uuid.UUID(customer.id))
        conversation.owner = owner
        await session.commit()

"""Sign-ins that cross each other, turns, crashes or somebody else: told once, in order, to the right one."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from gateway.web.keys import SERVICE
from tests.fakes.backend import FakeBackend, profile_of
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.test_signing_in import events, until_said

pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


async def test_two_at_once_are_told_once_and_leave_one_session(
    customer: Customer, rasa: FakeRasa, backend: FakeBackend
) -> None:
    rasa.delay, backend.delay = 0.1, 0.05

    answers = await asyncio.gather(*(customer.sign_in() for _ in range(5)))

    assert events(rasa) == ["/signed_in"]
    assert all(answer == answers[0] for answer in answers)
    assert len(backend.sessions) == 1
    await customer.say("mon solde")
    assert rasa.asked[-1]["metadata"]["session"] in backend.sessions


async def test_again_right_away_gives_the_same_answer(customer: Customer, rasa: FakeRasa) -> None:
    first = await customer.sign_in()

    assert await customer.sign_in() == first
    assert events(rasa) == ["/signed_in"]


async def test_again_later_is_told_again(customer: Customer, rasa: FakeRasa) -> None:
    await customer.sign_in()
    await customer.say("mon solde")

    answer = await customer.sign_in()

    assert [line["text"] for line in answer["messages"]] == ["echo: /signed_in"]
    assert events(rasa) == ["/signed_in", "/signed_in"]


async def test_while_a_turn_is_under_way_it_waits_for_its_turn(customer: Customer, rasa: FakeRasa) -> None:
    rasa.gate = asyncio.Event()
    asking = asyncio.create_task(customer.say("changer mon adresse"))
    await until_said(rasa, "changer mon adresse")

    signing = asyncio.create_task(customer.sign_in())
    async with asyncio.timeout(5):
        while not await customer.is_signed_in():
            await asyncio.sleep(0.01)
    assert events(rasa) == []
    rasa.gate.set()
    await asyncio.gather(asking, signing)

    assert rasa.said[-2:] == ["changer mon adresse", "/signed_in"]
    assert (await customer.texts())[-2:] == ["echo: changer mon adresse", "echo: /signed_in"]


async def test_somebody_else_begins_anew(customer: Customer, rasa: FakeRasa, backend: FakeBackend) -> None:
    await customer.sign_in("marie")

    answer = await customer.sign_in("paul")

    assert [line["text"] for line in answer["messages"]] == ["echo: /signed_out", "echo: /signed_in"]
    goodbye, hello = rasa.asked[-2:]
    assert "session" not in goodbye["metadata"]
    assert "profile" not in goodbye["metadata"]
    assert hello["metadata"]["profile"] == profile_of("paul")
    assert list(backend.sessions.values()) == ["paul"]


async def test_what_one_began_is_never_done_for_the_other(customer: Customer, rasa: FakeRasa) -> None:
    await customer.sign_in("marie")
    rasa.gate = asyncio.Event()
    first = asyncio.create_task(customer.say("payer"))
    await until_said(rasa, "payer")
    waiting = asyncio.create_task(customer.say("oui"))
    async with asyncio.timeout(5):
        while "oui" not in await customer.texts():
            await asyncio.sleep(0.01)
    signing = asyncio.create_task(customer.sign_in("paul"))
    await asyncio.sleep(0.2)
    rasa.gate.set()
    await asyncio.gather(first, waiting, signing)

    assert rasa.said[-4:] == ["payer", "oui", "/signed_out", "/signed_in"]
    profiles = [turn["metadata"].get("profile") for turn in rasa.asked[-4:]]
    assert profiles == [profile_of("marie"), None, None, profile_of("paul")]


async def test_signing_out_ends_the_session_everywhere_and_twice_is_no_fault(
    customer: Customer, rasa: FakeRasa, backend: FakeBackend
) -> None:
    await customer.sign_in()

    answer = await customer.sign_out()

    assert answer["signed_in"] is False
    assert [line["text"] for line in answer["messages"]] == ["echo: /signed_out"]
    assert "session" not in rasa.asked[-1]["metadata"]
    assert backend.sessions == {}
    assert not await customer.is_signed_in()
    assert await customer.sign_out() == {"signed_in": False, "language": "fr", "messages": []}
    assert events(rasa) == ["/signed_in", "/signed_out"]


async def test_signing_out_works_without_the_backend(customer: Customer, backend: FakeBackend) -> None:
    await customer.sign_in()
    backend.status = 500

    assert (await customer.sign_out())["signed_in"] is False
    assert not await customer.is_signed_in()


async def test_without_rasa_the_customer_is_told_what_holds_and_may_try_again(
    customer: Customer, rasa: FakeRasa
) -> None:
    rasa.status = 500
    failed = await customer.sign_in()
    rasa.status = 200

    answer = await customer.sign_in()

    assert failed["signed_in"] is True
    assert failed["messages"][0]["text"].startswith("Votre session est ouverte, mais")
    assert [line["text"] for line in answer["messages"]] == ["echo: /signed_in"]
    assert rasa.asked[-1]["turn_id"] == rasa.asked[-2]["turn_id"]


async def test_a_crash_after_signing_in_loses_nothing(
    client: TestClient[Any, Any], customer: Customer, start: Start, rasa: FakeRasa
) -> None:
    rasa.gate = asyncio.Event()
    signing = asyncio.create_task(customer.sign_in())
    await until_said(rasa, "/signed_in")
    for task in list(client.app[SERVICE]._worker._tasks.values()):
        task.cancel()
    signing.cancel()
    rasa.gate.set()

    again = Customer(await start(), customer.id, customer.token, customer.begun)
    async with asyncio.timeout(5):
        while "echo: /signed_in" not in await again.texts():
            await asyncio.sleep(0.02)

    assert (await again.texts()).count("echo: /signed_in") == 1
    await again.say("mon solde")
    assert rasa.asked[-1]["metadata"]["profile"] == profile_of("marie")

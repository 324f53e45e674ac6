"""Whatever happens on the way, a message is processed once, in its turn, and its answer is kept."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from gateway.web.keys import SERVICE
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer

pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


async def test_twenty_equal_posts_at_once_reach_rasa_once(customer: Customer, rasa: FakeRasa) -> None:
    rasa.delay, before = 0.1, len(rasa.asked)

    answers = await asyncio.gather(*(customer.say("bonjour", id="same") for _ in range(20)))

    assert len(rasa.asked) - before == 1
    assert all(answer == answers[0] for answer in answers)
    assert await customer.texts() == [customer.begun["messages"][0]["text"], "bonjour", "echo: bonjour"]


async def test_the_same_id_again_gives_the_stored_answer(customer: Customer, rasa: FakeRasa) -> None:
    first = await customer.say("bonjour", id="same")
    await customer.say("autre chose")
    rasa.script = lambda turn: {"language": "fr", "messages": [message("another mood")]}

    assert await customer.say("bonjour", id="same") == first
    assert rasa.said.count("bonjour") == 1


async def test_the_same_id_with_other_words_is_refused(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("bonjour", id="same")

    refused = await customer.say("bonsoir", id="same", status=409)

    assert refused["error"]["code"] == "message_id_reused"
    assert "bonsoir" not in await customer.texts()
    assert "bonsoir" not in rasa.said


async def test_the_same_id_in_another_conversation_is_another_message(
    customer: Customer, neighbour: Customer, rasa: FakeRasa
) -> None:
    await neighbour.say("hello", id="same")

    answer = await customer.say("bonjour", id="same")

    assert answer["messages"][0]["text"] == "echo: bonjour"


async def test_messages_of_one_conversation_go_one_at_a_time_in_order(
    customer: Customer, rasa: FakeRasa
) -> None:
    rasa.gate, before = asyncio.Event(), len(rasa.asked)
    tasks = []
    for number in range(5):
        tasks.append(asyncio.create_task(customer.say(f"numéro {number}")))
        await _stored(customer, number + 2)
    rasa.gate.set()

    answers = await asyncio.gather(*tasks)

    assert rasa.said[before:] == [f"numéro {number}" for number in range(5)]
    assert rasa.most_at_once == 1
    assert [answer["messages"][0]["text"] for answer in answers] == [f"echo: numéro {n}" for n in range(5)]
    transcript = await customer.transcript()
    assert [line["seq"] for line in transcript] == list(range(1, 12))


async def test_conversations_do_not_wait_for_each_other(
    customer: Customer, neighbour: Customer, rasa: FakeRasa
) -> None:
    rasa.gate = asyncio.Event()
    tasks = [asyncio.create_task(person.say("allo")) for person in (customer, neighbour)]
    while rasa.most_at_once < 2:
        await asyncio.sleep(0.01)
    rasa.gate.set()

    await asyncio.gather(*tasks)


async def test_a_customer_who_goes_away_finds_the_answer_later(customer: Customer, rasa: FakeRasa) -> None:
    rasa.gate = asyncio.Event()
    task = asyncio.create_task(customer.say("bonjour", id="left"))
    await _stored(customer, 2)
    task.cancel()
    rasa.gate.set()
    await _stored(customer, 3)

    assert (await customer.texts())[-1] == "echo: bonjour"
    assert (await customer.say("bonjour", id="left"))["messages"][0]["text"] == "echo: bonjour"
    assert rasa.said.count("bonjour") == 1


async def test_conversations_survive_a_restart(customer: Customer, start: Start, rasa: FakeRasa) -> None:
    answer = await customer.say("bonjour", id="before")
    again = Customer(await start(), customer.id, customer.token, customer.begun)

    assert await again.transcript() == await customer.transcript()
    assert await again.say("bonjour", id="before") == answer
    assert (await again.say("encore"))["messages"][0]["seq"] == 5


@pytest.mark.parametrize("resend", [True, False])
async def test_a_turn_cut_off_by_a_crash_is_answered_after_the_restart(
    client: TestClient[Any, Any], customer: Customer, start: Start, rasa: FakeRasa, resend: bool
) -> None:
    rasa.gate = asyncio.Event()
    task = asyncio.create_task(customer.say("perdu?", id="cut"))
    await _stored(customer, 2)
    _crash(client)
    task.cancel()
    rasa.gate.set()

    again = Customer(await start(), customer.id, customer.token, customer.begun)
    if resend:
        assert (await again.say("perdu?", id="cut"))["messages"][0]["text"] == "echo: perdu?"
    await _stored(again, 3)

    assert (await again.texts())[1:] == ["perdu?", "echo: perdu?"]


async def test_a_turn_left_over_is_answered_before_the_next(
    client: TestClient[Any, Any], customer: Customer, start: Start, rasa: FakeRasa
) -> None:
    rasa.gate = asyncio.Event()
    task = asyncio.create_task(customer.say("premier", id="first"))
    await _stored(customer, 2)
    _crash(client)
    task.cancel()
    rasa.gate.set()
    again = Customer(await start(), customer.id, customer.token, customer.begun)

    await again.say("deuxième")

    bot = [line["text"] for line in await again.transcript() if line["sender"] == "bot"]
    assert bot[1:] == ["echo: premier", "echo: deuxième"]


def _crash(client: TestClient[Any, Any]) -> None:
    """What a crash does: the work stops where it is and nothing is tidied up."""
    worker = client.app[SERVICE]._worker
    for task in list(worker._tasks.values()):
        task.cancel()


async def _stored(customer: Customer, count: int) -> None:
    """Wait until the transcript has so many messages."""
    async with asyncio.timeout(5):
        while len(await customer.transcript()) < count:
            await asyncio.sleep(0.02)

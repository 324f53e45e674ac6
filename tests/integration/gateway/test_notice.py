"""Whoever waits is told so, once an answer, and nothing of it is kept."""

import asyncio

import pytest

from gateway.settings import Settings
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import follow


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Less patient than customers are, so that tests are short."""
    return settings.model_copy(update={"gateway_notice_delay": 0.3})


async def test_a_late_answer_is_announced_once_before_it_comes(customer: Customer, rasa: FakeRasa) -> None:
    rasa.gate = asyncio.Event()
    async with follow(customer, after=1) as follower:
        await follower.say("mon solde", id="n1")
        notice = await follower.next("notice")
        await asyncio.sleep(0.7)
        rasa.gate.set()
        frames = [await follower.next("notice", "message"), await follower.next("notice", "typing")]

    assert notice == {"type": "notice", "text": "Un moment, je vérifie…", "lang": "fr"}
    assert frames[0]["message"]["text"] == "echo: mon solde"
    assert frames[1] == {"type": "typing", "on": False}
    assert "moment" not in str(await customer.transcript())


async def test_each_late_answer_has_its_own(customer: Customer, rasa: FakeRasa) -> None:
    rasa.delay = 0.6
    async with follow(customer, after=1) as follower:
        await follower.say("un", id="n1")
        await follower.say("deux", id="n2")

        seen = [await follower.next("notice", "message") for _ in range(6)]

    assert [frame["type"] for frame in seen].count("notice") == 2


async def test_a_prompt_answer_needs_none(customer: Customer) -> None:
    async with follow(customer, after=1) as follower:
        for number in range(3):
            await follower.say(f"numéro {number}", id=f"p{number}")
        seen = [await follower.next("notice", "message") for _ in range(6)]
        await customer.say("fin")
        seen += [await follower.next("notice", "message") for _ in range(2)]

    assert {frame["type"] for frame in seen} == {"message"}


async def test_it_is_in_the_language_of_the_conversation(neighbour: Customer, rasa: FakeRasa) -> None:
    rasa.delay = 0.6
    async with follow(neighbour, after=3) as follower:
        await follower.say("my balance", id="n1")

        assert (await follower.next("notice"))["text"] == "One moment, I’m checking…"

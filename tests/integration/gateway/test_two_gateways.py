"""Two gateways on one PostgreSQL behave as one."""

import asyncio

import pytest

from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer

pytestmark = [
    pytest.mark.service,
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),
]


async def _twins(start: Start) -> tuple[Customer, Customer]:
    here = await Customer.begin(await start())
    return here, Customer(await start(), here.id, here.token, here.begun)


async def test_equal_posts_to_both_reach_rasa_once(start: Start, rasa: FakeRasa) -> None:
    here, there = await _twins(start)
    rasa.delay = 0.1

    answers = await asyncio.gather(*(twin.say("allo", id="same") for twin in (here, there) * 5))

    assert rasa.said == ["allo"]
    assert all(answer == answers[0] for answer in answers)


async def test_messages_to_both_go_one_at_a_time_without_gaps(start: Start, rasa: FakeRasa) -> None:
    here, there = await _twins(start)
    rasa.delay = 0.02

    await asyncio.gather(*((here, there)[n % 2].say(f"numéro {n}") for n in range(10)))

    assert rasa.most_at_once == 1
    assert [line["seq"] for line in await here.transcript()] == list(range(1, 22))
    customers = [line["text"] for line in await there.transcript() if line["sender"] == "customer"]
    assert rasa.said == customers


async def test_who_follows_at_one_sees_at_once_what_is_said_at_the_other(start: Start) -> None:
    here, there = await _twins(start)
    async with there.client.ws_connect(f"{there.path}/live") as socket:
        await socket.send_json({"type": "hello", "token": there.token, "after": 1})
        assert (await socket.receive_json(timeout=2))["type"] == "ready"

        await here.say("allo")

        frames = [await socket.receive_json(timeout=2) for _ in range(2)]
    assert [frame["message"]["text"] for frame in frames] == ["allo", "echo: allo"]

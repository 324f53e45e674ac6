"""The live connection shows everything once and in order, whatever happens to it."""

import asyncio

import pytest

from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import Follower, follow


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_the_past_is_replayed_and_then_live_follows(customer: Customer) -> None:
    await customer.say("un")
    async with follow(customer, after=1) as follower:
        assert (await follower.next("ready"))["language"] == "fr"
        assert await follower.texts(2) == ["un", "echo: un"]

        await customer.say("deux")

        assert await follower.texts(2) == ["deux", "echo: deux"]


async def test_the_token_may_come_as_a_sub_protocol(customer: Customer) -> None:
    protocols = ["assistant.v1", f"token.{customer.token}"]
    address = f"{customer.path}/live?after=0"
    async with customer.client.ws_connect(address, protocols=protocols) as socket:
        follower = Follower(socket)

        assert socket.protocol == "assistant.v1"
        assert len(await follower.texts(1)) == 1


async def test_saying_over_the_socket_is_acknowledged_typed_and_answered(
    customer: Customer, rasa: FakeRasa
) -> None:
    rasa.delay = 0.1
    async with follow(customer, after=1) as follower:
        await follower.next("ready")
        await follower.say("bonjour", id="s1")
        seen = [await follower.next("ack", "message", "typing") for _ in range(5)]

    ack = next(frame for frame in seen if frame["type"] == "ack")
    assert (ack["client_message_id"], ack["seq"]) == ("s1", 2)
    others = [frame for frame in seen if frame["type"] != "ack"]
    assert others[0]["message"]["client_message_id"] == "s1"
    assert others[1] == {"type": "typing", "on": True}
    assert others[2]["message"]["text"] == "echo: bonjour"
    assert others[3] == {"type": "typing", "on": False}


async def test_the_same_id_over_socket_and_post_is_one_turn(customer: Customer, rasa: FakeRasa) -> None:
    async with follow(customer, after=1) as follower:
        await follower.say("bonjour", id="same")
        assert await follower.texts(2) == ["bonjour", "echo: bonjour"]
        answer = await customer.say("bonjour", id="same")
        await follower.say("bonjour", id="same")
        await follower.say("fin", id="end")
        assert await follower.texts(2) == ["fin", "echo: fin"]

    assert answer["messages"][0]["seq"] == 3
    assert rasa.said.count("bonjour") == 1


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_coming_and_going_while_messages_flow_neither_loses_nor_doubles(customer: Customer) -> None:
    async def talk() -> None:
        for number in range(15):
            await customer.say(f"numéro {number}")

    talking = asyncio.create_task(talk())
    seen: list[int] = []
    while len(seen) < 31:
        async with follow(customer, after=seen[-1] if seen else 0) as follower:
            for _ in range(3):
                if len(seen) < 31:
                    seen.append((await follower.next("message"))["message"]["seq"])
    await talking

    assert seen == list(range(1, 32))


async def test_every_window_of_a_conversation_sees_the_same(customer: Customer) -> None:
    async with follow(customer, after=1) as one, follow(customer, after=1) as other:
        await one.say("bonjour", id="w1")

        assert await one.texts(2) == await other.texts(2) == ["bonjour", "echo: bonjour"]


async def test_neighbours_do_not_hear_each_other(customer: Customer, neighbour: Customer) -> None:
    async with follow(neighbour, after=3) as listener:
        await listener.next("ready")
        await customer.say("chut")
        await neighbour.say("mine")

        assert await listener.texts(2) == ["mine", "echo: mine"]


async def test_a_switch_of_language_is_heard(customer: Customer, rasa: FakeRasa) -> None:
    rasa.script = lambda turn: {"language": "en", "messages": [message("Sure.", "en")]}
    async with follow(customer, after=1) as follower:
        await follower.say("english please", id="l1")

        assert (await follower.next("language"))["language"] == "en"


async def test_a_failed_turn_is_reported_and_may_be_sent_again(customer: Customer, rasa: FakeRasa) -> None:
    rasa.status = 500
    async with follow(customer, after=1) as follower:
        await follower.say("allo", id="f1")
        frames = [await follower.next("message", "error") for _ in range(3)]
        error = next(frame for frame in frames if frame["type"] == "error")
        rasa.status = 200
        await follower.say("allo", id="f1")

        assert await follower.texts(1) == ["echo: allo"]
    assert (error["client_message_id"], error["error"]["code"]) == ("f1", "assistant_unavailable")

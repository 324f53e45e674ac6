"""When Rasa is slow, down or broken the customer is told what to do, and nothing is lost."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gateway.settings import Settings
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Less patient than elsewhere: here Rasa is meant to be too slow."""
    return settings.model_copy(update={"rasa_timeout": 2.0})


def _break(rasa: FakeRasa, how: str) -> None:
    match how:
        case "slow":
            rasa.delay = 4.0
        case "failing":
            rasa.status = 500
        case "refusing":
            rasa.status = 401
        case "cut off twice":
            rasa.cut_off = 2
        case "silent":
            rasa.script = lambda turn: {"language": "fr", "messages": []}
        case "empty":
            rasa.raw = b""
        case "not json":
            rasa.raw = b"<html>"
        case "wordless":
            rasa.raw = b'{"language": "fr", "messages": [{"text": "", "lang": "fr"}]}'
        case "in a language of its own":
            rasa.raw = b'{"language": "de", "messages": [{"text": "Tag", "lang": "de"}]}'
        case "huge":
            rasa.raw = b'{"language": "fr", "messages": [{"text": "' + b"a" * 600_000 + b'", "lang": "fr"}]}'


TROUBLES = [
    "slow",
    "failing",
    "refusing",
    "cut off twice",
    "silent",
    "empty",
    "not json",
    "wordless",
    "in a language of its own",
    "huge",
]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_trouble_is_told_with_the_next_step_and_may_be_tried_again(
    customer: Customer, rasa: FakeRasa, trouble: str
) -> None:
    well = FakeRasa()
    _break(rasa, trouble)

    failed = await customer.say("combien?", id="again")

    assert failed["state"] == "failed"
    (apology,) = failed["messages"]
    assert (apology["sender"], apology["key"]) == ("system", "assistant_unavailable")
    assert "1 800" in apology["text"].replace("\u00a0", " ")
    rasa.delay, rasa.status, rasa.raw, rasa.cut_off, rasa.script = 0, 200, None, 0, well.script
    rasa.answered.clear()
    answer = await customer.say("combien?", id="again")
    assert answer["state"] == "answered"
    assert [line["text"] for line in answer["messages"]] == ["echo: combien?"]
    assert await customer.say("combien?", id="again") == answer
    assert (await customer.texts())[1:] == ["combien?", apology["text"], "echo: combien?"]


async def test_every_try_is_known_to_rasa_as_the_same_turn(customer: Customer, rasa: FakeRasa) -> None:
    rasa.status = 500
    await customer.say("combien?", id="again")
    rasa.status = 200

    await customer.say("combien?", id="again")

    assert rasa.asked[-1]["turn_id"] == rasa.asked[-2]["turn_id"]


async def test_an_answer_cut_off_half_way_is_asked_for_again(customer: Customer, rasa: FakeRasa) -> None:
    rasa.cut_off = 1

    answer = await customer.say("combien?")

    assert answer["messages"][0]["text"] == "echo: combien?"
    assert rasa.said.count("combien?") == 2
    assert rasa.asked[-1]["turn_id"] == rasa.asked[-2]["turn_id"]


async def test_a_slow_rasa_is_not_asked_twice(customer: Customer, rasa: FakeRasa) -> None:
    rasa.delay = 4.0

    await customer.say("combien?")

    assert rasa.said.count("combien?") == 1


async def test_the_apology_is_in_the_language_of_the_conversation(
    neighbour: Customer, rasa: FakeRasa
) -> None:
    rasa.status = 500

    failed = await neighbour.say("how much?")

    assert failed["messages"][0]["text"].startswith("I am not able to answer")
    assert failed["messages"][0]["lang"] == "en"


async def test_rasa_gone_altogether(
    customer: Customer, client: TestClient[Any, Any], rasa_server: TestServer
) -> None:
    await rasa_server.close()

    failed = await customer.say("allo?")
    ready = await client.get("/api/ready")

    assert failed["state"] == "failed"
    assert ready.status == 503
    assert (await ready.json())["checks"] == {"database": True, "assistant": False}


async def test_turns_behind_a_failed_one_are_still_answered(customer: Customer, rasa: FakeRasa) -> None:
    rasa.status = 500
    await customer.say("un")
    rasa.status = 200

    assert (await customer.say("deux"))["messages"][0]["text"] == "echo: deux"
    assert "un" not in rasa.said[-1:]


async def test_what_rasa_says_inside_its_errors_stays_inside(customer: Customer, rasa: FakeRasa) -> None:
    rasa.status = 500

    await customer.say("un")

    assert "inside" not in " ".join(await customer.texts())


async def test_the_language_of_rasas_answer_becomes_the_conversations(
    customer: Customer, rasa: FakeRasa
) -> None:
    rasa.script = lambda turn: {"language": "en", "messages": [message("Sure.", "en")]}

    answer = await customer.say("english please")
    await customer.say("thanks")

    assert answer["language"] == "en"
    assert rasa.asked[-1]["metadata"]["language"] == "en"
    assert (await customer.say("", status=422))["error"]["message"].startswith("Your message is empty")


async def test_a_switch_made_while_waiting_is_not_undone_by_the_answer(
    customer: Customer, rasa: FakeRasa
) -> None:
    rasa.gate = asyncio.Event()
    waiting = asyncio.create_task(customer.say("bonjour"))
    while not rasa.said or rasa.said[-1] != "bonjour":
        await asyncio.sleep(0.01)

    await customer.request("PUT", "/language", json={"language": "en"})
    rasa.gate.set()

    assert (await waiting)["language"] == "en"


async def test_a_fault_of_our_own_does_not_block_the_conversation(start: Start, rasa: FakeRasa) -> None:
    class BrokenRasa:
        async def answer(self, turn: object) -> None:
            raise RuntimeError("secret inside")

        async def is_ready(self) -> bool:
            return True

    customer = await Customer.begin(await start({"rasa": BrokenRasa()}))

    failed = await customer.say("un")

    assert failed["state"] == "failed"
    assert "secret" not in str(failed)


async def test_links_to_odd_places_are_left_out(customer: Customer, rasa: FakeRasa) -> None:
    urls = [
        "javascript:alert(1)",
        "//evil.example",
        "/\\evil",
        "data:text/html,x",
        "https://ok.example/a",
        "/fr/#a",
    ]
    links = [{"title": "x", "url": url} for url in urls]
    rasa.script = lambda turn: {"language": "fr", "messages": [message("Voir", links=links)]}

    answer = await customer.say("un")

    assert [link["url"] for link in answer["messages"][0]["links"]] == ["https://ok.example/a", "/fr/#a"]

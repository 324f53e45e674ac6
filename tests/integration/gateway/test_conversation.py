"""The main road: begin, say, be answered, read it again."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer

pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


async def test_a_new_conversation_greets_in_the_language_asked_for(client: TestClient[Any, Any]) -> None:
    french = await Customer.begin(client, language="fr")
    english = await Customer.begin(client, language="en")

    assert french.begun["messages"][0]["text"].startswith("Bonjour")
    assert english.begun["messages"][0]["text"].startswith("Hello")
    assert (french.begun["language"], english.begun["language"]) == ("fr", "en")
    assert french.id != english.id
    assert french.token != english.token


async def test_a_message_is_answered_and_kept_in_order(customer: Customer, rasa: FakeRasa) -> None:
    rasa.script = lambda turn: {
        "language": "fr",
        "messages": [message("C’est gratuit.", faq_id="cost", faq_version="v1"), message("Autre chose?")],
    }

    answer = await customer.say("combien ça coûte", id="a1")

    assert [m["text"] for m in answer["messages"]] == ["C’est gratuit.", "Autre chose?"]
    assert [m["seq"] for m in answer["messages"]] == [3, 4]
    assert answer["messages"][0]["faq_id"] == "cost"
    assert answer["messages"][0]["faq_version"] == "v1"
    assert (answer["state"], answer["seq"], answer["client_message_id"]) == ("answered", 2, "a1")
    transcript = await customer.transcript()
    assert [m["seq"] for m in transcript] == [1, 2, 3, 4]
    assert [m["sender"] for m in transcript] == ["bot", "customer", "bot", "bot"]
    assert transcript[1]["client_message_id"] == "a1"
    assert await customer.transcript(after=2) == transcript[2:]


async def test_rasa_is_told_who_what_and_how(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("bonjour")

    turn = rasa.asked[-1]
    assert (turn["sender"], turn["kind"], turn["message"]) == (customer.id, "text", "bonjour")
    assert turn["metadata"] == {"channel": "web", "language": "fr", "turn_id": turn["turn_id"]}
    assert turn["turn_id"]


async def test_neighbours_see_nothing_of_each_other(customer: Customer, neighbour: Customer) -> None:
    await customer.say("mes mots à moi")

    assert "mes mots à moi" not in await neighbour.texts()
    assert "the neighbour's own words" not in await customer.texts()

"""Buttons do what they did when they were shown, for the one they were shown to; nobody sees what it is."""

import base64
from typing import Any

import pytest

from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.customer import Customer

PAYLOAD = '/faq_cost{"secret": "slot"}'


@pytest.fixture
def rasa() -> FakeRasa:
    def script(turn: dict[str, Any]) -> dict[str, Any]:
        buttons = [{"title": "Le prix", "payload": PAYLOAD}, {"title": "Autre", "payload": "/other"}]
        return {"language": "fr", "messages": [message("Vous voulez dire?", buttons=buttons)]}

    return FakeRasa(script=script)


async def _button(customer: Customer, index: int = 0) -> str:
    answer = await customer.say("prix")
    token: str = answer["messages"][0]["buttons"][index]["token"]
    return token


async def test_pressing_a_button_sends_its_payload_and_shows_its_title(
    customer: Customer, rasa: FakeRasa
) -> None:
    await customer.press(await _button(customer))

    assert (rasa.asked[-1]["kind"], rasa.asked[-1]["message"]) == ("payload", PAYLOAD)
    pressed = [line for line in await customer.transcript() if line["sender"] == "customer"][-1]
    assert pressed["text"] == "Le prix"


async def test_the_payload_never_leaves_the_house(customer: Customer) -> None:
    answer = await customer.say("prix")
    everything = str(answer) + str(await customer.transcript())

    assert "payload" not in everything
    assert "faq_cost" not in everything
    token = answer["messages"][0]["buttons"][0]["token"]
    assert b"faq" not in base64.urlsafe_b64decode(token)


async def test_an_old_button_still_does_what_it_did(customer: Customer, rasa: FakeRasa) -> None:
    old = await _button(customer)
    await customer.say("autre chose")

    await customer.press(old)

    assert rasa.asked[-1]["message"] == PAYLOAD


async def test_the_same_press_twice_is_one_turn(customer: Customer, rasa: FakeRasa) -> None:
    token = await _button(customer)

    first = await customer.press(token, id="press")

    assert await customer.press(token, id="press") == first
    assert [turn["kind"] for turn in rasa.asked].count("payload") == 1


async def test_another_button_under_the_same_id_is_refused(customer: Customer) -> None:
    await customer.press(await _button(customer), id="press")

    refused = await customer.press(await _button(customer, 1), id="press", status=409)

    assert refused["error"]["code"] == "message_id_reused"


def _forged(token: str) -> list[str]:
    raw = base64.urlsafe_b64decode(token)
    other_seq = raw[:3] + bytes([raw[3] ^ 1]) + raw[4:]
    other_index = raw[:4] + bytes([1]) + raw[5:]
    other_mac = raw[:-1] + bytes([raw[-1] ^ 1])
    encoded = [base64.urlsafe_b64encode(forged).decode() for forged in (other_seq, other_index, other_mac)]
    return [*encoded, "", "x", "é" * 10, "=" * 28, token + "A", token[:-1], PAYLOAD, "%00", "AAAA" * 7]


async def test_forged_tokens_are_refused(customer: Customer, rasa: FakeRasa) -> None:
    token = await _button(customer)
    before = len(rasa.asked)

    for forged in _forged(token):
        refused = await customer.press(forged, status=422)
        assert refused["error"]["code"] == "button_unknown", forged

    assert len(rasa.asked) == before


async def test_a_neighbours_button_is_refused(customer: Customer, neighbour: Customer) -> None:
    token = await _button(neighbour)
    await _button(customer)

    refused = await customer.press(token, status=422)

    assert refused["error"]["code"] == "button_unknown"


@pytest.mark.parametrize("text", ["/restart", '/faq_cost{"a": "b"}', " /inform", "/", "//", "\u200b/restart"])
async def test_typed_text_that_begins_with_a_slash_is_text(
    customer: Customer, rasa: FakeRasa, text: str
) -> None:
    await customer.say(text)

    assert rasa.asked[-1]["kind"] == "text"
    assert rasa.asked[-1]["message"] == text.replace("\u200b", "").strip()

"""Cards reach the customer as data; what can't be shown is left out, and never the answer with it."""

from typing import Any

import pytest

from tests.fakes.rasa import RECEIPT_CARD, SIGN_IN_CARD, FakeRasa, message
from tests.integration.gateway.customer import Customer

SCRIPT = "<img src=x onerror=alert(1)>"


def _answers(rasa: FakeRasa, **extras: Any) -> None:
    answer = {"language": "fr", "messages": [message("Voilà.", **extras)]}
    rasa.script = lambda turn: answer


@pytest.mark.parametrize("card", [SIGN_IN_CARD, RECEIPT_CARD])
async def test_a_card_is_shown_as_it_is_now_and_later(customer: Customer, rasa: FakeRasa, card: Any) -> None:
    _answers(rasa, card=card)

    answer = await customer.say("bonjour")

    assert answer["messages"][0]["card"] == card
    assert (await customer.transcript())[-1]["card"] == card


@pytest.mark.parametrize(
    "card",
    [
        {"kind": "unknown"},
        {},
        "sign_in",
        ["sign_in"],
        7,
        {**RECEIPT_CARD, "number": "48210937556"},
        {**RECEIPT_CARD, "number": "../../v1/profile"},
        {**RECEIPT_CARD, "number": "4821 0937 5562"},
        {**RECEIPT_CARD, "number": 482109375562},
        {**RECEIPT_CARD, "title": ""},
        {**RECEIPT_CARD, "title": "a" * 1001},
        {**RECEIPT_CARD, "lines": "before"},
        {**RECEIPT_CARD, "lines": [{"before": "a"}]},
        {**RECEIPT_CARD, "lines": [{"label": "a"}] * 51},
        {key: value for key, value in RECEIPT_CARD.items() if key != "done"},
    ],
)
async def test_a_card_that_cant_be_shown_is_left_out_and_the_words_stay(
    customer: Customer, rasa: FakeRasa, card: Any
) -> None:
    _answers(rasa, card=card)

    answer = await customer.say("bonjour")

    assert answer["state"] == "answered"
    assert answer["messages"][0]["text"] == "Voilà."
    assert "card" not in answer["messages"][0]


async def test_only_what_is_described_of_a_card_goes_on(customer: Customer, rasa: FakeRasa) -> None:
    _answers(rasa, card={**SIGN_IN_CARD, "action": "https://evil.example", "session": "secret"})

    assert (await customer.say("bonjour"))["messages"][0]["card"] == SIGN_IN_CARD


async def test_script_in_a_card_stays_text(customer: Customer, rasa: FakeRasa) -> None:
    card = {**RECEIPT_CARD, "title": SCRIPT, "lines": [{"label": SCRIPT, "before": None, "after": SCRIPT}]}
    _answers(rasa, card=card)

    async with customer.client.get(f"{customer.path}/messages", headers=customer.headers) as response:
        assert response.content_type == "application/json"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (await customer.say("bonjour"))["messages"][0]["card"] == card


@pytest.mark.parametrize(
    "extras",
    [
        {"values": {"email": "marie@example.ca"}, "handoff": {"reason": "asked"}},
        {"values": "marie@example.ca", "handoff": {"reason": "marie@example.ca"}},
        {"values": None, "handoff": "marie@example.ca"},
    ],
)
async def test_values_and_handoffs_are_not_for_the_customers_program(
    customer: Customer, rasa: FakeRasa, extras: Any
) -> None:
    _answers(rasa, **extras)

    answer = await customer.say("bonjour")

    assert answer["state"] == "answered"
    assert set(answer["messages"][0]) == {"seq", "sender", "text", "lang", "created_at", "key"}
    assert "marie@example.ca" not in str(await customer.transcript())


async def test_a_choice_travels_as_a_token_and_an_old_one_still_reaches_the_bot(
    customer: Customer, rasa: FakeRasa
) -> None:
    payload = '/choose{"choice": "address:confirm:3"}'
    _answers(rasa, buttons=[{"title": "Oui", "payload": payload}])
    shown = await customer.say("changer mon adresse")
    await customer.say("autre chose")

    await customer.press(shown["messages"][0]["buttons"][0]["token"])

    assert (rasa.asked[-1]["kind"], rasa.asked[-1]["message"]) == ("payload", payload)
    assert "address:confirm" not in str(await customer.transcript())


@pytest.mark.parametrize("url", ["https://pay.example/p/1?s=a%20b&x=1", "http://127.0.0.1:8001/pay/1?s=ab_-"])
async def test_the_hosted_payment_page_may_be_linked(customer: Customer, rasa: FakeRasa, url: str) -> None:
    _answers(rasa, links=[{"title": "Payer", "url": url}])

    assert (await customer.say("payer"))["messages"][0]["links"] == [{"title": "Payer", "url": url}]

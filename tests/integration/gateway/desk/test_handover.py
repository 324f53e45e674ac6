"""From the bot to a person: the queue, the way back, and what happens when nobody is there."""

from datetime import timedelta
from typing import Any

import pytest

from gateway.desk.api.keys import DESK
from gateway.desk.watching import do_look
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.desk.conftest import Clock, Web, wait_for_person, wants_a_person
from tests.integration.gateway.desk.seat import Seat

CALLBACK = {"reach_by": "telephone", "reach_at": "418 555-0123", "message": "Rappelez-moi demain."}


async def test_who_asks_for_a_person_is_told_place_hours_and_the_way_back(
    client: Web, rasa: FakeRasa, seat: Seat, clock: Clock
) -> None:
    first = await wait_for_person(client, rasa, "en")
    clock.forward(seconds=1)
    second = await wait_for_person(client, rasa)

    *_, bot, told = await second.transcript()

    assert bot["text"] == "Bien sûr."
    assert (told["sender"], told["key"]) == ("system", "queued")
    assert "Votre place dans la file\xa0: 2" in told["text"]
    assert "du lundi au vendredi, de 8\xa0h à 20\xa0h et le samedi, de 9\xa0h à 17\xa0h" in told["text"]
    assert [button["title"] for button in told["buttons"]] == ["Revenir à l’assistant"]
    assert "Your place in the queue: 1" in (await first.texts())[-1]
    assert await seat.waiting() == [first.id, second.id]


async def test_who_waits_for_a_person_is_asked_nothing_more(client: Web, rasa: FakeRasa) -> None:
    def script(turn: dict[str, Any]) -> dict[str, Any]:
        handed = message("Bien sûr.", handoff={"reason": "asked"})
        return {"language": "fr", "messages": [handed, message("À partir de quelle date?")]}

    rasa.script = script
    customer = await Customer.begin(client)

    answer = await customer.say("une personne")

    assert [line.get("key") for line in answer["messages"]] == ["utter_test", "queued"]
    assert answer["messages"][0]["text"] == "Bien sûr."


async def test_the_queue_says_how_long_which_language_what_about_and_who(
    waiting: Customer, seat: Seat, clock: Clock, rasa: FakeRasa
) -> None:
    clock.forward(minutes=2)

    (item,) = (await seat.get("/queue"))["waiting"]

    assert (item["waiting"], item["language"], item["reason"], item["place"]) == (120, "fr", "asked", 1)
    assert (item["verified"], item["rep"], item["team"]) == (False, None, None)


async def test_what_a_waiting_customer_writes_is_kept_and_not_told_to_the_bot(
    waiting: Customer, rasa: FakeRasa
) -> None:
    answer = await waiting.say("en attendant, voici")

    assert (answer["state"], answer["messages"]) == ("answered", [])
    assert rasa.said == ["une personne"]
    assert (await waiting.texts())[-1] == "en attendant, voici"


async def test_the_button_leads_back_to_the_bot_which_is_told_to_go_on(
    waiting: Customer, rasa: FakeRasa, seat: Seat
) -> None:
    button = (await waiting.transcript())[-1]["buttons"][0]["token"]

    await waiting.press(button)

    assert await seat.waiting() == []
    assert [(turn["kind"], turn["message"]) for turn in rasa.asked[1:]] == [("payload", "/resume")]
    assert (await waiting.request("GET", "/messages"))["owner"] == "bot"


@pytest.mark.parametrize("reason", ["failures", "refused", "business_ebill", "backend_down"])
async def test_other_reasons_are_remembered_and_queue_nobody(
    client: Web, rasa: FakeRasa, seat: Seat, reason: str
) -> None:
    rasa.script = lambda turn: wants_a_person(turn, reason=reason)
    customer = await Customer.begin(client)

    await customer.say("une personne")

    assert await seat.waiting() == []
    (item,) = (await seat.get("/conversations?owner=bot"))["conversations"]
    assert item["reason"] == reason


async def test_outside_the_hours_a_message_becomes_a_ticket_once(
    client: Web, rasa: FakeRasa, seat: Seat, clock: Clock
) -> None:
    clock.forward(hours=12)  # ten in the evening
    customer = await wait_for_person(client, rasa)
    told = (await customer.transcript())[-1]
    assert (told["key"], told["card"]) == ("nobody_there", {"kind": "callback"})
    assert "le mardi 24 novembre à 8\xa0h" in told["text"]

    body = {"client_message_id": "c1", **CALLBACK}
    kept = await customer.request("POST", "/callback", json=body)
    again = await customer.request("POST", "/callback", json=body)

    assert again["number"] == kept["number"]
    assert kept["number"] in (await customer.texts())[-1]
    clock.forward(minutes=-10)
    await seat.sign_in()
    (ticket,) = (await seat.get("/tickets"))["tickets"]
    assert (ticket["number"], ticket["reach_at"]) == (kept["number"], "[téléphone masqué]")
    assert ticket["conversation"] == customer.id
    done = await seat.post(f"/tickets/{ticket['number']}/done", {"outcome": "answered"})
    assert (done["ticket"]["state"], done["ticket"]["done_by"]["alias"]) == ("done", "Lea")
    assert (await seat.post(f"/tickets/{ticket['number']}/done", {"outcome": "answered"}, status=409))[
        "error"
    ]


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"reach_at": "12"}, "reach_at"),
        ({"reach_at": "+33 1 42 68 53 00"}, "reach_at"),
        ({"reach_by": "email", "reach_at": "not an address"}, "reach_at"),
        ({"reach_by": "pigeon"}, "reach_by"),
        ({"message": ""}, "message"),
    ],
)
async def test_a_way_to_be_reached_that_leads_nowhere_is_refused(
    waiting: Customer, different: dict[str, str], field: str
) -> None:
    body = {"client_message_id": "c1", **CALLBACK, **different}

    answer = await waiting.request("POST", "/callback", status=422, json=body)

    assert list(answer["error"]["fields"]) == [field]


async def test_another_wish_under_the_same_id_is_refused_and_a_fourth_one_too(waiting: Customer) -> None:
    for number in range(3):
        body = {"client_message_id": f"c{number}", **CALLBACK}
        await waiting.request("POST", "/callback", json=body)

    other = {"client_message_id": "c0", **CALLBACK, "message": "autre chose"}
    fourth = {"client_message_id": "c9", **CALLBACK}
    assert (await waiting.request("POST", "/callback", status=409, json=other))["error"]
    refused = await waiting.request("POST", "/callback", status=429, json=fourth)
    assert refused["error"]["code"] == "too_many_tickets"


async def test_who_still_waits_at_closing_time_is_told_and_the_bot_answers_again(
    client: Web, waiting: Customer, clock: Clock, rasa: FakeRasa
) -> None:
    clock.now += timedelta(hours=10, seconds=1)  # eight in the evening

    await do_look(client.app[DESK])

    told = (await waiting.transcript())[-1]
    assert (told["key"], told["card"]) == ("closing", {"kind": "callback"})
    assert (await waiting.say("bonsoir"))["messages"][0]["text"] == "echo: bonsoir"

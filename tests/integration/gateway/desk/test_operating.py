"""A rep does an operation for the customer through the true backend; the bot then goes on."""

from typing import Any

import pytest

from backend.demo.load import PASSWORD
from gateway.desk.api.keys import DESK
from gateway.desk.records import Role
from gateway.desk.watching import do_look
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.desk.conftest import Clock, Json, Sit, Web, wants_a_person
from tests.integration.gateway.desk.seat import Seat
from tests.support.demo_town import Town

UNDER_WAY = {
    "tasks": [
        {
            "id": "t1",
            "operation": "switch_plan",
            "stage": "confirming",
            "values": {"plan": "canada_500"},
            "account_id": "a" * 32,
            "missing": [],
        }
    ]
}
UNDERSTOOD = {
    "intent": "op_human",
    "confidence": 0.91,
    "ranking": [{"intent": "op_human", "confidence": 0.91}, {"intent": "faq_cost", "confidence": 0.05}],
}


def _half_done(turn: Json) -> Json:
    return {**wants_a_person(turn), "operation": UNDER_WAY, "understood": UNDERSTOOD}


@pytest.fixture
async def marie(client: Web, rasa: FakeRasa, seat: Seat) -> Customer:
    """Marie, signed in, with a change of plan half done, whom the rep has taken over."""
    rasa.script = _half_done
    customer = await Customer.begin(client)
    await customer.sign_in("marie", PASSWORD)
    await customer.say("une personne")
    await seat.on(customer.id, "claim")
    return customer


async def _account(seat: Seat, customer: Customer) -> str:
    found = await seat.get(f"/conversations/{customer.id}/customer")
    return str(found["accounts"][0]["id"])


def _switch(account: str, plan: str = "north_america", **different: Any) -> Json:
    usual = {"operation": "switch_plan", "account_id": account, "values": {"plan": plan}, "preview": False}
    return {**usual, "key": "key-number-1", **different}


async def test_the_view_shows_what_was_understood_and_what_is_half_done(marie: Customer, seat: Seat) -> None:
    view = await seat.view(marie.id)
    messages = (await seat.get(f"/conversations/{marie.id}/messages"))["messages"]

    (draft,) = view["drafts"]
    assert (draft["label"], draft["stage"]) == ("Changer de forfait d’interurbain", "confirming")
    assert draft["values"] == [{"id": "plan", "name": "Forfait", "value": "canada_500", "hidden": []}]
    assert view["conversation"]["topic"]["id"] == "switch_plan"
    assert view["conversation"]["verified"] is True
    assert [row["reason"] for row in view["handoffs"]] == ["asked"]
    (said,) = [one for one in messages if one["sender"] == "customer"]
    assert said["understood"]["label"] == "Parler à une personne"
    assert said["understood"]["confidence"] == 0.91
    assert [guess["intent"] for guess in said["understood"]["ranking"]] == ["op_human", "faq_cost"]


async def test_the_customer_is_shown_from_the_system_of_record(marie: Customer, seat: Seat) -> None:
    found = await seat.get(f"/conversations/{marie.id}/customer")
    account = await seat.get(f"/conversations/{marie.id}/accounts/{found['accounts'][0]['id']}")

    assert (found["profile"]["user_id"], found["verified"]) == ("marie", True)
    assert account["summary"]["balance"]["balance_cents"] > 0
    assert {plan["code"] for plan in account["plans"]} >= {"north_america"}


async def test_an_operation_is_previewed_done_once_shown_to_the_customer_and_audited_in_both(
    marie: Customer, seat: Seat, town: Town, client: Web, sit: Sit
) -> None:
    account = await _account(seat, marie)
    path = f"/conversations/{marie.id}/operations"

    shown = await seat.post(path, {**_switch(account), "preview": True})
    assert shown["receipt"]["number"] is None
    done = await seat.post(path, _switch(account))
    again = await seat.post(path, _switch(account))

    number = done["receipt"]["number"]
    assert again["receipt"]["number"] == number
    cards = [line for line in await marie.transcript() if line.get("card", {}).get("kind") == "receipt"]
    assert [card["card"]["number"] for card in cards] == [number]
    assert cards[0]["text"].startswith("Lea l’a fait pour vous\xa0: ")
    view = await seat.view(marie.id)
    assert [(row["by"], row["state"], row["receipt_number"]) for row in view["tried"]][-1] == (
        "rep",
        "done",
        number,
    )
    lead = await sit(client, "lead", role=Role.LEAD)
    entries = (await lead.get(f"/audit?conversation={marie.id}"))["entries"]
    assert entries[0]["details"]["receipt"] == number
    async with town.world.backend.store.reading() as uow:
        rows = [row for row in await uow.audit.of_profile(view["profile_id"]) if row.receipt_number == number]
    assert [(row.actor_kind, row.actor_id, row.channel) for row in rows] == [("rep", "lea", "desk")]


async def test_a_refusal_has_the_code_and_the_words_of_the_system_of_record(
    marie: Customer, seat: Seat
) -> None:
    account = await _account(seat, marie)
    path = f"/conversations/{marie.id}/operations"

    refused = await seat.post(path, _switch(account, plan="no_such_plan"), status=409)

    assert refused["error"]["code"] == "operation_refused"
    assert refused["error"]["fields"]["reason"] == "plan_not_found"
    assert refused["error"]["fields"]["message"] in refused["error"]["message"]
    assert [row["code"] for row in (await seat.view(marie.id))["refusals"]] == ["plan_not_found"]


async def test_a_lost_answer_is_found_again_under_the_same_key(
    marie: Customer, seat: Seat, town: Town
) -> None:
    account = await _account(seat, marie)
    path = f"/conversations/{marie.id}/operations"
    town.weather.on_changes.append("lost")

    lost = await seat.post(path, _switch(account), status=503)
    found = await seat.post(path, _switch(account))

    assert lost["error"]["code"] == "operation_unknown"
    customer = await town.customer("marie")
    assert [receipt.number for receipt in await customer.receipts()] == [found["receipt"]["number"]]
    assert len([line for line in await marie.transcript() if line.get("key") == "rep_operation"]) == 1


async def test_nothing_is_done_while_the_backend_is_down_nor_by_who_does_not_own_it(
    marie: Customer, seat: Seat, town: Town, client: Web, sit: Sit
) -> None:
    account = await _account(seat, marie)
    other = await sit(client, "noah")
    path = f"/conversations/{marie.id}/operations"
    refused = await other.post(path, _switch(account), status=409)
    await town.stop()

    down = await seat.post(path, _switch(account, key="key-number-2"), status=503)

    assert refused["error"]["code"] == "not_yours"
    assert down["error"]["code"] == "backend_unavailable"


async def test_the_same_key_is_not_another_operation(marie: Customer, seat: Seat) -> None:
    account = await _account(seat, marie)
    path = f"/conversations/{marie.id}/operations"
    await seat.post(path, _switch(account))
    other = {**_switch(account), "operation": "leave_ebill", "values": {}}

    assert (await seat.post(path, other, status=409))["error"]["code"] == "key_reused"


async def test_handed_back_the_bot_goes_on_and_the_customer_hears_what_was_done(
    marie: Customer, seat: Seat, rasa: FakeRasa
) -> None:
    account = await _account(seat, marie)
    await seat.post(f"/conversations/{marie.id}/operations", _switch(account))

    await seat.on(marie.id, "hand-back")

    while rasa.asked[-1]["message"] != "/resume":
        await marie.transcript()
    assert rasa.asked[-1]["metadata"]["done"] == "switch_plan"
    assert rasa.asked[-1]["metadata"]["session"], "the customer is still signed in"
    texts = await marie.texts()
    while not texts[-1].startswith("echo"):
        texts = await marie.texts()
    assert texts[-2].startswith("Lea vous remet à l’assistant, après ceci\xa0: ")
    assert (await marie.say("merci"))["messages"][0]["text"] == "echo: merci"


async def test_who_is_not_signed_in_is_found_by_account_and_the_check_is_written_down(
    client: Web, claimed: Customer, seat: Seat, sit: Sit, town: Town
) -> None:
    unknown = await seat.get(f"/conversations/{claimed.id}/customer", status=409)
    assert unknown["error"]["code"] == "customer_unknown"
    number = (await (await town.customer("marie")).accounts())[0].number

    found = await seat.get(f"/customers?account_number={number}")
    body = {"profile_id": found["profiles"][0]["id"], "checked": "Code postal et dernier montant"}
    chosen = await seat.request("PUT", f"/conversations/{claimed.id}/customer", json=body)

    assert (chosen["profile"]["user_id"], chosen["verified"]) == ("marie", False)
    lead = await sit(client, "lead", role=Role.LEAD)
    actions = [entry["action"] for entry in (await lead.get("/audit"))["entries"]]
    assert {"customer_chosen", "customers_searched"} <= set(actions)
    nobody = {**body, "profile_id": "0" * 32}
    path = f"/conversations/{claimed.id}/customer"
    refused = await seat.request("PUT", path, status=404, json=nobody)
    assert refused["error"]["code"] == "customer_not_found"


async def test_a_reps_browser_that_is_gone_gives_the_conversation_back(
    client: Web, claimed: Customer, seat: Seat, clock: Clock
) -> None:
    clock.forward(minutes=2)
    await do_look(client.app[DESK])
    assert (await claimed.request("GET", "/messages"))["owner"] == "rep"

    clock.forward(minutes=2)
    await do_look(client.app[DESK])
    await do_look(client.app[DESK])

    standing = await claimed.request("GET", "/messages")
    assert (standing["owner"], standing["place"]) == ("queue", 1)
    assert [line.get("key") for line in standing["messages"]].count("rep_gone") == 1


async def test_canned_answers_are_the_faq_as_it_stands_in_the_customers_language(seat: Seat) -> None:
    everything = (await seat.get("/canned?lang=fr&limit=100"))["answers"]
    found = (await seat.get("/canned?lang=en&q=E-BILL address"))["answers"]
    accents = (await seat.get("/canned?lang=fr&q=electronique"))["answers"]
    one = await seat.get(f"/canned/{everything[0]['id']}?lang=en")

    assert len(everything) > 40
    assert found[0]["lang"] == "en"
    assert any("électronique" in answer["question"].lower() for answer in accents)
    assert one["text"] != everything[0]["text"]
    assert (await seat.get("/canned/nothing?lang=fr", status=404))["error"]["code"] == "faq_not_found"

"""Card and social insurance numbers are kept nowhere; the rest is hidden from reps until they say why."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser
from tests.integration.gateway.stored import everything_stored

Web = TestClient[Any, Any]
CARD, SIN = "4519 9458 0730 2155", "152 669 859"


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_card_is_hidden_before_it_is_kept_or_told(
    client: Web, customer: Customer, rasa: FakeRasa
) -> None:
    answer = await customer.say(f"Ma carte {CARD} et mon NAS {SIN}", id="m-card")

    said = "Ma carte [numéro de carte masqué] et mon NAS [numéro d’assurance sociale masqué]"
    assert rasa.said[-1] == said
    assert [line["text"] for line in await customer.transcript()][1] == said
    assert answer["messages"][0]["key"] == "numbers_hidden"
    stored = await everything_stored(client)
    for number in (CARD, SIN):
        assert number not in stored
        assert number.replace(" ", "") not in stored


async def test_the_same_message_again_is_still_the_same(customer: Customer, rasa: FakeRasa) -> None:
    first = await customer.say(f"carte {CARD}", id="again")
    second = await customer.say(f"carte {CARD}", id="again")

    assert first == second
    assert len(rasa.asked) == 2  # the neighbour's and this one


async def test_a_rating_keeps_no_card_either(client: Web, customer: Customer) -> None:
    seq = (await customer.say("combien ça coûte?"))["messages"][-1]["seq"]

    body = {"useful": False, "comment": f"on m’a pris {CARD}"}
    await customer.request("POST", f"/messages/{seq}/feedback", json=body)

    assert CARD not in await everything_stored(client)


async def test_account_numbers_reach_the_bot(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("mon compte est le 123 456 782")

    assert rasa.said[-1] == "mon compte est le 123 456 782"


async def revealed(rep: DeskUser, customer: Customer, value: str, reason: str = "le rappeler") -> Any:
    """One hidden value, for a reason."""
    body = {"value": value, "reason": reason}
    return await rep.request("POST", f"/conversations/{customer.id}/reveal", json=body)


async def test_a_rep_sees_values_hidden_and_gets_one_for_a_reason(
    customer: Customer, rep: DeskUser, lead: DeskUser
) -> None:
    await customer.say("compte 123 456 782, tel 514 555-1234")

    shown = (await rep.request("GET", f"/conversations/{customer.id}/messages"))["messages"][1]
    label = shown["hidden"][1]
    value = await revealed(rep, customer, label["id"])

    assert "123 456 782" not in shown["text"]
    assert [hidden["kind"] for hidden in shown["hidden"]] == ["account", "phone"]
    assert shown["text"][label["start"] : label["end"]] == "[téléphone masqué]"
    assert value == {"kind": "phone", "value": "514 555-1234"}
    entry = (await lead.request("GET", f"/audit?conversation={customer.id}"))["entries"][0]
    assert (entry["action"], entry["details"]["reason"]) == ("reveal", "le rappeler")
    assert "555" not in repr(entry["details"])


async def test_what_is_half_done_is_hidden_and_shown_value_by_value(
    customer: Customer, rep: DeskUser, rasa: FakeRasa
) -> None:
    address = {"line1": "45, rue des Érables", "city": "Québec", "postal_code": "G1R 2B5"}
    values = {"address": address, "effective_on": "2027-03-01", "reference": "écrire à lea@example.ca"}
    task = {"id": "3f2a", "operation": "change_address", "stage": "collecting", "values": values}
    rasa.script = lambda turn: {
        "language": "fr",
        "messages": [message("Quand?", "fr")],
        "operation": {"tasks": [task]},
    }
    await customer.say("je déménage")

    (draft,) = (await rep.request("GET", f"/conversations/{customer.id}"))["drafts"]

    shown = {value["id"]: value for value in draft["values"]}
    assert "Érables" not in repr(draft)
    assert shown["address"]["value"] == "[adresse masquée]"
    assert (shown["effective_on"]["value"], shown["effective_on"]["hidden"]) == ("2027-03-01", [])
    assert shown["reference"]["value"] == "écrire à [courriel masqué]"
    whole = await revealed(rep, customer, shown["address"]["hidden"][0]["id"])
    part = await revealed(rep, customer, shown["reference"]["hidden"][0]["id"])
    assert (whole, part["value"]) == ({"kind": "address", "value": address}, "lea@example.ca")


async def test_a_receipt_hides_its_values_and_shows_them_one_by_one(
    customer: Customer, rep: DeskUser, rasa: FakeRasa
) -> None:
    lines = [{"label": "Adresse", "before": "12, rue Principale", "after": "45, rue des Érables"}]
    card = {"kind": "receipt", "number": "100000000001", "title": "Changement d’adresse", "lines": lines}
    card |= {"account": "Compte 123 456 782", "done": "le 1er mars", "effective": "", "sent_to": "a@b.ca"}
    rasa.script = lambda turn: {"language": "fr", "messages": [message("Voilà.", "fr", card=card)]}
    await customer.say("oui")

    shown = (await rep.request("GET", f"/conversations/{customer.id}/messages"))["messages"][-1]

    assert (shown["card"]["number"], shown["card"]["title"]) == (card["number"], card["title"])
    for personal in ("Érables", "Principale", "123 456 782", "a@b.ca"):
        assert personal not in repr(shown["card"])
    by_field = {hidden["field"]: hidden["id"] for hidden in shown["hidden"]}
    told = {field: (await revealed(rep, customer, id))["value"] for field, id in by_field.items()}
    assert told == {
        "card.account": "Compte 123 456 782",
        "card.sent_to": "a@b.ca",
        "card.lines.0.before": "12, rue Principale",
        "card.lines.0.after": "45, rue des Érables",
    }


async def test_a_ticket_hides_how_to_reach_the_customer(
    customer: Customer, neighbour: Customer, rep: DeskUser
) -> None:
    body = {"reach_by": "telephone", "reach_at": "418 555-0123", "message": "ou à lea@example.ca"}
    await customer.request("POST", "/callback", json={"client_message_id": "t1", **body})

    (ticket,) = (await rep.request("GET", "/tickets"))["tickets"]

    assert (ticket["reach_at"], ticket["message"]) == ("[téléphone masqué]", "ou à [courriel masqué]")
    told = [(await revealed(rep, customer, hidden["id"]))["value"] for hidden in ticket["hidden"]]
    assert [told[0][-4:], told[1]] == ["0123", "lea@example.ca"]
    body = {"value": ticket["hidden"][0]["id"], "reason": "le rappeler"}
    await rep.request("POST", f"/conversations/{neighbour.id}/reveal", status=404, json=body)


@pytest.mark.parametrize(
    "value",
    [
        "message:2:text:1",
        "message:2:text:all",
        "message:99:text:0",
        "message:0:text:0",
        "message:2:card.account:all",
        "message:2:card.lines.0.after:0",
        "draft:3f2a:address:all",
        "ticket:10000001:reach_at:all",
        "turn:2:text:0",
        "",
    ],
)
async def test_what_is_not_hidden_is_not_there(customer: Customer, rep: DeskUser, value: str) -> None:
    await customer.say("compte 123 456 782")

    body = {"value": value, "reason": "le rappeler"}
    status = 404 if value else 422
    await rep.request("POST", f"/conversations/{customer.id}/reveal", status=status, json=body)


async def test_no_value_without_a_reason_or_a_session(client: Web, customer: Customer, rep: DeskUser) -> None:
    await customer.say("compte 123 456 782")
    path = f"/conversations/{customer.id}/reveal"

    await rep.request("POST", path, status=422, json={"value": "message:2:text:0", "reason": ""})
    unknown = await client.post("/api/desk" + path, json={"value": "message:2:text:0", "reason": "curieux"})

    assert unknown.status == 401

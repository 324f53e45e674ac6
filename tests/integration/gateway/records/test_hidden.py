"""Card and social insurance numbers are kept nowhere; the rest is hidden from reps until they say why."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import MetaData, select

from gateway.web.keys import DATABASE
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser

Web = TestClient[Any, Any]
CARD, SIN = "4519 9458 0730 2155", "152 669 859"


async def everything_stored(client: Web) -> str:
    """Every cell of every table."""
    tables, rows = MetaData(), []
    async with client.app[DATABASE].engine.connect() as connection:
        await connection.run_sync(tables.reflect)
        for table in tables.tables.values():
            rows += (await connection.execute(select(table))).all()
    return repr(rows)


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


async def test_a_rep_sees_values_hidden_and_gets_one_for_a_reason(
    customer: Customer, rep: DeskUser, lead: DeskUser
) -> None:
    text = "compte 123 456 782, tel 514 555-1234"
    seq = (await customer.say(text))["seq"]
    path = f"/conversations/{customer.id}"

    shown = (await rep.request("GET", f"{path}/messages"))["messages"][1]
    value = await rep.request(
        "POST", f"{path}/messages/{seq}/reveal", json={"index": 1, "reason": "le rappeler"}
    )

    assert "123 456 782" not in shown["text"]
    assert [hidden["kind"] for hidden in shown["hidden"]] == ["account", "phone"]
    label = shown["hidden"][1]
    assert shown["text"][label["start"] : label["end"]] == "[téléphone masqué]"
    assert value == {"kind": "phone", "value": "514 555-1234"}
    entry = (await lead.request("GET", f"/audit?conversation={customer.id}"))["entries"][0]
    assert (entry["action"], entry["details"]["reason"]) == ("reveal", "le rappeler")
    assert "555" not in repr(entry["details"])


async def test_no_value_without_a_reason_or_a_session(client: Web, customer: Customer, rep: DeskUser) -> None:
    seq = (await customer.say("compte 123 456 782"))["seq"]
    path = f"/conversations/{customer.id}/messages/{seq}/reveal"

    await rep.request("POST", path, status=422, json={"index": 0, "reason": ""})
    await rep.request("POST", path, status=404, json={"index": 1, "reason": "pourquoi pas"})
    unknown = await client.post("/api/desk" + path, json={"index": 0, "reason": "curieux"})

    assert unknown.status == 401

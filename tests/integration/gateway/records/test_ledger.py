"""What happens is in the ledger, in the same transaction, and stays as it was written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from gateway.figures.quiet import note_quiet
from gateway.ledger.records import Event
from gateway.web.keys import CONTENT, DATABASE
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser

Web = TestClient[Any, Any]
pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


async def facts(customer: Customer) -> list[tuple[str, str | None]]:
    """Kind, and what it is about, of each event of the conversation."""
    async with customer.client.app[DATABASE].read() as session:
        query = select(Event).order_by(Event.id)
        events = [
            event
            for event in (await session.execute(query)).scalars()
            if str(event.conversation_id) == customer.id
        ]
    return [(event.kind, event.faq_id or event.operation or event.reason) for event in events]


async def test_every_turn_leaves_its_facts(customer: Customer) -> None:
    for said in ("bonjour", "combien ça coûte?", "quoi", "météo", "changer mon adresse", "oui"):
        await customer.say(said)

    assert await facts(customer) == [
        ("conversation_begun", None),
        ("talked", None),
        ("answered", "cost"),
        ("not_understood", "rephrase"),
        ("turned_away", "other"),
        ("operation_begun", "change_address"),
        ("operation_done", "change_address"),
    ]


async def test_a_choice_tells_what_was_meant(customer: Customer, rep: DeskUser) -> None:
    offered = await customer.say("peut-être le prix")
    await customer.press(offered["messages"][0]["buttons"][0]["token"])
    await customer.say("quoi donc")
    await customer.say("combien ça coûte, le service?")

    assert ("corrected", "faq_cost") in await facts(customer)
    groups = (await rep.request("GET", "/missed"))["groups"]
    question = rep.client.app[CONTENT].current().text("cost", "fr").question
    meant = [{"intent": "faq_cost", "label": question, "count": 1}]
    assert {group["text"]: group["meant"] for group in groups} == {
        "peut-être le prix": meant,
        "quoi donc": meant,
    }


async def test_events_can_not_be_rewritten(customer: Customer) -> None:
    database = customer.client.app[DATABASE]

    async with database.write() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text("UPDATE events SET kind = 'answered'"))


async def test_a_visit_ends_once_and_says_whether_something_was_left(customer: Customer) -> None:
    database, later = customer.client.app[DATABASE], datetime.now(UTC) + timedelta(minutes=31)
    await customer.say("changer mon adresse")

    assert await note_quiet(database, now=datetime.now(UTC)) == 0
    assert await note_quiet(database, now=later) == 2  # the neighbour's too
    assert await note_quiet(database, now=later) == 0

    assert (await facts(customer))[-1] == ("abandoned", None)


async def test_a_handoff_is_told_from_the_wish_to_the_end(start: Start) -> None:
    client = await start(desk_hours="Mo-Su 00:00-23:59")
    customer, rep = await Customer.begin(client), await DeskUser.enter(client, "alice")
    path = f"/conversations/{customer.id}"

    await customer.say("humain svp")
    await rep.request("POST", f"{path}/claim")
    await rep.request("POST", f"{path}/close", json={"outcome": "done"})

    assert (await facts(customer))[1:] == [
        ("talked", None),
        ("handoff_requested", "asked"),
        ("handoff_claimed", None),
        ("handoff_closed", "done"),
        ("transcript_ready", "done"),
    ]

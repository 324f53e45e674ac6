"""A card and a social insurance number through every door: in no table, not at the bot, told to nobody."""

import io
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from gateway.desk.records import Role
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import follow
from tests.integration.gateway.records.desk_user import DeskUser
from tests.integration.gateway.records.test_webhooks import Receiver, add, work
from tests.integration.gateway.stored import everything_stored, has_number

Web = TestClient[Any, Any]
CARD, SIN = "4111 1111 1111 1111", "152 669 859"
WORDS = f"prenez ma carte {CARD}, mon NAS est {SIN}"


def check_absent(**places: str) -> None:
    """Neither number is in any of the texts."""
    found = [name for name, text in places.items() if has_number(text, CARD) or has_number(text, SIN)]
    assert found == []


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_typed_in_the_chat(client: Web, customer: Customer, rasa: FakeRasa, logs: io.StringIO) -> None:
    answer = await customer.say(WORDS)
    async with follow(customer) as follower:
        await follower.say(WORDS, "live-1")
        await follower.texts(4)
    await customer.say(CARD.replace(" ", "") + " 09/28")

    assert len(rasa.said) == 4  # the neighbour's too
    transcript = repr(await customer.request("GET", "/transcript"))
    assert "masqué" in transcript
    check_absent(
        stored=await everything_stored(client),
        bot=repr(rasa.asked),
        logs=logs.getvalue(),
        answer=repr(answer),
        transcript=transcript,
    )


async def test_in_a_webhook_that_brings_the_transcript(start: Start) -> None:
    client, receiver = await start(desk_hours="Mo-Su 00:00-23:59"), Receiver()
    async with TestServer(receiver.app()) as server, aiohttp.ClientSession() as http:
        await add(client, str(server.make_url("/hook")))
        customer = await Customer.begin(client)
        await customer.say(WORDS)
        await customer.say("humain")
        await work(client, http)

    told = repr(receiver.got)
    assert "masqué" in told
    check_absent(told=told, stored=await everything_stored(client))


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_written_by_a_rep(start: Start, logs: io.StringIO) -> None:
    client = await start(desk_hours="Mo-Su 00:00-23:59")
    rep, customer = await DeskUser.enter(client, "bruno", Role.LEAD), await Customer.begin(client)
    await customer.say("humain")
    path = f"/conversations/{customer.id}"
    await rep.request("POST", f"{path}/takeover", json={"reason": WORDS})
    body = {"client_message_id": "rep-1", "text": WORDS}

    said = await rep.request("POST", f"{path}/messages", json=body)
    again = await rep.request("POST", f"{path}/messages", json=body)
    noted = await rep.request("POST", f"{path}/notes", json={"text": WORDS})
    shown = repr(await rep.request("GET", path))
    await rep.request("POST", f"{path}/close", json={"outcome": "answered", "note": WORDS})

    assert said == again
    check_absent(
        stored=await everything_stored(client),
        said=repr(said),
        noted=repr(noted),
        shown=shown,
        customer=repr(await customer.transcript()),
        logs=logs.getvalue(),
    )


async def test_as_a_reason_to_see_a_hidden_value(client: Web, customer: Customer, rep: DeskUser) -> None:
    await customer.say("compte 123 456 782")

    body = {"value": "message:2:text:0", "reason": WORDS}
    await rep.request("POST", f"/conversations/{customer.id}/reveal", json=body)

    check_absent(stored=await everything_stored(client))


async def test_left_in_a_ticket(client: Web, customer: Customer, rep: DeskUser, logs: io.StringIO) -> None:
    body = {"reach_by": "telephone", "reach_at": "418 555-0123", "message": WORDS}
    await customer.request("POST", "/callback", json={"client_message_id": "t1", **body})

    (ticket,) = (await rep.request("GET", "/tickets"))["tickets"]
    done = {"outcome": "answered", "note": WORDS}
    await rep.request("POST", f"/tickets/{ticket['number']}/done", json=done)

    check_absent(ticket=repr(ticket), stored=await everything_stored(client), logs=logs.getvalue())


@pytest.mark.parametrize("field", ["user_id", "password"])
@pytest.mark.parametrize("number", [CARD, SIN])
async def test_in_the_wrong_field_of_the_sign_in_form(
    client: Web, customer: Customer, rasa: FakeRasa, logs: io.StringIO, field: str, number: str
) -> None:
    await customer.sign_in(**{field: number}, status=403)

    check_absent(stored=await everything_stored(client), bot=repr(rasa.asked), logs=logs.getvalue())


@pytest.mark.parametrize("reach_by", ["telephone", "email"])
async def test_in_the_wrong_field_of_a_ticket(
    client: Web, customer: Customer, logs: io.StringIO, reach_by: str
) -> None:
    body = {"reach_by": reach_by, "reach_at": CARD, "message": "rappelez-moi", "client_message_id": "t1"}

    refused = await customer.request("POST", "/callback", status=422, json=body)

    check_absent(stored=await everything_stored(client), refused=repr(refused), logs=logs.getvalue())


async def test_in_a_note_to_a_proposed_question(client: Web, customer: Customer, rep: DeskUser) -> None:
    body = {"question": "Combien coûte le service?", "language": "fr", "note": WORDS}

    proposal = await rep.request("POST", "/proposals", status=201, json=body)

    check_absent(stored=await everything_stored(client), proposal=repr(proposal))

"""Who has a conversation: claimed once, taken over openly, given on with a note; the bot keeps silent."""

import asyncio

import pytest

from gateway.desk.records import Role
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.desk.conftest import Clock, Sit, Web, wait_for_person
from tests.integration.gateway.desk.seat import Seat

REASON = {"reason": "Cliente en colère"}


async def _owner(customer: Customer) -> tuple[str, str | None]:
    answer = await customer.request("GET", "/messages")
    return answer["owner"], answer["rep"]


async def test_a_claim_is_told_to_the_customer_by_the_name_they_may_know(
    waiting: Customer, seat: Seat
) -> None:
    item = (await seat.on(waiting.id, "claim"))["conversation"]
    await seat.on(waiting.id, "claim")

    assert (item["owner"], item["rep"]["alias"]) == ("rep", "Lea")
    assert await _owner(waiting) == ("rep", "Lea")
    assert (await waiting.texts())[-1] == "Lea se joint à la conversation et vous répond."
    assert [one["id"] for one in (await seat.get("/queue"))["mine"]] == [waiting.id]


async def test_the_second_to_claim_is_told_who_was_first(claimed: Customer, client: Web, sit: Sit) -> None:
    other = await sit(client, "noah")

    refused = await other.on(claimed.id, "claim", status=409)

    assert refused["error"]["code"] == "already_claimed"
    assert refused["error"]["fields"] == {"rep": "Lea Roy"}
    assert [one["id"] for one in (await other.get("/queue"))["others"]] == [claimed.id]


async def test_what_the_bot_has_cannot_be_claimed(client: Web, seat: Seat) -> None:
    customer = await Customer.begin(client)

    assert (await seat.on(customer.id, "claim", status=409))["error"]["code"] == "not_waiting"


@pytest.mark.service
@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_fifty_conversations_each_claimed_by_two_at_once_have_one_owner_each(
    open_gateway: Start, request: pytest.FixtureRequest, rasa: FakeRasa, sit: Sit
) -> None:
    here = await open_gateway()
    is_shared = "postgres" in request.node.name
    there = await open_gateway() if is_shared else here
    seats = [await sit(here, "lea"), await sit(there, "noah")]
    customers = [await wait_for_person(here, rasa) for _ in range(50)]

    async def claim(seat: Seat, customer: Customer) -> tuple[int, str]:
        url = f"{seat.base}/api/desk/conversations/{customer.id}/claim"
        headers = {"Origin": seat.base, "X-CSRF-Token": seat.csrf}
        async with seat.http.post(url, headers=headers) as response:
            answer = await response.json()
        who = answer.get("error", {}).get("fields", {}).get("rep") or answer["conversation"]["rep"]["name"]
        return response.status, who

    for customer in customers:
        results = await asyncio.gather(*(claim(seat, customer) for seat in seats))
        assert sorted(status for status, _ in results) == [200, 409]
        assert len({who for _, who in results}) == 1, "the loser is told who won"
    assert await seats[0].waiting() == []


async def test_only_who_has_it_speaks_in_it_and_the_bot_never_hears(
    claimed: Customer, client: Web, sit: Sit, seat: Seat, rasa: FakeRasa
) -> None:
    other = await sit(client, "noah")
    asked = len(rasa.asked)

    said = await seat.say(claimed.id, "Bonjour, je suis là.", id="a")
    again = await seat.say(claimed.id, "Bonjour, je suis là.", id="a")
    refused = await other.say(claimed.id, "moi aussi", status=409)
    await claimed.say("merci")

    assert said == again
    assert refused["error"]["code"] == "not_yours"
    message = (await claimed.transcript())[-2]
    assert (message["sender"], message["author"], message["text"]) == ("rep", "Lea", "Bonjour, je suis là.")
    assert len(rasa.asked) == asked
    assert (await seat.say(claimed.id, "autre", id="a", status=409))["error"]["code"] == "message_id_reused"


async def test_an_answer_that_comes_after_a_takeover_is_dropped(
    client: Web, rasa: FakeRasa, sit: Sit
) -> None:
    lead = await sit(client, "lead", role=Role.LEAD)
    customer = await Customer.begin(client)
    rasa.gate = asyncio.Event()
    saying = asyncio.create_task(customer.say("combien?"))
    while not rasa.asked:
        await asyncio.sleep(0.01)

    await lead.on(customer.id, "takeover", REASON)
    rasa.gate.set()
    answer = await saying

    assert (answer["state"], answer["messages"]) == ("answered", [])
    assert "echo: combien?" not in await customer.texts()
    refusals = (await lead.view(customer.id))["refusals"]
    assert [row["code"] for row in refusals] == ["taken_over"]


async def test_takeover_is_for_leads_and_is_written_down(
    claimed: Customer, client: Web, sit: Sit, seat: Seat
) -> None:
    other = await sit(client, "noah")
    lead = await sit(client, "lead", role=Role.LEAD)

    assert (await other.on(claimed.id, "takeover", REASON, status=403))["error"]["code"] == "role_missing"
    await lead.on(claimed.id, "takeover", REASON)

    assert await _owner(claimed) == ("rep", "Lead")
    assert (await seat.say(claimed.id, "encore", status=409))["error"]["fields"] == {"rep": "Lead Roy"}
    entries = (await lead.get(f"/audit?conversation={claimed.id}"))["entries"]
    assert [entry["action"] for entry in entries] == ["takeover", "claim"]
    assert entries[0]["details"]["why"] == "Cliente en colère"
    assert (await seat.get("/audit", status=403))["error"]["code"] == "role_missing"


async def test_what_is_released_waits_at_the_head(
    claimed: Customer, client: Web, rasa: FakeRasa, seat: Seat
) -> None:
    later = await wait_for_person(client, rasa)

    await seat.on(claimed.id, "release")

    assert await seat.waiting() == [claimed.id, later.id]
    told = (await claimed.transcript())[-1]
    assert told["key"] == "requeued"
    assert "\xa0: 1." in told["text"]


async def test_a_transfer_carries_a_note_that_the_customer_never_sees(
    claimed: Customer, client: Web, sit: Sit, seat: Seat
) -> None:
    other = await sit(client, "noah")
    body = {"rep": str(other.rep.rep.id), "note": "Elle a déjà payé deux fois."}

    await seat.on(claimed.id, "transfer", body)

    assert await _owner(claimed) == ("rep", "Noah")
    (note,) = (await other.view(claimed.id))["notes"]
    assert (note["text"], note["rep"]["alias"]) == ("Elle a déjà payé deux fois.", "Lea")
    assert "deux fois" not in str(await claimed.request("GET", "/messages"))


async def test_nobody_is_given_a_conversation_while_away(
    claimed: Customer, client: Web, sit: Sit, seat: Seat
) -> None:
    away = await sit(client, "noah", signs_in=False)
    body = {"rep": str(away.rep.rep.id), "note": "pour toi"}

    assert (await seat.on(claimed.id, "transfer", body, status=409))["error"]["code"] == "rep_absent"
    assert await _owner(claimed) == ("rep", "Lea")


async def test_a_team_gets_it_at_the_head_of_the_queue(claimed: Customer, seat: Seat) -> None:
    await seat.on(claimed.id, "transfer", {"team": "billing", "note": "facture double"})

    (item,) = (await seat.get("/queue"))["waiting"]
    assert item["team"] == {"id": "billing", "name": "Facturation"}
    unknown = {"team": "cooking", "note": "x"}
    assert (await seat.on(claimed.id, "transfer", unknown, status=404))["error"]["code"] == "team_not_found"


async def test_a_closed_conversation_has_an_outcome_until_the_customer_writes_again(
    claimed: Customer, seat: Seat, rasa: FakeRasa, clock: Clock
) -> None:
    body = {"outcome": "answered", "note": "tout est réglé"}
    item = (await seat.on(claimed.id, "close", body))["conversation"]

    assert (item["owner"], item["outcome"]["id"]) == ("bot", "answered")
    closed = (await seat.get("/conversations?closed=true"))["conversations"]
    assert [one["id"] for one in closed] == [claimed.id]
    assert (await claimed.say("encore une chose"))["messages"][0]["text"] == "echo: encore une chose"
    assert (await seat.get("/conversations?closed=true"))["conversations"] == []


async def test_an_outcome_that_is_not_in_the_list_is_refused(claimed: Customer, seat: Seat) -> None:
    refused = await seat.on(claimed.id, "close", {"outcome": "won"}, status=404)

    assert refused["error"]["code"] == "outcome_not_found"

"""Figures from what really happened, and proposals from a rep's word to a file."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import yaml
from aiohttp.test_utils import TestClient

from gateway.figures.reading import Period, read_cases
from gateway.ledger.record import toronto_day
from gateway.questions.proposals import export
from gateway.web.keys import DATABASE
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser

Web = TestClient[Any, Any]
TODAY = toronto_day(datetime.now(UTC))


def period(**more: str) -> str:
    query = {"first": str(TODAY - timedelta(days=1)), "last": str(TODAY), **more}
    return "?" + "&".join(f"{name}={value}" for name, value in query.items())


async def outcomes(client: Web, now: datetime) -> list[str]:
    async with client.app[DATABASE].read() as session:
        day = Period(date(2020, 1, 1), date(2100, 1, 1))
        return sorted([str(case.outcome) async for case in read_cases(session, day, now=now)])


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_figures_say_what_happened(client: Web, customer: Customer, rep: DeskUser) -> None:
    await customer.say("combien ça coûte?")
    await customer.say("changer mon adresse")
    await customer.say("oui")

    figures = await rep.request("GET", "/figures" + period())

    assert figures["days"][1]["outcomes"] == {"nothing_asked": 1, "open": 1}
    assert figures["faq"][0]["answered"] == 1
    done = {"id": "change_address", "begun": 1, "done": 1, "refused": 0, "left": 0}
    assert figures["operations"] == [done]
    assert {row["id"] for row in figures["definitions"]} >= {"resolved", "abandoned", "share"}
    english = await rep.request("GET", "/figures" + period(language="en"))
    assert english["totals"]["conversations"] == 1
    csv = (await rep.fetch("/figures.csv" + period())).decode("utf-8-sig")
    assert f"{TODAY},fr,web,operation_done,change_address,1" in csv


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_somebody_who_comes_back_was_not_helped(client: Web, customer: Customer) -> None:
    await customer.sign_in()
    await customer.say("combien ça coûte?")
    again = await Customer.begin(client)
    await again.sign_in()
    await again.say("combien ça coûte?")

    later = datetime.now(UTC) + timedelta(days=8)
    assert await outcomes(client, later) == ["came_back", "nothing_asked", "resolved"]


@pytest.mark.parametrize(
    "query", ["?first=2027-03-02&last=2027-03-01", "?first=2020-01-01&last=2027-01-01", "?first=x&last=y"]
)
async def test_a_period_that_can_not_be_is_refused(rep: DeskUser, query: str) -> None:
    status = 422 if "x" not in query else 400
    await rep.request("GET", "/figures" + query, status=status)


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_proposal_becomes_a_line_in_a_file_only_when_a_lead_agrees(
    client: Web, customer: Customer, rep: DeskUser, lead: DeskUser
) -> None:
    for text in ("c'est quoi ça?", "C’est quoi ça", "quoi, mon compte 123 456 782?"):
        await customer.say(text)
    groups = (await rep.request("GET", "/missed"))["groups"]
    assert groups[0]["count"] == 2
    assert "123 456 782" not in repr(groups)

    body = {"question": groups[0]["text"], "language": "fr", "intent": "faq_cost"}
    made = (await rep.request("POST", "/proposals", status=201, json=body))["proposal"]
    wish = {"question": "avez-vous la fibre?", "language": "fr", "note": "souvent"}
    new = (await rep.request("POST", "/proposals", status=201, json=wish))["proposal"]
    await rep.request("POST", f"/proposals/{made['id']}/decision", status=403, json={"accept": True})
    assert yaml.safe_load(await export(client.app[DATABASE])) == {
        "nlu": {"fr": [], "en": []},
        "new_entries": [],
    }
    await lead.request("POST", f"/proposals/{made['id']}/decision", json={"accept": True})
    await lead.request("POST", f"/proposals/{new['id']}/decision", json={"accept": False})
    await lead.request("POST", f"/proposals/{made['id']}/decision", status=409, json={"accept": False})

    content = yaml.safe_load(await export(client.app[DATABASE]))
    assert content["nlu"]["fr"] == [{"intent": "faq_cost", "examples": f"- {groups[0]['text']}\n"}]
    assert content["new_entries"] == []


@pytest.mark.parametrize(
    ("question", "intent", "code"),
    [
        ("combien?", "faq_nothing", "intent_not_found"),
        ("combien?", "greet", "intent_not_found"),
        ("mon compte 123 456 782?", "faq_cost", "question_personal"),
    ],
)
async def test_what_may_not_be_proposed(rep: DeskUser, question: str, intent: str, code: str) -> None:
    body = {"question": question, "language": "fr", "intent": intent}
    answer = await rep.request("POST", "/proposals", status=422, json=body)

    assert answer["error"]["code"] == code


@pytest.mark.parametrize("path", ["/figures", "/missed", "/proposals", "/webhooks", "/figures.csv"])
async def test_only_reps_come_in(client: Web, path: str) -> None:
    assert (await client.get(f"/api/desk{path}")).status == 401

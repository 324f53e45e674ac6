"""What customers think of answers is kept with the answer's id and version."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from gateway.conversations.records import Feedback
from gateway.web.keys import DATABASE
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer

pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


@pytest.fixture
def rasa() -> FakeRasa:
    answer = message("C’est gratuit.", faq_id="cost", faq_version="abc123")
    return FakeRasa(script=lambda turn: {"language": "fr", "messages": [answer]})


async def _stored(client: TestClient[Any, Any]) -> list[Feedback]:
    async with client.app[DATABASE].read() as session:
        return list((await session.execute(select(Feedback))).scalars())


async def test_a_rating_is_kept_with_what_it_is_about(
    client: TestClient[Any, Any], customer: Customer, neighbour: Customer
) -> None:
    await neighbour.request("POST", "/messages/3/feedback", json={"useful": True})
    await customer.say("prix?")

    rated = await customer.request(
        "POST", "/messages/3/feedback", json={"useful": False, "comment": " pas clair\u0000 "}
    )

    assert rated == {"seq": 3, "useful": False, "comment": "pas clair"}
    mine = [row for row in await _stored(client) if str(row.conversation_id) == customer.id]
    assert [(row.seq, row.useful, row.comment, row.faq_id, row.faq_version) for row in mine] == [
        (3, False, "pas clair", "cost", "abc123")
    ]
    assert (await customer.transcript())[2]["useful"] is False
    assert (await neighbour.transcript())[2]["useful"] is True


async def test_a_second_rating_replaces_the_first(client: TestClient[Any, Any], customer: Customer) -> None:
    await customer.say("prix?")
    await customer.request("POST", "/messages/3/feedback", json={"useful": False, "comment": "non"})

    await customer.request("POST", "/messages/3/feedback", json={"useful": True})

    assert [(row.useful, row.comment) for row in await _stored(client)] == [(True, None)]


@pytest.mark.parametrize("seq", [0, 1, 2, 4, 999_999_999])
async def test_only_answers_can_be_rated(customer: Customer, seq: int) -> None:
    await customer.say("prix?")

    refused = await customer.request("POST", f"/messages/{seq}/feedback", status=404, json={"useful": True})

    assert refused["error"]["code"] == "message_not_found"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"useful": "yes"},
        {"useful": 1},
        {"useful": None},
        {"useful": True, "comment": "a" * 1001},
        {"useful": True, "x": 1},
    ],
)
async def test_a_rating_is_yes_or_no_and_a_word(customer: Customer, body: Any) -> None:
    await customer.say("prix?")

    refused = await customer.request("POST", "/messages/3/feedback", status=422, json=body)

    assert refused["error"]["code"] == "invalid_request"


async def test_the_language_is_changed_once_and_said(customer: Customer, rasa: FakeRasa) -> None:
    changed = await customer.request("PUT", "/language", json={"language": "en"})
    same = await customer.request("PUT", "/language", json={"language": "en"})
    await customer.say("price?")

    assert (changed["language"], len(changed["messages"]), same["messages"]) == ("en", 1, [])
    assert changed["messages"][0]["lang"] == "en"
    assert rasa.asked[-1]["metadata"]["language"] == "en"
    assert (await customer.transcript())[1] == changed["messages"][0]

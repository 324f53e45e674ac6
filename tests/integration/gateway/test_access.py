"""A conversation opens to its own token and to nothing else, and a refusal says nothing about it."""

import uuid
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.integration.gateway.contract import check_answer
from tests.integration.gateway.customer import Customer

DOORS = [
    ("GET", "/messages", None),
    ("POST", "/messages", {"client_message_id": "a", "text": "intrus"}),
    ("PUT", "/language", {"language": "en"}),
    ("POST", "/messages/3/feedback", {"useful": True}),
    ("POST", "/sign-in", {"user_id": "paul", "password": "erable2026"}),
    ("POST", "/sign-out", None),
    ("GET", "/receipts/482109375562.pdf", None),
]


async def _knock(client: TestClient[Any, Any], door: Any, conversation: str, token: str | None) -> Any:
    method, path, body = door
    headers = {} if token is None else {"Authorization": token}
    address = f"/api/conversations/{conversation}{path}"
    async with client.request(method, address, json=body, headers=headers) as response:
        answer = await response.json()
        if "not" not in conversation:
            check_answer(method, address, response.status, answer)
        return response.status, answer["error"]


@pytest.mark.parametrize("door", DOORS)
async def test_unknown_ids_and_wrong_tokens_are_told_alike(
    client: TestClient[Any, Any], customer: Customer, neighbour: Customer, door: Any
) -> None:
    await customer.say("bonjour")
    right = f"Bearer {customer.token}"
    knocks = [
        (customer.id, f"Bearer {neighbour.token}"),
        (customer.id, f"Bearer {customer.token}x"),
        (customer.id, f"Bearer {customer.token[:-1]}"),
        (customer.id, "Bearer é"),
        (str(uuid.uuid4()), right),
        (customer.id.upper(), right),
        (customer.id.replace("-", ""), right),
        ("not-an-id", right),
        ("%00", right),
        ("1' OR '1'='1", right),
    ]

    answers = [await _knock(client, door, conversation, token) for conversation, token in knocks]

    assert {status for status, _ in answers} == {404}
    assert all(error == answers[0][1] for _, error in answers)
    assert answers[0][1]["code"] == "conversation_not_found"
    assert "intrus" not in await customer.texts()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer  ", "Basic abc"])
async def test_without_a_token_nothing_is_looked_up(
    client: TestClient[Any, Any], customer: Customer, door: Any, token: str | None
) -> None:
    status, error = await _knock(client, door, customer.id, token)

    assert (status, error["code"]) == (401, "token_missing")


async def test_a_token_in_the_address_opens_nothing(client: TestClient[Any, Any], customer: Customer) -> None:
    response = await client.get(f"{customer.path}/messages?token={customer.token}")

    assert response.status == 401


async def test_refusals_are_in_the_conversations_language_else_the_browsers(
    client: TestClient[Any, Any], customer: Customer
) -> None:
    french = await customer.request("GET", "/messages?after=x", status=400, headers={"Accept-Language": "en"})
    english = await client.get(f"{customer.path}/messages", headers={"Accept-Language": "en"})

    assert french["error"]["message"].startswith("Un paramètre")
    assert (await english.json())["error"]["message"].startswith("The conversation’s token is missing")
    assert english.headers["Content-Language"] == "en"
    assert english.headers["WWW-Authenticate"] == "Bearer"

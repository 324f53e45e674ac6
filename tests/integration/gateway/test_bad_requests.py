"""Everything a client may get wrong has one kind of answer, and reaches nobody behind the door."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from gateway.web import bodies
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer

BODIES = [
    (b"", 400, "invalid_json"),
    (b"{", 400, "invalid_json"),
    (b"null", 422, "invalid_request"),
    (b"[]", 422, "invalid_request"),
    (b'"text"', 422, "invalid_request"),
    (b"[" * 5000, 400, "invalid_json"),
    (b'{"client_message_id": "a", "text": "\xff\xfe"}', 400, "invalid_json"),
    (b'\xef\xbb\xbf{"client_message_id": "a", "text": "a"}', 400, "invalid_json"),
    (b'{"client_message_id": "a", "text": "\\ud800"}', 400, "invalid_json"),
    (b'{"client_message_id": "a"}', 422, "invalid_request"),
    (b'{"text": "a"}', 422, "invalid_request"),
    (b'{"client_message_id": "a", "text": null}', 422, "invalid_request"),
    (b'{"client_message_id": "a", "text": 5}', 422, "invalid_request"),
    (b'{"client_message_id": "a", "text": ["a"]}', 422, "invalid_request"),
    (b'{"client_message_id": 7, "text": "a"}', 422, "invalid_request"),
    (b'{"client_message_id": "", "text": "a"}', 422, "invalid_request"),
    (b'{"client_message_id": "a b", "text": "a"}', 422, "invalid_request"),
    (b'{"client_message_id": "a\\n", "text": "a"}', 422, "invalid_request"),
    (b'{"client_message_id": "' + b"a" * 65 + b'", "text": "a"}', 422, "invalid_request"),
    (b'{"client_message_id": "a", "text": "a", "button": "b"}', 422, "invalid_request"),
    (
        b'{"client_message_id": "a", "text": "a", "sender": "x", "code": 1, "headers": 2}',
        422,
        "invalid_request",
    ),
    (b'{"client_message_id": "a", "text": "a", "self": 1, "key": 1, "language": 1}', 422, "invalid_request"),
    (b'{"client_message_id": ' + b"9" * 5000 + b', "text": "a"}', 400, "invalid_json"),
    (b'{"client_message_id": "a", "text": ""}', 422, "message_empty"),
    (b'{"client_message_id": "a", "text": " \\n\\t "}', 422, "message_empty"),
    (
        '{"client_message_id": "a", "text": "\u200b\u00a0\u202e\u2060\ufeff\u3000"}'.encode(),
        422,
        "message_empty",
    ),
    (b'{"client_message_id": "a", "text": "\\u0000\\u0007"}', 422, "message_empty"),
    (b'{"client_message_id": "a", "text": "' + b"a" * 1001 + b'"}', 422, "message_too_long"),
    (b'{"client_message_id": "a", "text": "' + b"a" * 1_000_000 + b'"}', 413, "body_too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BODIES)
async def test_a_body_that_will_not_do_is_refused(
    customer: Customer, rasa: FakeRasa, body: bytes, status: int, code: str
) -> None:
    before = len(rasa.asked)

    headers = {"Content-Type": "application/json"}
    refused = await customer.request("POST", "/messages", status=status, data=body, headers=headers)

    assert refused["error"]["code"] == code
    assert len(rasa.asked) == before
    assert len(await customer.transcript()) == 1


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml"]
)
async def test_only_json_is_read(customer: Customer, content_type: str) -> None:
    refused = await customer.request(
        "POST", "/messages", status=415, data=b"{}", headers={"Content-Type": content_type}
    )

    assert refused["error"]["code"] == "unsupported_media_type"


async def test_other_charsets_are_not_read(customer: Customer) -> None:
    headers = {"Content-Type": "application/json; charset=utf-16"}
    data = json.dumps({"client_message_id": "a", "text": "a"}).encode("utf-16")

    refused = await customer.request("POST", "/messages", status=415, data=data, headers=headers)

    assert refused["error"]["code"] == "unsupported_media_type"


async def test_a_refusal_names_the_fields_with_codes(customer: Customer) -> None:
    body = {"client_message_id": 7, "text": "a", "sender": "bot"}

    refused = await customer.request("POST", "/messages", status=422, json=body)

    assert refused["error"]["fields"] == {"client_message_id": "invalid", "sender": "unknown"}


async def test_a_message_of_exactly_the_limit_is_taken(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("é" * 1000)

    assert rasa.said[-1] == "é" * 1000


async def test_a_message_of_the_limit_may_be_escaped_throughout(customer: Customer, rasa: FakeRasa) -> None:
    body = json.dumps({"client_message_id": "a", "text": "😀" * 1000}, ensure_ascii=True)

    await customer.request("POST", "/messages", data=body, headers={"Content-Type": "application/json"})

    assert rasa.said[-1] == "😀" * 1000


async def test_a_refusal_says_the_limit(customer: Customer) -> None:
    refused = await customer.say("a" * 1001, status=422)

    assert refused["error"]["fields"] == {"limit": 1000, "length": 1001}
    assert "1000" in refused["error"]["message"]


async def test_what_can_not_be_seen_is_taken_out(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("  bon\u0000jour\r\n\u202eça va\u200b ")

    assert rasa.said[-1] == "bonjour\nça va"


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=1.5", "after=99999999999", "limit=0", "limit=201"]
)
async def test_a_wrong_query_is_refused(customer: Customer, query: str) -> None:
    refused = await customer.request("GET", f"/messages?{query}", status=400)

    assert refused["error"]["code"] == "invalid_query"


async def test_a_transcript_can_be_read_in_parts(customer: Customer) -> None:
    await customer.say("un")
    await customer.say("deux")

    first = await customer.request("GET", "/messages?limit=3")
    second = await customer.request("GET", "/messages?limit=3&after=3")

    assert [line["seq"] for line in first["messages"]] == [1, 2, 3]
    assert first["more"] is True
    assert [line["seq"] for line in second["messages"]] == [4, 5]
    assert second["more"] is False


async def test_a_body_that_never_ends_is_given_up(
    client: TestClient[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "READ_SECONDS", 0.1)
    assert client.port is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(b"POST /api/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
    writer.write(b"Content-Length: 50\r\n\r\n{")

    head = await asyncio.wait_for(reader.readline(), timeout=5)

    assert b" 408 " in head
    writer.close()


async def test_too_many_messages_a_minute_are_refused_with_the_time_to_wait(
    start: Start, rasa: FakeRasa
) -> None:
    customer = await Customer.begin(await start(gateway_messages_per_minute=2))
    await customer.say("un", id="one")
    await customer.say("deux")

    refused = await customer.say("trois", status=429)

    assert refused["error"]["code"] == "too_many_messages"
    assert 1 <= refused["error"]["fields"]["retry_after"] <= 60
    assert rasa.said == ["un", "deux"]
    assert (await customer.say("un", id="one"))[
        "state"
    ] == "answered"  # an answer already given costs nothing
    other = await Customer.begin(customer.client)
    assert (await other.say("quatre"))["state"] == "answered"


async def test_a_failing_message_can_not_be_repeated_without_end(start: Start, rasa: FakeRasa) -> None:
    customer = await Customer.begin(await start(gateway_messages_per_minute=2))
    rasa.status = 500
    for _ in range(2):
        await customer.say("un", id="again")

    refused = await customer.say("un", id="again", status=429)

    assert refused["error"]["code"] == "too_many_messages"
    assert rasa.said == ["un", "un"]


async def test_too_many_unanswered_messages_are_refused(start: Start, rasa: FakeRasa) -> None:
    customer = await Customer.begin(await start(gateway_waiting_messages=2, rasa_timeout=5.0))
    rasa.gate = asyncio.Event()
    tasks = [asyncio.create_task(customer.say(f"{number}")) for number in range(2)]
    while len(await customer.transcript()) < 3:
        await asyncio.sleep(0.02)

    refused = await customer.say("trop", status=429)

    assert refused["error"]["code"] == "too_many_waiting"
    rasa.gate.set()
    assert [answer["state"] for answer in await asyncio.gather(*tasks)] == ["answered", "answered"]


async def test_too_many_new_conversations_from_one_address_are_refused(start: Start) -> None:
    client = await start(gateway_conversations_per_minute=2)
    for _ in range(2):
        await Customer.begin(client)

    response = await client.post("/api/conversations", headers={"X-Forwarded-For": "203.0.113.9"})

    assert response.status == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert (await response.json())["error"]["code"] == "too_many_conversations"


async def test_behind_a_proxy_addresses_are_counted_apart(start: Start) -> None:
    client = await start(gateway_conversations_per_minute=1, gateway_trusted_proxies=1)

    async def begin(forwarded: str) -> int:
        response = await client.post("/api/conversations", headers={"X-Forwarded-For": forwarded})
        return response.status

    assert await begin("203.0.113.1") == 201
    assert await begin("203.0.113.2") == 201
    assert await begin("198.51.100.7, 203.0.113.1") == 429  # what a client writes itself doesn't count


@pytest.mark.parametrize("data", [None, b""])
async def test_a_conversation_may_begin_without_a_body(client: TestClient[Any, Any], data: Any) -> None:
    response = await client.post(
        "/api/conversations", data=data, headers={"Accept-Language": "en-CA,fr;q=0.5"}
    )

    assert response.status == 201
    assert (await response.json())["language"] == "en"


@pytest.mark.parametrize("language", ["de", "", "FR", 1, None, ["fr"]])
async def test_only_our_languages_can_be_asked_for(client: TestClient[Any, Any], language: Any) -> None:
    response = await client.post("/api/conversations", json={"language": language})

    assert response.status == (201 if language is None else 422)

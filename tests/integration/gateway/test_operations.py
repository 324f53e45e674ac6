"""What machines are told: health, readiness, metrics, the description, and which sites may ask."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from openapi_spec_validator import validate
from pydantic import SecretStr

from gateway.errors import STATUS
from gateway.web.keys import DATABASE
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.contract import check_answer
from tests.integration.gateway.customer import Customer

Web = TestClient[Any, Any]
SITE = "https://www.example.ca"


async def test_alive_and_ready(client: Web, rasa: FakeRasa) -> None:
    health, ready = await client.get("/api/health"), await client.get("/api/ready")
    check_answer("GET", "/api/health", health.status, await health.json())
    check_answer("GET", "/api/ready", ready.status, await ready.json())
    assert (health.status, ready.status) == (200, 200)

    rasa.status = 500
    not_ready = await client.get("/api/ready")

    check_answer("GET", "/api/ready", not_ready.status, await not_ready.json())
    assert not_ready.status == 503
    assert (await client.get("/api/health")).status == 200


async def test_not_ready_without_a_database(client: Web) -> None:
    async def fail() -> None:
        raise OSError("gone")

    client.app[DATABASE].ping = fail

    response = await client.get("/api/ready")

    assert (await response.json())["checks"] == {"database": False, "assistant": True}


async def test_the_description_is_valid_and_names_every_door_of_the_api(client: Web) -> None:
    document = await (await client.get("/api/openapi.json")).json()

    validate(document)
    described = {
        (path, method)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    served = set()
    for route in client.app.router.routes():
        if (
            route.resource is not None
            and route.resource.canonical.startswith("/api")
            and not route.resource.canonical.startswith("/api/desk")
            and route.method != "HEAD"
        ):
            served.add((route.resource.canonical, route.method.lower()))
    assert described == served


async def test_metrics_count_without_names(start: Start) -> None:
    client = await start()
    customer = await Customer.begin(client)
    await customer.say("un secret")

    response = await client.get("/metrics")

    text = await response.text()
    assert 'gateway_turns_total{reason="",state="answered"} 1.0' in text
    assert 'route="/api/conversations/{id}/messages"' in text
    assert customer.id not in text
    assert "secret" not in text


async def test_metrics_are_for_this_machine_or_the_token(start: Start) -> None:
    open_here = await start()
    locked = await start(gateway_metrics_token=SecretStr("an-operators-token"))

    assert (await open_here.get("/metrics", headers={"X-Forwarded-For": "203.0.113.1"})).status == 403
    assert (await locked.get("/metrics")).status == 403
    assert (await locked.get("/metrics", headers={"Authorization": "Bearer wrong"})).status == 403
    right = {"Authorization": "Bearer an-operators-token"}
    assert (await locked.get("/metrics", headers=right)).status == 200


@pytest.mark.parametrize("address", ["/", "/fr/", "/api/health", "/api/none", "/none", "/static/none"])
async def test_every_answer_carries_the_security_headers_and_no_cookie(client: Web, address: str) -> None:
    response = await client.get(address, allow_redirects=False)

    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"]
    assert "Set-Cookie" not in response.headers
    assert "Server" not in response.headers


async def test_allowed_sites_may_embed_the_widget(start: Start) -> None:
    client = await start(gateway_allowed_origins=[SITE])
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }

    preflight = await client.options("/api/conversations", headers={"Origin": SITE, **asks})
    begun = await client.post("/api/conversations", headers={"Origin": SITE})
    refused = await client.get("/api/conversations/x/messages", headers={"Origin": SITE})

    assert preflight.status == 204
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]
    for response in (preflight, begun, refused):
        assert response.headers["Access-Control-Allow-Origin"] == SITE
        assert "Origin" in response.headers.getall("Vary")
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", SITE + ".evil.example", "http://www.example.ca"]
)
async def test_other_sites_may_not(start: Start, origin: str) -> None:
    client = await start(gateway_allowed_origins=[SITE])
    asks = {"Access-Control-Request-Method": "POST"}

    preflight = await client.options("/api/conversations", headers={"Origin": origin, **asks})
    begun = await client.post("/api/conversations", headers={"Origin": origin})

    for response in (preflight, begun):
        assert "Access-Control-Allow-Origin" not in response.headers


def test_every_status_of_a_refusal_is_a_refusal() -> None:
    assert all(400 <= status < 600 for status in STATUS.values())

"""One error body, whatever went wrong; the inside never shows; failures are planted to prove it."""

import logging
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from backend.api.app import create_app
from backend.settings import Settings
from tests.support.backend_client import Caller
from tests.support.backend_world import Person, World


async def explode(_request: web.Request) -> web.Response:
    raise RuntimeError("the inside: select * from accounts")


async def conflict(_request: web.Request) -> web.Response:
    raise web.HTTPConflict(text="plain text from the inside")


@pytest.mark.parametrize(
    ("path", "status", "code"), [("/explode", 500, "internal_error"), ("/conflict", 400, "bad_request")]
)
async def test_planted_failures_answer_with_the_one_body(
    world: World, path: str, status: int, code: str
) -> None:
    app = create_app(Settings(), world.backend)
    app.router.add_get("/explode", explode)
    app.router.add_get("/conflict", conflict)
    async with TestClient(TestServer(app)) as client, client.get(path) as answer:
        body = await answer.json()

    assert (answer.status, body["error"]["code"]) == (status, code)
    assert set(body["error"]) == {"code", "message", "fields", "next_step", "words"}
    assert "inside" not in str(body)


@pytest.mark.parametrize(
    ("method", "path", "data", "status", "code"),
    [
        ("GET", "/v1/nowhere", None, 404, "not_found"),
        ("PATCH", "/v1/profile", None, 405, "method_not_allowed"),
        ("POST", "/v1/sessions", b"{", 400, "invalid_json"),
        ("POST", "/v1/sessions", b"\xff", 400, "invalid_json"),
        ("POST", "/v1/sessions", b"[]", 422, "invalid_request"),
        ("POST", "/v1/sessions", b'{"user_id": "a\\u0000", "password": "b"}', 422, "invalid_request"),
        ("POST", "/v1/sessions", b" " * 70_000, 413, "body_too_large"),
    ],
)
async def test_bad_requests_are_told_apart(
    client: TestClient[Any, Any], method: str, path: str, data: bytes | None, status: int, code: str
) -> None:
    headers = {"Content-Type": "application/json", "Accept-Language": "en"}
    async with client.request(method, path, data=data, headers=headers) as answer:
        body = await answer.json()

    assert (answer.status, body["error"]["code"]) == (status, code)
    assert answer.headers["Content-Language"] == "en"


async def test_a_write_without_a_key_is_refused(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"
    async with as_marie.client.post(path, json={"plan": "world"}, headers=as_marie.headers) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, "idempotency_key_missing")


async def test_health_and_metrics_tell_no_personal_data(
    world: World,
    as_marie: Caller,
    marie: Person,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})
    async with as_marie.client.get("/metrics") as answer:
        metrics = await answer.text()
    async with as_marie.client.get("/health/ready") as answer:
        assert answer.status == 200

    told = metrics + caplog.text + capsys.readouterr().out
    assert 'route="/v1/accounts/{account_id}/plan"' in metrics
    for secret in (marie.account.id, marie.account.number, marie.profile.id, "marie@example.ca", "erable"):
        assert secret not in told

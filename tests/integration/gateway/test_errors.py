"""Planted failures: whatever breaks inside, the outside sees the one error body and none of the inside."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gateway.app import create_app
from gateway.settings import Settings
from gateway.web.keys import SERVICE

SECRET = "password=hunter2 at /srv/inside.py"


async def _raise(_request: web.Request) -> web.Response:
    raise RuntimeError(SECRET)


async def _teapot(_request: web.Request) -> web.Response:
    raise web.HTTPNotAcceptable(text=SECRET, reason="inside")


async def _unavailable(_request: web.Request) -> web.Response:
    raise web.HTTPBadGateway(text=SECRET)


@pytest.fixture
async def broken(settings: Settings) -> Any:
    app = create_app(settings)
    for prefix in ("/api/test", "/fr/test", "/en/test"):
        app.router.add_get(prefix + "/raise", _raise)
        app.router.add_get(prefix + "/teapot", _teapot)
        app.router.add_get(prefix + "/unavailable", _unavailable)
    client = TestClient(TestServer(app))
    await client.start_server()
    yield client
    await client.close()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("raise", 500, "internal_error"),
        ("teapot", 400, "bad_request"),
        ("unavailable", 500, "internal_error"),
    ],
)
async def test_api_failures_have_the_standard_body(
    broken: TestClient[Any, Any], path: str, status: int, code: str
) -> None:
    response = await broken.get(f"/api/test/{path}")

    body = await response.text()
    assert response.status == status
    assert (await response.json())["error"]["code"] == code
    assert "hunter2" not in body + str(response.headers)
    assert "inside" not in body + str(response.reason)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Un problème est survenu"), ("en", "There is a problem")]
)
async def test_page_failures_are_pages_with_a_way_out(
    broken: TestClient[Any, Any], language: str, words: str
) -> None:
    response = await broken.get(f"/{language}/test/raise")

    body = await response.text()
    assert response.status == 500
    assert f"<h1>{words}</h1>" in body
    assert f'<html lang="{language}-CA">' in body
    assert "tel:+1" in body
    assert "hunter2" not in body


async def test_a_failing_page_maker_still_answers(
    broken: TestClient[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_options: Any) -> str:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("gateway.web.error_pages.render_page", fail)

    response = await broken.get("/fr/nulle/part")

    assert response.status == 404
    assert await response.text() == "Cette adresse n’existe pas."


async def test_a_failing_database_is_not_told(broken: TestClient[Any, Any]) -> None:
    async def fail(*_args: Any, **_options: Any) -> None:
        raise RuntimeError(SECRET)

    broken.app[SERVICE].begin = fail

    response = await broken.post("/api/conversations")

    assert response.status == 500
    assert set((await response.json())["error"]) == {"code", "message", "fields"}
    assert "hunter2" not in await response.text()


@pytest.mark.parametrize(("language", "words"), [("fr", "Page introuvable"), ("en", "Page not found")])
async def test_missing_pages_are_told_in_the_readers_language(
    client: TestClient[Any, Any], language: str, words: str
) -> None:
    for address, headers in [
        (f"/{language}/faq/none", {}),
        (f"/{language}/none", {}),
        ("/none", {"Accept-Language": language}),
    ]:
        response = await client.get(address, headers=headers)
        assert response.status == 404
        assert f"<h1>{words}</h1>" in await response.text()
        assert response.headers["Content-Language"] == language


async def test_wrong_methods_and_addresses_of_the_api(client: TestClient[Any, Any]) -> None:
    missing = await client.get("/api/none")
    wrong = await client.delete("/api/conversations")

    assert (missing.status, (await missing.json())["error"]["code"]) == (404, "not_found")
    assert (wrong.status, (await wrong.json())["error"]["code"]) == (405, "method_not_allowed")
    assert wrong.headers["Allow"] == "POST"

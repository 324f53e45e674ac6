"""The terminal's conversation, against a running gateway."""

import io
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gateway.talk import talk
from tests.fakes.backend import PASSWORD, FakeBackend
from tests.fakes.rasa import SIGN_IN_CARD, FakeRasa, echo, message


async def _talk(client: TestClient[Any, Any], typed: str, language: Any = "fr") -> tuple[int, str]:
    out = io.StringIO()
    code = await talk(str(client.make_url("")), language, io.StringIO(typed), out)
    return code, out.getvalue()


async def test_lines_are_answered_until_they_end(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    code, shown = await _talk(client, "combien?\n\n  \nmerci\n")

    assert code == 0
    assert rasa.said == ["combien?", "merci"]
    assert shown.index("Bonjour") < shown.index("echo: combien?") < shown.index("echo: merci")
    assert shown.rstrip().endswith("Au revoir!")


async def test_a_number_chooses_a_button_and_otherwise_is_text(
    client: TestClient[Any, Any], rasa: FakeRasa
) -> None:
    buttons = [{"title": "Le prix", "payload": "/faq_cost"}, {"title": "Autre", "payload": "/other"}]
    with_buttons = {"language": "fr", "messages": [message("Vous voulez dire?", buttons=buttons)]}
    plain = {"language": "fr", "messages": [message("Bien.")]}
    rasa.script = lambda turn: with_buttons if turn["message"] == "prix" else plain

    _, shown = await _talk(client, "prix\n2\n2\n/restart\n")

    assert "[1] Le prix" in shown
    assert [(turn["kind"], turn["message"]) for turn in rasa.asked] == [
        ("text", "prix"),
        ("payload", "/other"),
        ("text", "2"),
        ("text", "/restart"),
    ]


async def test_a_refusal_is_shown_and_the_conversation_goes_on(
    client: TestClient[Any, Any], rasa: FakeRasa
) -> None:
    _, shown = await _talk(client, "a" * 1001 + "\nhello\n", "en")

    assert "! Your message is too long (at most 1000 characters)" in shown
    assert "echo: hello" in shown


async def test_signing_in_asks_for_both_until_it_works_or_the_customer_would_rather_not(
    client: TestClient[Any, Any], rasa: FakeRasa, backend: FakeBackend
) -> None:
    asks = {"language": "fr", "messages": [message("Ouvrez une session.", card=SIGN_IN_CARD)]}
    rasa.script = lambda turn: asks if turn["message"] == "mon solde" else echo(turn)
    typed = ["mon solde", "", "merci", "mon solde", "marie", "faux", "marie", PASSWORD, "fin"]

    _, shown = await _talk(client, "\n".join(typed) + "\n")

    assert rasa.said == ["mon solde", "merci", "mon solde", "/signed_in", "fin"]
    assert list(backend.sessions.values()) == ["marie"]
    assert "! L’identifiant ou le mot de passe est inexact." in shown
    assert "echo: /signed_in" in shown
    assert PASSWORD not in shown


async def test_without_a_gateway_it_says_what_to_do() -> None:
    out = io.StringIO()

    code = await talk("http://127.0.0.1:9", "en", io.StringIO("hello\n"), out)

    assert code == 1
    assert "http://127.0.0.1:9" in out.getvalue()
    assert "make run" in out.getvalue()


async def test_a_gateway_that_goes_away_is_told() -> None:
    out = io.StringIO()
    async with TestServer(_gateway_that_hangs_up()) as server:
        code = await talk(str(server.make_url("")), "fr", io.StringIO("un\n"), out)

    assert code == 0
    assert "La connexion est perdue" in out.getvalue()


def _gateway_that_hangs_up() -> web.Application:
    async def begin(_request: web.Request) -> web.Response:
        begun = {"id": "a", "token": "b", "language": "fr", "messages": []}
        return web.json_response(begun, status=201)

    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    app = web.Application()
    app.router.add_post("/api/conversations", begin)
    app.router.add_post("/api/conversations/a/messages", hang_up)
    return app

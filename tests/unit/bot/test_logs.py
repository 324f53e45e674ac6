"""What customers wrote is in no log, also when something breaks."""

import importlib
import logging
import socket
from collections.abc import Iterator

import aiohttp
import pytest
from sanic import Sanic

from bot.actions.__main__ import build
from bot.logs import keep_messages_out

SECRET = "a-secret-of-sixteen"
PRIVATE = "12, rue Secrète"


@pytest.fixture(autouse=True)
def own_records() -> Iterator[None]:
    """Log records as they are made in the processes, for one test."""
    usual = logging.getLogRecordFactory()
    keep_messages_out()
    yield
    logging.setLogRecordFactory(usual)


def fail() -> None:
    """An error about another."""
    try:
        int(PRIVATE)
    except ValueError as error:
        raise RuntimeError(f"not a number: {PRIVATE}") from error


def test_an_errors_kind_and_place_are_logged_and_its_message_is_not(caplog: pytest.LogCaptureFixture) -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("test").exception("could not read %s", "an amount")

    assert "could not read an amount" in caplog.text
    assert caplog.text.index("builtins.ValueError") < caplog.text.index("builtins.RuntimeError")
    assert "in fail" in caplog.text
    assert PRIVATE not in caplog.text


def test_a_start_that_fails_says_what_is_missing(caplog: pytest.LogCaptureFixture) -> None:
    try:
        importlib.import_module("no_such_module")
    except ImportError:
        logging.getLogger("test").exception("no start")

    assert "ModuleNotFoundError: No module named 'no_such_module'" in caplog.text


def test_records_without_an_error_are_as_they_were(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("%d of %d", 1, 2)

    assert caplog.messages == ["1 of 2"]


async def test_a_failed_action_repeats_the_conversation_to_nobody(caplog: pytest.LogCaptureFixture) -> None:
    Sanic.test_mode = True
    listening = socket.create_server(("127.0.0.1", 0))
    server = await build(SECRET).create_server(sock=listening, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    call = {"next_action": "action_repeat", "sender_id": PRIVATE, "tracker": PRIVATE, "domain": {"slots": {}}}
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/webhook"
    headers = {"Authorization": f"Bearer {SECRET}"}

    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, json=call) as answer:
        status, body = answer.status, await answer.text()
    server.close()
    await server.wait_closed()

    assert (status, body) == (500, '{"error":"failed"}')
    assert "Exception occurred" in caplog.text
    assert PRIVATE not in caplog.text

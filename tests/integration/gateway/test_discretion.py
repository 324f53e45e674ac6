"""What a customer types to sign in is found nowhere afterwards: no log, no table, no metric, no turn."""

import asyncio
import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import MetaData, select

from gateway.log import configure_logging
from gateway.settings import Settings
from gateway.web.keys import DATABASE
from tests.fakes.backend import TRIES, FakeBackend
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import follow

USER, PASSWORD, WORDS = "marqueur.utilisateur", "marqueur-de-passe-7", "marqueur de paroles"


@pytest.fixture(params=["console", "json"])
def logs(request: pytest.FixtureRequest, settings: Settings) -> Iterator[io.StringIO]:
    """All that is logged, in the form the operator chose, and the servers' own loggers at their loudest."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logging(settings.model_copy(update={"gateway_log_format": request.param}))
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # ours is a StreamHandler
    loud = [
        logging.getLogger(name) for name in ("aiohttp.access", "aiohttp.server", "aiohttp.client", "asyncio")
    ]
    for logger in loud:
        logger.setLevel(logging.DEBUG)
    yield written
    for logger in loud:
        logger.setLevel(logging.NOTSET)
    root.handlers[:], root.level = before, level


async def _everything_stored(client: TestClient[Any, Any]) -> str:
    tables, rows = MetaData(), []
    async with client.app[DATABASE].engine.connect() as connection:
        await connection.run_sync(tables.reflect)
        for table in tables.tables.values():
            rows += (await connection.execute(select(table))).all()
    return str(rows)


async def test_nothing_typed_to_sign_in_is_kept_or_logged(
    start: Start, rasa: FakeRasa, backend: FakeBackend, logs: io.StringIO
) -> None:
    client = await start(backend_timeout=0.5, rasa_timeout=1.0)
    customer = await Customer.begin(client)
    backend.people[USER] = PASSWORD
    answers = await _all_that_can_happen(customer, rasa, backend)
    await _break_within(client, customer)
    metrics = await (await client.get("/metrics")).text()

    places = {"logs": logs.getvalue(), "metrics": metrics, "answers": str(answers), "rasa": str(rasa.asked)}
    stored = await _everything_stored(client)
    assert "sign_in_unavailable" in places["logs"]
    assert "request_failed" in places["logs"]
    assert "(BadHttpMessage)" in places["logs"]
    assert 'outcome="signed_in"' in places["metrics"]
    assert WORDS in stored
    for place, text in {**places, "stored": stored}.items():
        assert USER not in text, place
        assert PASSWORD not in text, place
    for place in ("logs", "metrics"):
        assert WORDS not in places[place], place
    for place in ("logs", "metrics", "answers"):
        assert [session_id for session_id in backend.opened if session_id in places[place]] == [], place


async def _all_that_can_happen(customer: Customer, rasa: FakeRasa, backend: FakeBackend) -> list[Any]:
    answers = [await customer.sign_in(USER, PASSWORD + "x", status=403)]
    async with follow(customer) as follower:
        answers += [await customer.sign_in(USER, PASSWORD), await customer.say(WORDS)]
        await follower.next("session")
        rasa.status = 500
        answers += [await customer.say(WORDS + " encore"), await customer.sign_in(USER, PASSWORD)]
        rasa.status, backend.status = 200, 500
        answers += [await customer.sign_in(USER, PASSWORD, status=503), await customer.sign_out()]
    backend.status, backend.delay = 200, 2.0
    answers.append(await customer.sign_in(USER, PASSWORD, status=503))
    backend.delay = 0
    body: dict[str, Any] = {"user_id": USER, "password": PASSWORD, "more": USER}
    answers.append(await customer.request("POST", "/sign-in", status=422, json=body))
    broken = f'{{"user_id": "{USER}", "password": "{PASSWORD}"'
    headers = {"Content-Type": "application/json"}
    answers.append(await customer.request("POST", "/sign-in", status=400, data=broken, headers=headers))
    backend.failures[USER] = TRIES
    answers.append(await customer.sign_in(USER, PASSWORD, status=429))
    backend.failures.clear()
    await _send_broken_chunks(customer)
    return answers


async def _send_broken_chunks(customer: Customer) -> None:
    # The body's own bytes stand where the size of a chunk should: what can't be read must not be logged.
    server = customer.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    lines = [
        f"POST {customer.path}/sign-in HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {customer.token}",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "",
        f'{{"user_id": "{USER}", "password": "{PASSWORD}"}}',
        "",
    ]
    writer.write("\r\n".join(lines).encode())
    async with asyncio.timeout(5):
        assert b"400" in await reader.readline()
    writer.close()


async def _break_within(client: TestClient[Any, Any], customer: Customer) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("planted")

    client.app[DATABASE].write = fail
    await customer.sign_in(USER, PASSWORD, status=500)

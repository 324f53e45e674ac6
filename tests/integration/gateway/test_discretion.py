"""What a customer types to sign in is found nowhere afterwards: no log, no table, no metric, no turn."""

import asyncio
import io
from typing import Any

from aiohttp.test_utils import TestClient

from gateway.web.keys import DATABASE
from tests.fakes.backend import TRIES, FakeBackend
from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import follow
from tests.integration.gateway.stored import everything_stored

USER, PASSWORD, WORDS = "marqueur.utilisateur", "marqueur-de-passe-7", "marqueur de paroles"


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
    stored = await everything_stored(client)
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

"""Endpoints hear of what happens: signed, masked, once in effect, again until they take it."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from gateway.desk.records import Role
from gateway.records.keys import MASKER
from gateway.settings import WebhookSetting
from gateway.web.keys import DATABASE
from gateway.webhooks.delivering import Deliverer
from gateway.webhooks.dispatch import dispatch
from gateway.webhooks.endpoints import (
    Endpoint,
    EndpointFaultError,
    check,
    do_add,
    do_remove,
    from_settings,
)
from gateway.webhooks.records import WebhookDelivery
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser

Web = TestClient[Any, Any]
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
EVENTS = frozenset({"handoff.requested", "operation.done", "conversation.begun"})


class Receiver:
    """A company's own system."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        self.status = 204
        self.location: str | None = None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        app.router.add_post("/elsewhere", self._take)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        self.got.append(({**request.headers, "path": request.path}, await request.text()))
        headers = {} if self.location is None else {"Location": self.location}
        return web.Response(status=self.status, headers=headers)


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    server = TestServer(receiver.app())
    await server.start_server()
    yield receiver, str(server.make_url("/hook"))
    await server.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def add(client: Web, url: str, events: frozenset[str] = EVENTS) -> None:
    await do_add(client.app[DATABASE], Endpoint("helpdesk", url, SECRET, events), now=datetime.now(UTC))


async def work(client: Web, http: aiohttp.ClientSession, *, minutes: float = 0) -> int:
    """What a worker does, some minutes from now; how many were tried."""

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    database = client.app[DATABASE]
    while await dispatch(database, client.app[MASKER], [], now=clock()):
        pass
    return await Deliverer(database, http, [], clock).deliver_due()


async def deliveries(client: Web) -> list[WebhookDelivery]:
    async with client.app[DATABASE].read() as session:
        return list((await session.execute(select(WebhookDelivery))).scalars())


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_handoff_is_told_signed_and_masked(
    start: Start, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    client = await start(desk_hours="Mo-Su 00:00-23:59")
    await add(client, receiver[1], frozenset({"handoff.requested"}))
    customer = await Customer.begin(client)
    await customer.say("mon compte 123 456 782")
    await customer.say("humain")

    assert await work(client, http) == 1

    ((headers, body),) = receiver[0].got
    told = json.loads(body)
    assert (told["type"], told["data"]["reason"]) == ("handoff.requested", "asked")
    assert told["data"]["conversation"] == customer.id
    assert "123 456 782" not in body
    assert "[numéro de compte masqué]" in body
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_several_workers_deliver_each_once(
    client: Web, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    await add(client, receiver[1])
    for _ in range(8):
        await Customer.begin(client)

    await asyncio.gather(*(work(client, http) for _ in range(4)))

    ids = [headers["webhook-id"] for headers, _ in receiver[0].got]
    assert len(ids) == len(set(ids)) == 8


async def test_what_fails_is_tried_again_under_the_same_id_and_given_up(
    client: Web, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    await add(client, receiver[1])
    receiver[0].status = 500
    await Customer.begin(client)

    assert [await work(client, http), await work(client, http), await work(client, http, minutes=1)] == [
        1,
        0,
        1,
    ]
    for hours in range(1, 20):
        await work(client, http, minutes=hours * 400)

    assert len(receiver[0].got) == 12
    assert len({headers["webhook-id"] for headers, _ in receiver[0].got}) == 1
    assert len({headers["webhook-timestamp"] for headers, _ in receiver[0].got}) > 10
    assert [(one.state, one.last_status) for one in await deliveries(client)] == [("failed", 500)]


async def test_redirects_are_not_followed(
    client: Web, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    await add(client, receiver[1])
    receiver[0].status, receiver[0].location = 307, "/elsewhere"
    await Customer.begin(client)

    await work(client, http)

    assert [headers["path"] for headers, _ in receiver[0].got] == ["/hook"]
    assert [one.state for one in await deliveries(client)] == ["waiting"]


async def test_who_is_gone_is_left_in_peace(
    client: Web, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    await add(client, receiver[1])
    receiver[0].status = 410
    await Customer.begin(client)
    await work(client, http)
    await do_remove(client.app[DATABASE], "helpdesk")
    await Customer.begin(client)
    await work(client, http)

    assert [one.state for one in await deliveries(client)] == ["failed"]


async def test_a_lead_replays_what_failed(
    client: Web, lead: DeskUser, rep: DeskUser, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    await add(client, receiver[1])
    receiver[0].status = 410
    await Customer.begin(client)
    await work(client, http)
    receiver[0].status = 200

    (shown,) = (await lead.request("GET", "/webhooks?state=failed"))["deliveries"]
    await rep.request("POST", f"/webhooks/{shown['id']}/replay", status=403)
    await lead.request("POST", f"/webhooks/{shown['id']}/replay")
    await work(client, http)

    assert [one.state for one in await deliveries(client)] == ["delivered"]
    assert len({headers["webhook-id"] for headers, _ in receiver[0].got}) == 1
    assert SECRET not in repr(await lead.request("GET", "/webhooks"))


async def test_deliveries_come_in_pages_that_neither_skip_nor_repeat(
    client: Web, lead: DeskUser, receiver: tuple[Receiver, str], http: aiohttp.ClientSession
) -> None:
    await add(client, receiver[1])
    other = Endpoint("archive", receiver[1], SECRET, EVENTS)
    await do_add(client.app[DATABASE], other, now=datetime.now(UTC))
    for _ in range(4):
        await Customer.begin(client)
    await work(client, http)
    whole = (await lead.request("GET", "/webhooks"))["deliveries"]

    paged, before = [], ""
    while before is not None:
        page = await lead.request("GET", f"/webhooks?limit=3{before and f'&before={before}'}")
        paged += page["deliveries"]
        if len(paged) == 3:
            await Customer.begin(client)  # what is new in the meantime moves nothing
            await work(client, http)
        before = page["older"]

    assert [one["id"] for one in paged] == [one["id"] for one in whole]
    assert len(whole) == 8
    path = "/webhooks?endpoint=archive&state=delivered"
    named = (await lead.request("GET", path))["deliveries"]
    assert {one["endpoint"] for one in named} == {"archive"}
    assert len(named) == 5
    await lead.request("GET", "/webhooks?before=yesterday", status=400)


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_leads_hear_of_deliveries_and_reps_do_not(
    start: Start,
    receiver: tuple[Receiver, str],
    http: aiohttp.ClientSession,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gateway.desk.api.connection.POLL_SECONDS", 600)
    is_shared = "postgres" in request.node.name
    client = await start(gateway_worker_inside=not is_shared, gateway_worker_pause=0.1)
    await add(client, receiver[1])
    lead = await DeskUser.enter(client, "ana", Role.LEAD)
    rep = await DeskUser.enter(client, "ivo")

    async with lead.live() as told, rep.live() as untold:
        await kinds(told, until="deliveries")  # as it stands at first
        await Customer.begin(client)
        if is_shared:
            await work(client, http)  # in another process
        await kinds(told, until="deliveries")
        untold_kinds = await kinds(untold, until="reps")

    assert "deliveries" not in untold_kinds


async def kinds(socket: aiohttp.ClientWebSocketResponse, *, until: str) -> list[str]:
    """The kinds of frames that come, up to the first of one kind."""
    found: list[str] = []
    async with asyncio.timeout(10):
        while until not in found:
            found.append((await socket.receive_json())["type"])
    return found


async def test_nobody_listening_is_an_error_and_not_a_crash(client: Web, http: aiohttp.ClientSession) -> None:
    await add(client, "http://127.0.0.1:9/hook")
    await Customer.begin(client)

    await work(client, http)

    assert [(one.state, one.last_error) for one in await deliveries(client)] == [
        ("waiting", "ClientConnectorError")
    ]


@pytest.mark.parametrize(
    ("url", "events", "secret"),
    [
        ("http://example.ca/hook", EVENTS, SECRET),
        ("ftp://example.ca/hook", EVENTS, SECRET),
        ("https://user:secret@example.ca/hook", EVENTS, SECRET),
        ("https:///hook", EVENTS, SECRET),
        ("https://example.ca/hook", frozenset({"nothing"}), SECRET),
        ("https://example.ca/hook", frozenset(), SECRET),
        ("https://example.ca/hook", EVENTS, "whsec_short"),
    ],
)
def test_unsafe_endpoints_are_refused(url: str, events: frozenset[str], secret: str) -> None:
    with pytest.raises(EndpointFaultError):
        check(Endpoint("x", url, secret, events))


def test_endpoints_come_from_the_settings_too() -> None:
    url: Any = "https://example.ca/hook"
    secret: Any = SECRET
    setting = WebhookSetting(name="crm", url=url, secret=secret, events=frozenset({"ticket.created"}))

    assert [one.name for one in from_settings([setting])] == ["crm"]

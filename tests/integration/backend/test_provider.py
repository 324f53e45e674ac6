"""The provider over HTTP against a server that checks it; refunds; pages that nobody finishes."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.domain.online import PaymentState
from backend.provider.hosted import Hosted
from backend.storage.database import Database
from tests.integration.backend.test_autopay import automatic
from tests.integration.backend.test_money import bills_of, until
from tests.support.backend_client import Caller, rep_for, signed_in
from tests.support.backend_provider import SECRET, FakeProvider, signature
from tests.support.backend_world import Clock, Person, World


@pytest.fixture
async def fake() -> FakeProvider:
    """The provider's side."""
    return FakeProvider(now=0)


@pytest.fixture
async def world(database: Database, fake: FakeProvider) -> AsyncIterator[World]:
    """A world whose provider is reached by HTTP."""
    clock = Clock()
    async with TestServer(fake.app()) as server:
        url = str(server.make_url("/v2"))
        hosted = Hosted(
            url, SECRET, "http://portal.example.ca", timeout=5, clock=lambda: clock.now.timestamp()
        )
        world = World(database, clock=clock, provider=hosted)
        fake.now = int(clock.now.timestamp())
        yield world


async def tell(client: TestClient[Any, Any], body: bytes, headers: dict[str, str]) -> int:
    async with client.post("/v1/provider/notices", data=body, headers=headers) as answer:
        return answer.status


async def test_one_time_payment_the_page_is_signed_and_its_notice_counts(
    client: TestClient[Any, Any], as_marie: Caller, marie: Person, fake: FakeProvider
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201)
    query, _, signed = urlsplit(started["page_url"]).query.rpartition("&signature=")
    body = fake.notice(started["id"])

    assert await tell(client, body, fake.headers(body)) == 200
    paid = await as_marie.get(f"{path}/{started['id']}")

    assert signature(query.encode()) == signed
    assert parse_qs(query)["amount_cents"] == ["8450"]
    assert (paid["state"], paid["authorization"]) == ("approved", "777002")


@pytest.mark.parametrize("wrong", ["old", "of tomorrow", "signed by another", "changed", "without a time"])
async def test_payment_security_a_notice_must_be_signed_and_fresh(
    client: TestClient[Any, Any], as_marie: Caller, marie: Person, fake: FakeProvider, wrong: str
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201)
    body = fake.notice(started["id"])
    if wrong == "signed by another":
        fake.signs_with = "a secret of somebody else"
    headers = fake.headers(body, seconds_ago={"old": 400, "of tomorrow": -86_400}.get(wrong, 0))
    if wrong == "without a time":
        del headers["X-Timestamp"]
    if wrong == "changed":
        body = body.replace(b"777002", b"777003")

    assert await tell(client, body, headers) == 403
    assert (await as_marie.get(f"{path}/{started['id']}"))["state"] == "started"


@pytest.mark.parametrize("cents", [8449, 8451, 0])
async def test_payment_security_a_notice_of_another_amount_is_refused(
    world: World,
    client: TestClient[Any, Any],
    as_marie: Caller,
    marie: Person,
    fake: FakeProvider,
    cents: int,
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201)
    body = fake.notice(started["id"], cents)

    assert await tell(client, body, fake.headers(body)) == 409
    assert (await as_marie.get(f"{path}/{started['id']}"))["state"] == "started"
    assert (await world.account(marie)).balance_cents == 8450


@pytest.mark.parametrize("trouble", ["none", "answer lost", "answer not signed"])
async def test_autopay_date_is_charged_once_whatever_becomes_of_the_answer(
    world: World,
    client: TestClient[Any, Any],
    as_marie: Caller,
    marie: Person,
    fake: FakeProvider,
    trouble: str,
) -> None:
    agreed = await as_marie.post(f"/v1/accounts/{marie.account.id}/autopay", status=201)
    body = fake.notice(agreed["id"], 0)
    await tell(client, body, fake.headers(body))
    await until(world, date(2026, 12, 29))
    fake.loses_answers = 1 if trouble == "answer lost" else 0
    fake.signs_with = "somebody" if trouble == "answer not signed" else SECRET
    world.clock.forward(days=1)
    fake.now = int(world.clock.now.timestamp())
    await world.worker.until_idle()
    in_between = (await automatic(world, marie.account.id))[0].state
    fake.signs_with = SECRET
    world.clock.forward(minutes=6)
    fake.now = int(world.clock.now.timestamp())
    await world.worker.until_idle()

    charged = (await automatic(world, marie.account.id))[0]
    assert in_between is (PaymentState.APPROVED if trouble == "none" else PaymentState.CHARGING)
    assert (charged.state, charged.authorization) == (PaymentState.APPROVED, "777001")
    assert len(fake.done) == 1
    assert {told["method_token"] for _, told in fake.asked} == {"tok_1"}
    assert (await world.account(marie)).balance_cents == 0


async def test_autopay_date_other_money_than_was_asked_for_is_never_recorded(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, fake: FakeProvider
) -> None:
    agreed = await as_marie.post(f"/v1/accounts/{marie.account.id}/autopay", status=201)
    body = fake.notice(agreed["id"], 0)
    await tell(client, body, fake.headers(body))
    fake.takes_more = 1
    await until(world, date(2026, 12, 29))
    world.clock.forward(days=1)
    fake.now = int(world.clock.now.timestamp())
    await world.worker.until_idle()

    charged = (await automatic(world, marie.account.id))[0]
    assert (charged.state, charged.receipt_number) == (PaymentState.CHARGING, None)
    assert (await world.account(marie)).balance_cents > 0


async def test_a_refund_by_a_rep_goes_back_once_with_a_receipt(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, fake: FakeProvider
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201)
    refunds = f"/v1/payments/{started['id']}/refunds"
    await rep_for(client).refused("refund_not_possible", "POST", refunds, {"amount_cents": 100}, status=409)
    body = fake.notice(started["id"])
    await tell(client, body, fake.headers(body))

    fake.loses_answers = 1
    first = await rep_for(client).post(refunds, {"amount_cents": 3000}, status=201, key="give-it-back")
    again = await rep_for(client).post(refunds, {"amount_cents": 3000}, status=201, key="give-it-back")
    left = await rep_for(client).refused(
        "refund_over_payment", "POST", refunds, {"amount_cents": 5451}, status=422
    )
    receipt = await as_marie.get(f"/v1/receipts/{again['receipt_number']}")

    assert (first["state"], again["state"], first["id"]) == ("charging", "approved", again["id"])
    assert left["left_cents"] == 5450
    assert (receipt["operation"], receipt["after"]["amount_cents"], receipt["actor"]) == (
        "refund",
        3000,
        "rep",
    )
    assert (await world.account(marie)).balance_cents == 3000
    assert len(fake.done) == 1
    assert fake.asked[0][1]["authorization"] == "777002"

    await until(world, date(2026, 12, 11))
    bill = (await bills_of(world, marie))[0]
    assert [line["cents"] for line in bill.payments] == [8450, -3000]
    assert bill.previous_cents - bill.payments_cents + 4024 == bill.total_cents


async def test_a_refund_whose_answer_was_lost_is_finished_by_the_worker(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, fake: FakeProvider
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201)
    body = fake.notice(started["id"])
    await tell(client, body, fake.headers(body))
    fake.loses_answers = 1
    refunds = f"/v1/payments/{started['id']}/refunds"
    refund = await rep_for(client).post(refunds, {"amount_cents": 8450}, status=201)

    world.clock.forward(minutes=6)
    fake.now = int(world.clock.now.timestamp())
    await world.worker.until_idle()

    assert (await as_marie.get(f"{path}/{refund['id']}"))["state"] == "approved"
    assert len(fake.done) == 1


async def test_a_page_nobody_finishes_is_closed_and_a_late_approval_still_counts(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, fake: FakeProvider
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201)
    world.clock.forward(minutes=59)
    await world.worker.until_idle()
    as_marie = await signed_in(client, marie)
    open_still = await as_marie.get(f"{path}/{started['id']}")
    world.clock.forward(minutes=2)
    await world.worker.until_idle()
    closed = await as_marie.get(f"{path}/{started['id']}")
    fake.now = int(world.clock.now.timestamp())
    body = fake.notice(started["id"])

    await tell(client, body, fake.headers(body))

    assert (open_still["state"], closed["state"], closed["page_url"]) == ("started", "expired", None)
    assert (await as_marie.get(f"{path}/{started['id']}"))["state"] == "approved"

"""Automatic payment charges what is still owed, once; the demo's own customer can be charged too."""

from datetime import date
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from backend.demo import load_demo_data
from backend.domain.online import Payment, PaymentKind, PaymentState
from tests.integration.backend.test_money import GOOD, PAPER, bills_of, until, use_card
from tests.support.backend_client import Caller, signed_in
from tests.support.backend_world import Person, World


async def automatic(world: World, account_id: str) -> list[Payment]:
    async with world.backend.store.reading() as uow:
        found = await uow.payments.of_account(account_id, limit=20)
    return [payment for payment in found if payment.kind is PaymentKind.AUTOPAY]


@pytest.mark.parametrize("is_all", [True, False])
async def test_autopay_date_what_was_paid_since_the_bill_is_not_charged_again(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, is_all: bool
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await use_card(client, world, await as_marie.post(f"{path}/autopay", status=201), GOOD)
    await until(world, date(2026, 12, 12))
    bill = (await bills_of(world, marie))[0]
    as_marie = await signed_in(client, marie)
    paid = bill.total_cents if is_all else 1000
    started = await as_marie.post(f"{path}/payments", {"amount_cents": paid}, status=201)
    await use_card(client, world, started, GOOD)

    await until(world, date(2026, 12, 31))

    charged = (await automatic(world, marie.account.id))[0]
    assert (await world.account(marie)).balance_cents == 0
    assert charged.cents == bill.total_cents - paid
    assert charged.state is (PaymentState.NOT_NEEDED if is_all else PaymentState.APPROVED)
    assert (charged.receipt_number is None) == is_all
    assert world.mail.to(PAPER) == []


async def test_autopay_monthly_bill_the_demo_customer_is_charged_in_the_sandbox(world: World) -> None:
    await load_demo_data(world.backend)
    async with world.backend.store.reading() as uow:
        claire = await uow.accounts.by_number("400100108")
    assert claire is not None

    await until(world, date(2027, 1, 31))

    first = (await automatic(world, claire.id))[-1]
    assert (first.state, first.cents > 0, len(first.authorization or "")) == (PaymentState.APPROVED, True, 6)

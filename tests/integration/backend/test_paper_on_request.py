"""Paper by right beside the e-bill: the one exception to the FAQ's ebill_and_paper."""

from datetime import date
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from backend.domain.bills import Travel
from tests.integration.backend.test_money import GOOD, PAPER, bills_of, until, use_card
from tests.support.backend_client import Caller, rep_for, signed_in
from tests.support.backend_world import Person, World


async def test_ebill_and_paper_both_travel_only_for_those_who_asked_by_right(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await as_marie.post(f"{path}/ebill", {"email": "m@example.ca", "consent": True})
    asked = await as_marie.post(f"{path}/paper-on-request", {"reason": "sixty_five_or_over"})
    await as_marie.refused(
        "paper_on_request_already_on",
        "POST",
        f"{path}/paper-on-request",
        {"reason": "sixty_five_or_over"},
        status=409,
    )
    state = await as_marie.get(f"{path}/ebill")
    await until(world, date(2026, 12, 11))
    both = (len(world.mail.to(PAPER)), len(world.mail.to("m@example.ca")))
    stopped = await rep_for(client, marie).delete(f"{path}/paper-on-request")
    await until(world, date(2027, 1, 11))
    async with world.backend.store.reading() as uow:
        trail = [(one.action, one.actor_kind) for one in await uow.audit.of_profile(marie.profile.id)]

    assert (state["delivery"], state["paper_on_request"]) == ("ebill", "sixty_five_or_over")
    assert {line["after"] for line in asked["words"]["lines"]} == {"par courriel", "oui, 65 ans ou plus"}
    assert both == (1, 1)
    assert [bill.travel for bill in await bills_of(world, marie)] == [Travel.EBILL, Travel.BOTH]
    assert (len(world.mail.to(PAPER)), len(world.mail.to("m@example.ca"))) == (1, 2)
    assert stopped["actor"] == "rep"
    assert ("paper_on_request", "customer") in trail
    assert ("paper_on_request_end", "rep") in trail


async def test_ebill_not_received_the_paper_that_came_anyway_is_not_sent_twice(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await as_marie.post(f"{path}/ebill", {"email": "m@example.ca", "consent": True})
    await as_marie.post(f"{path}/paper-on-request", {"reason": "disability"})
    await until(world, date(2026, 12, 11))

    bounce = {"message_id": (await bills_of(world, marie))[0].message_id}
    told = await rep_for(client).post("/v1/ebill-bounces", bounce)
    await world.worker.until_idle()

    assert told["returned_to_paper"]
    assert len(world.mail.to(PAPER)) == 1


@pytest.mark.parametrize("reason", [None, "no_internet_or_data"])
async def test_autopay_monthly_bill_paper_on_request_comes_under_automatic_payment_too(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, reason: str | None
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await use_card(client, world, await as_marie.post(f"{path}/autopay", status=201), GOOD)
    if reason:
        await as_marie.post(f"{path}/paper-on-request", {"reason": reason})
    await until(world, date(2026, 12, 31))

    assert len(world.mail.to(PAPER)) == (1 if reason else 0)
    assert (await world.account(marie)).balance_cents == 0


async def test_paper_on_request_a_bill_sent_again_travels_both_ways(
    world: World, as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await until(world, date(2026, 12, 11))
    as_marie = await signed_in(as_marie.client, marie)
    await as_marie.refused("paper_on_request_not_on", "DELETE", f"{path}/paper-on-request", status=409)
    await as_marie.post(f"{path}/ebill", {"email": "m@example.ca", "consent": True})
    await as_marie.post(f"{path}/paper-on-request", {"reason": "disability"})
    bill = (await as_marie.get(f"{path}/bills"))["bills"][0]

    await as_marie.post(f"{path}/bills/{bill['id']}/send")
    await world.worker.until_idle()

    assert (len(world.mail.to(PAPER)), len(world.mail.to("m@example.ca"))) == (2, 1)

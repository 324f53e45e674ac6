"""Another customer's records answer exactly as records that do not exist, on every route that names one."""

import re
from typing import Any

from backend.api.routes import Who, example_of
from backend.api.table import ROUTES
from tests.support.backend_client import Caller, signed_in
from tests.support.backend_world import NEW_HOME_JSON, Person, World

BODIES: dict[str, Any] = {
    "change_address": {"address": NEW_HOME_JSON},
    "switch_plan": {"plan": "world"},
    "report_payment": {"amount_cents": 100, "paid_on": "2026-11-20", "method": "bank"},
    "enrol_ebill": {"email": "m@example.ca", "consent": True},
    "change_ebill_email": {"email": "m@example.ca"},
    "ask_for_paper": {"reason": "disability"},
    "start_payment": {"amount_cents": 100},
    "start_autopay": {},
    "send_bill": {},
}
NAMED = [route for route in ROUTES if "{" in route.path and route.who is Who.CUSTOMER]


def fill(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda found: ids.get(found[1], example_of(found[1])), path)


async def test_a_neighbours_id_answers_as_an_unknown_one_on_every_route(
    world: World, as_marie: Caller, marie: Person, boris: Person
) -> None:
    ids = await ids_of_boris(world, as_marie, boris)
    before = await everything(world, boris)
    as_marie = await signed_in(as_marie.client, marie)

    for route in NAMED:
        theirs = await as_marie.call(route.method, fill(route.path, ids), BODIES.get(route.name), status=404)
        nobodys = await as_marie.call(route.method, fill(route.path, {}), BODIES.get(route.name), status=404)

        assert theirs == nobodys, route.name
        assert await everything(world, boris) == before, route.name
    assert len(NAMED) > 20


async def ids_of_boris(world: World, as_marie: Caller, boris: Person) -> dict[str, str]:
    """Boris has one of everything that has an id."""
    as_boris = await signed_in(as_marie.client, boris)
    account = f"/v1/accounts/{boris.account.id}"
    receipt = await as_boris.post(f"{account}/plan", {"plan": "world"})
    report = await as_boris.post(f"{account}/payment-reports", BODIES["report_payment"], status=201)
    payment = await as_boris.post(f"{account}/payments", {"amount_cents": 100}, status=201)
    world.clock.forward(days=17)
    await world.worker.until_idle()
    async with world.backend.store.reading() as uow:
        bill = (await uow.bills.of_account(boris.account.id, limit=1))[0]
    return {
        "payment_id": payment["id"],
        "bill_id": bill.id,
        "account_id": boris.account.id,
        "receipt_number": receipt["number"],
        "report_id": report["subject_id"],
    }


async def everything(world: World, person: Person) -> Any:
    account = await world.account(person)
    async with world.backend.store.reading() as uow:
        receipts = await uow.receipts.of_account(account.id, limit=100)
    return vars(account) | {"_sa_instance_state": None}, [receipt.undone_by for receipt in receipts]


async def test_a_report_of_ones_other_account_is_not_found_under_this_one(
    world: World, as_marie: Caller, marie: Person, boris: Person
) -> None:
    ids = await ids_of_boris(world, as_marie, boris)
    as_marie = await signed_in(as_marie.client, marie)
    mine = f"/v1/accounts/{marie.account.id}"

    await as_marie.refused(
        "payment_report_not_found", "GET", f"{mine}/payment-reports/{ids['report_id']}", status=404
    )
    await as_marie.refused("payment_not_found", "GET", f"{mine}/payments/{ids['payment_id']}", status=404)
    await as_marie.refused("bill_not_found", "GET", f"{mine}/bills/{ids['bill_id']}/pdf", status=404)


async def test_a_list_asked_for_a_neighbours_account_is_refused(as_marie: Caller, boris: Person) -> None:
    path = f"/v1/receipts?account_id={boris.account.id}"

    await as_marie.refused("account_not_found", "GET", path, status=404)


async def test_nobody_gets_in_without_signing_in(as_marie: Caller) -> None:
    stranger = Caller(as_marie.client)
    invented = {"Authorization": "Bearer invented-token-of-some-length"}

    for route in ROUTES:
        if route.who is Who.ANYONE:
            continue
        path = fill(route.path, {})
        await stranger.refused("not_signed_in", route.method, path, status=401)
        answer = await stranger.call(route.method, path, status=401, **invented)
        assert answer["error"]["code"] in ("session_expired", "not_signed_in"), route.name

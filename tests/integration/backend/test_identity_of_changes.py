"""Which change is which: undoing the very one, reports that look alike, old proofs, addresses to verify."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.integration.backend.test_money import GOOD, bills_of, until, use_card
from tests.support.backend_client import Caller, rep_for, signed_in
from tests.support.backend_world import NEW_HOME_JSON, PASSWORD, Person, World

OTHER_HOME_JSON = {**NEW_HOME_JSON, "line1": "9, rue Autre"}


async def test_undo_takes_back_only_the_operation_that_made_the_present_state(
    as_marie: Caller, marie: Person
) -> None:
    plan, address = (f"/v1/accounts/{marie.account.id}/{what}" for what in ("plan", "address"))
    ebill = f"/v1/accounts/{marie.account.id}/ebill"
    me, you = {"email": "m@example.ca", "consent": True}, {"email": "x@example.ca"}
    first = [
        await as_marie.post(plan, {"plan": "world"}),
        await as_marie.post(address, {"address": NEW_HOME_JSON}),
        await as_marie.post(ebill, me),
    ]
    await as_marie.post(plan, {"plan": "canada_500"})
    await as_marie.post(address, {"address": OTHER_HOME_JSON})
    await as_marie.post(f"{ebill}/address", you)
    last = [
        await as_marie.post(plan, {"plan": "world"}),
        await as_marie.post(address, {"address": NEW_HOME_JSON}),
        await as_marie.post(f"{ebill}/address", {"email": "m@example.ca"}),
    ]

    for receipt in first:
        undo = f"/v1/receipts/{receipt['number']}/undo"
        await as_marie.refused("undo_changed_since", "POST", undo, status=409)
    undone = [await as_marie.post(f"/v1/receipts/{one['number']}/undo") for one in last]

    assert [receipt["undoes"] for receipt in undone] == [receipt["number"] for receipt in last]


async def test_why_report_payment_one_told_another_way_must_be_confirmed(
    as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payment-reports"
    report = {"amount_cents": 8450, "paid_on": "2026-11-20", "method": "bank", "reference": "A1"}
    first = await as_marie.post(path, report, status=201)
    other_way = {**report, "method": "online_banking", "reference": ""}

    fields = await as_marie.refused("payment_looks_reported", "POST", path, other_way, status=409)
    await as_marie.post(path, {**other_way, "paid_on": "2026-11-19"}, status=201)
    await as_marie.post(path, {**other_way, "confirm_duplicate": True}, status=201)
    confirmed = {**report, "confirm_duplicate": True}
    await as_marie.refused("payment_already_reported", "POST", path, confirmed, status=409)

    assert fields == {"receipt_number": first["number"], "state": "received", "method": "bank"}


async def test_reps_see_the_reports_that_wait_the_oldest_first(
    client: TestClient[Any, Any], as_marie: Caller, marie: Person, boris: Person
) -> None:
    as_boris = await signed_in(client, boris)
    for caller, person, cents in ((as_marie, marie, 100), (as_boris, boris, 200), (as_marie, marie, 300)):
        body = {"amount_cents": cents, "paid_on": "2026-11-20", "method": "cheque"}
        await caller.post(f"/v1/accounts/{person.account.id}/payment-reports", body, status=201)
    rep = rep_for(client)
    first = (await rep.get("/v1/payment-reports?limit=1"))["payment_reports"][0]
    await rep.post(f"/v1/payment-reports/{first['id']}/state", {"state": "applied"})

    waiting = (await rep.get("/v1/payment-reports"))["payment_reports"]
    after = waiting[0]["reported_at"].replace("+", "%2B")
    later = (await rep.get(f"/v1/payment-reports?state=received&after={after}"))["payment_reports"]
    await rep.post(f"/v1/payment-reports/{waiting[0]['id']}/state", {"state": "processing"})
    processing = (await rep.get("/v1/payment-reports?state=processing"))["payment_reports"]
    await as_marie.refused("not_signed_in", "GET", "/v1/payment-reports", status=401)

    assert (first["account_number"], first["amount_cents"]) == (marie.account.number, 100)
    assert [(one["account_number"], one["amount_cents"]) for one in waiting] == [
        (boris.account.number, 200),
        (marie.account.number, 300),
    ]
    assert [one["amount_cents"] for one in later] == [300]
    assert [one["id"] for one in processing] == [waiting[0]["id"]]


async def test_account_linking_meaning_the_postal_code_of_the_latest_bill_is_proof_too(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, boris: Person
) -> None:
    proof = {"account_number": boris.account.number}
    await until(world, date(2026, 12, 11))
    as_boris = await signed_in(client, boris)
    await as_boris.post(f"/v1/accounts/{boris.account.id}/address", {"address": NEW_HOME_JSON})
    as_marie = await signed_in(client, marie)

    await as_marie.refused(
        "proof_not_matching", "POST", "/v1/accounts", {**proof, "postal_code": "H1R 2B5"}, status=422
    )
    await as_marie.post("/v1/accounts", {**proof, "postal_code": "G1R 2B5"}, status=201)
    await as_marie.post(f"/v1/accounts/{boris.account.id}/unlink")
    await as_marie.post("/v1/accounts", {**proof, "postal_code": "H2Z 1A4"}, status=201)
    await as_marie.post(f"/v1/accounts/{boris.account.id}/unlink")
    await until(world, date(2027, 1, 11))
    as_marie = await signed_in(client, marie)
    await as_marie.refused(
        "proof_not_matching", "POST", "/v1/accounts", {**proof, "postal_code": "G1R 2B5"}, status=422
    )


async def test_change_credentials_a_new_email_address_is_used_once_its_link_is_opened(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    old, new = "marie@example.ca", "m.tremblay@example.ca"
    ask = {"email": new, "password": PASSWORD}
    await as_marie.refused("email_unchanged", "POST", "/v1/profile/email", {**ask, "email": old}, status=409)
    asked = await as_marie.post("/v1/profile/email", ask)
    await world.worker.until_idle()
    until_opened = await as_marie.get("/v1/profile")
    told_old = [mail["Subject"] for mail in world.mail.to(old)]
    text = world.mail.to(new)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    found = re.search(r"#email=([\w-]+)", text)
    assert found is not None
    token, someone = {"token": found[1]}, Caller(client)

    await someone.refused("link_expired", "POST", "/v1/recovery/user-id", token, status=410)
    changed = await someone.post("/v1/recovery/email", token)
    await someone.refused("link_expired", "POST", "/v1/recovery/email", token, status=410)
    await world.worker.until_idle()

    assert (asked["operation"], until_opened["email"]) == ("email_change_asked", old)
    assert told_old[0].startswith("Changement d’adresse de courriel demandé")
    assert (changed["before"], changed["after"]) == ({"email": old}, {"email": new})
    assert (await as_marie.get("/v1/profile"))["email"] == new
    assert [len(world.mail.to(address)) for address in (old, new)] == [2, 2]


async def test_change_credentials_a_link_for_an_address_does_not_last(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    await as_marie.post("/v1/profile/email", {"email": "x@example.ca", "password": PASSWORD})
    await world.worker.until_idle()
    text = world.mail.to("x@example.ca")[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    token = {"token": re.findall(r"#email=([\w-]+)", text)[0]}
    world.clock.forward(minutes=61)

    await Caller(client).refused("link_expired", "POST", "/v1/recovery/email", token, status=410)


@pytest.mark.parametrize("is_enrolled", [True, False])
async def test_autopay_date_every_bill_that_will_be_charged_says_so(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, is_enrolled: bool
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await use_card(client, world, await as_marie.post(f"{path}/autopay", status=201), GOOD)
    if is_enrolled:
        await as_marie.post(f"{path}/ebill", {"email": "m@example.ca", "consent": True})
    await until(world, date(2026, 12, 11))

    bill = (await bills_of(world, marie))[0]

    assert bill.is_charged
    assert bill.due_on == bill.issued_on + timedelta(days=20)

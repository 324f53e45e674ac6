"""What a customer does with an account over HTTP, each test named after the FAQ entry it proves."""

from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from backend.domain.accounts import Delivery, Status
from backend.domain.people import SYSTEM
from backend.service.suspension import suspend_overdue
from tests.support.backend_client import Caller, rep_for, signed_in
from tests.support.backend_world import NEW_HOME_JSON, OLD_HOME, TODAY, Person, World

MARCH = "2027-03-01"


async def test_address_change_delay_now_unless_a_later_date_is_asked(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/address"

    receipt = await as_marie.post(path, {"address": NEW_HOME_JSON})
    state = await as_marie.get(path)

    assert receipt["operation"] == "address_change"
    assert receipt["effective_on"] == TODAY.isoformat()
    assert receipt["before"]["billing_address"]["line1"] == OLD_HOME.line1
    assert state["billing_address"]["postal_code"] == "H2Z 1A4"
    assert state["scheduled"] is None


async def test_effective_date_the_change_waits_for_its_day_in_toronto(
    world: World, as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/address"
    await as_marie.post(path, {"address": NEW_HOME_JSON, "effective_on": "2026-11-26"})

    world.clock.forward(hours=35.9)  # 23:54 on the 25th in Toronto, already the 26th in UTC
    await world.worker.until_idle()
    before = (await world.account(marie)).billing_address
    world.clock.forward(hours=0.2)
    await world.worker.until_idle()

    assert before == OLD_HOME
    assert (await world.account(marie)).billing_address.city == "Montréal"


async def test_effective_date_is_kept_after_downtime(world: World, as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/address"
    await as_marie.post(path, {"address": NEW_HOME_JSON, "effective_on": "2026-11-26"})

    world.clock.forward(days=9)
    await world.worker.until_idle()
    await world.worker.until_idle()

    assert (await world.account(marie)).billing_address.city == "Montréal"
    subjects = [mail["Subject"] for mail in world.mail.to("marie@example.ca")]
    assert sum("en vigueur" in subject for subject in subjects) == 1


async def test_effective_date_a_scheduled_change_may_be_changed_and_cancelled(
    as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/address"
    await as_marie.post(path, {"address": NEW_HOME_JSON, "effective_on": MARCH})

    second = await as_marie.post(path, {"address": NEW_HOME_JSON, "effective_on": "2027-03-05"})
    cancelled = await as_marie.delete(f"{path}/scheduled")
    await as_marie.refused("no_scheduled_change", "DELETE", f"{path}/scheduled", status=404)

    assert second["operation"] == "address_reschedule"
    assert second["before"]["effective_on"] == MARCH
    assert cancelled["operation"] == "address_schedule_cancel"
    assert (await as_marie.get(path))["scheduled"] is None


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-23", "effective_date_past"), ("2027-11-26", "effective_date_too_far")]
)
async def test_effective_date_out_of_range_is_refused(
    as_marie: Caller, marie: Person, day: str, code: str
) -> None:
    body = {"address": NEW_HOME_JSON, "effective_on": day}

    await as_marie.refused(code, "POST", f"/v1/accounts/{marie.account.id}/address", body, status=422)


async def test_plan_change_delay_the_summary_shows_the_new_plan_at_once(
    as_marie: Caller, marie: Person
) -> None:
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "north_america"})
    summary = await as_marie.get(f"/v1/accounts/{marie.account.id}")

    assert summary["plan"]["code"] == "north_america"
    assert receipt["after"]["administrative_fee_cents"] == 0
    assert {line["label"]: line["after"] for line in receipt["words"]["lines"]}[
        "Frais mensuels"
    ] == "14,95\xa0$"


async def test_plan_change_fees_are_shown_before_the_yes(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan?preview=true"

    preview = await as_marie.post(path, {"plan": "world"})
    summary = await as_marie.get(f"/v1/accounts/{marie.account.id}")

    assert (preview["number"], preview["is_preview"]) == (None, True)
    assert preview["after"]["monthly_fee_cents"] == 795
    assert summary["plan"]["code"] == "basic"
    assert summary["recent_receipts"] == []


def report(cents: int = 8450, **different: Any) -> dict[str, Any]:
    return {
        "amount_cents": cents,
        "paid_on": "2026-11-20",
        "method": "online_banking",
        "reference": "A1B2",
        **different,
    }


async def test_reported_payment_confirmation_says_received_and_being_processed(
    as_marie: Caller, marie: Person
) -> None:
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/payment-reports", report(), status=201)
    again = await as_marie.refused(
        "payment_already_reported",
        "POST",
        f"/v1/accounts/{marie.account.id}/payment-reports",
        report(reference=" a1b2 "),
        status=409,
    )

    assert receipt["words"]["title"] == "Paiement signalé reçu et en cours de traitement"
    assert again["receipt_number"] == receipt["number"]


async def test_why_report_payment_services_go_on_while_it_is_processed(
    world: World, as_marie: Caller, marie: Person
) -> None:
    async with world.backend.store.writing() as uow:
        account = await uow.accounts.get(marie.account.id)
        assert account is not None
        account.due_on = TODAY - timedelta(days=40)
        await uow.commit()
    await as_marie.post(f"/v1/accounts/{marie.account.id}/payment-reports", report(), status=201)

    assert await suspend_overdue(world.backend, SYSTEM) == 0
    world.clock.forward(days=16)
    assert await suspend_overdue(world.backend, SYSTEM) == 1
    assert (await world.account(marie)).status is Status.SUSPENDED


async def test_reported_payment_on_bill_applied_by_a_rep_it_waits_for_the_following_bill(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payment-reports"
    await as_marie.post(path, report(), status=201)
    known = (await as_marie.get(path))["payment_reports"][0]

    settled = await rep_for(client).post(f"/v1/payment-reports/{known['id']}/state", {"state": "applied"})
    await rep_for(client).refused(
        "payment_report_settled",
        "POST",
        f"/v1/payment-reports/{known['id']}/state",
        {"state": "rejected"},
        status=409,
    )
    async with world.backend.store.reading() as uow:
        waiting = await uow.ledger.unbilled(marie.account.id)

    assert settled["actor"] == "rep"
    assert [(entry.kind, entry.cents, entry.bill_id) for entry in waiting] == [("payment", 8450, None)]
    assert (await as_marie.get(f"{path}/{known['id']}"))["state"] == "applied"
    assert (await as_marie.get(f"/v1/accounts/{marie.account.id}"))["balance"]["balance_cents"] == 0


async def test_ebill_enrol_how_consent_is_recorded_and_paper_stops(
    world: World, as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/ebill"

    await as_marie.refused(
        "consent_missing", "POST", path, {"email": "m@example.ca", "consent": False}, status=422
    )
    await as_marie.post(path, {"email": "m@example.ca", "consent": True})
    state = await as_marie.get(path)
    async with world.backend.store.reading() as uow:
        consent = await uow.enrolments.current(marie.account.id)

    assert (state["delivery"], state["email"]) == ("ebill", "m@example.ca")
    assert consent is not None
    assert (consent.email, consent.consent_channel) == ("m@example.ca", "portal")


async def test_ebill_change_email_is_a_new_consent(world: World, as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/ebill"
    await as_marie.refused("ebill_not_on", "POST", f"{path}/address", {"email": "x@example.ca"}, status=409)
    await as_marie.post(path, {"email": "m@example.ca", "consent": True})

    await as_marie.post(f"{path}/address", {"email": "x@example.ca"})
    async with world.backend.store.reading() as uow:
        consents = await uow.enrolments.of_profile(marie.profile.id)

    assert [(one.email, one.end_reason) for one in consents] == [
        ("m@example.ca", "address_changed"),
        ("x@example.ca", None),
    ]


async def test_ebill_back_to_paper_how_a_business_goes_through_a_rep(
    world: World, client: TestClient[Any, Any], lavoie: Person
) -> None:
    path = f"/v1/accounts/{lavoie.account.id}/ebill"
    as_lavoie = await signed_in(client, lavoie)
    enrolled = await as_lavoie.post(path, {"email": "accounts@lavoie.example.ca", "consent": True})

    await as_lavoie.refused("ebill_leave_business", "DELETE", path, status=403)
    await as_lavoie.refused(
        "undo_not_possible", "POST", f"/v1/receipts/{enrolled['number']}/undo", status=409
    )
    left = await rep_for(client, lavoie).delete(path)

    assert left["actor"] == "rep"
    assert (await world.account(lavoie)).delivery is Delivery.PAPER


async def test_several_accounts_a_second_one_is_linked_made_default_and_unlinked(
    world: World, as_marie: Caller, marie: Person, boris: Person
) -> None:
    proof = {"account_number": boris.account.number, "postal_code": "G1R 2B5"}
    first, second = marie.account.id, boris.account.id

    await as_marie.post("/v1/accounts", proof, status=201)
    await as_marie.refused("account_already_linked", "POST", "/v1/accounts", proof, status=409)
    await as_marie.post(f"/v1/accounts/{second}/default")
    await as_marie.post(f"/v1/accounts/{second}/unlink")
    await as_marie.refused("last_account", "POST", f"/v1/accounts/{first}/unlink", status=409)
    await world.worker.until_idle()

    accounts = (await as_marie.get("/v1/accounts"))["accounts"]
    assert [(one["id"], one["is_default"]) for one in accounts] == [(first, True)]
    assert [mail["Subject"] for mail in world.mail.to("boris@example.ca")] == [
        "Votre compte a été associé à un autre profil"
    ]


async def test_others_access_wrong_number_and_wrong_proof_are_told_alike(
    as_marie: Caller, boris: Person
) -> None:
    wrong_code = {"account_number": boris.account.number, "postal_code": "H2Z 1A4"}
    wrong_number = {"account_number": "999999999", "postal_code": "G1R 2B5"}

    first = await as_marie.call("POST", "/v1/accounts", wrong_code, status=422)
    second = await as_marie.call("POST", "/v1/accounts", wrong_number, status=422)

    assert first == second
    assert first["error"]["code"] == "proof_not_matching"


async def test_others_access_linking_attempts_are_limited(as_marie: Caller, boris: Person) -> None:
    for guess in range(5):
        wrong = {"account_number": boris.account.number, "postal_code": f"H1R 2B{guess}"}
        await as_marie.refused("proof_not_matching", "POST", "/v1/accounts", wrong, status=422)

    right = {"account_number": boris.account.number, "postal_code": "G1R 2B5"}
    fields = await as_marie.refused("too_many_attempts", "POST", "/v1/accounts", right, status=429)

    assert fields["retry_after"] > 3000


async def test_undo_a_plan_the_same_day_and_not_the_next(
    world: World, as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"
    first = await as_marie.post(path, {"plan": "world"})

    undone = await as_marie.post(f"/v1/receipts/{first['number']}/undo")
    await as_marie.refused("undo_already_done", "POST", f"/v1/receipts/{first['number']}/undo", status=409)
    await as_marie.refused("undo_not_possible", "POST", f"/v1/receipts/{undone['number']}/undo", status=409)
    second = await as_marie.post(path, {"plan": "world"})
    world.clock.forward(hours=12.5)
    as_marie = await signed_in(as_marie.client, marie)
    await as_marie.refused("undo_too_late", "POST", f"/v1/receipts/{second['number']}/undo", status=409)

    assert undone["undoes"] == first["number"]
    assert (undone["after"]["plan"], undone["number"] != first["number"]) == ("basic", True)
    assert (await as_marie.get(f"/v1/receipts/{first['number']}"))["undone_by"] == undone["number"]


async def test_undo_never_overwrites_a_later_change(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"
    first = await as_marie.post(path, {"plan": "world"})
    await as_marie.post(path, {"plan": "canada_500"})

    await as_marie.refused("undo_changed_since", "POST", f"/v1/receipts/{first['number']}/undo", status=409)


async def test_undo_brings_back_the_former_scheduled_move(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/address"
    await as_marie.post(path, {"address": NEW_HOME_JSON, "effective_on": MARCH})
    second = await as_marie.post(path, {"address": NEW_HOME_JSON, "effective_on": "2027-03-05"})

    await as_marie.post(f"/v1/receipts/{second['number']}/undo")

    assert (await as_marie.get(path))["scheduled"]["effective_on"] == MARCH


async def test_undo_a_report_and_an_enrolment(world: World, as_marie: Caller, marie: Person) -> None:
    account = f"/v1/accounts/{marie.account.id}"
    reported = await as_marie.post(f"{account}/payment-reports", report(), status=201)
    enrolled = await as_marie.post(f"{account}/ebill", {"email": "m@example.ca", "consent": True})

    for receipt in (reported, enrolled):
        await as_marie.post(f"/v1/receipts/{receipt['number']}/undo")

    stored = await world.account(marie)
    assert (stored.hold_until, stored.delivery) == (None, Delivery.PAPER)


async def test_receipts_are_listed_sent_again_and_written_in_either_language(
    world: World, as_marie: Caller, marie: Person
) -> None:
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})

    await as_marie.post(f"/v1/receipts/{receipt['number']}/email")
    await world.worker.until_idle()
    english = await as_marie.get(f"/v1/receipts/{receipt['number']}", **{"Accept-Language": "en-CA,fr;q=0.5"})
    listed = await as_marie.get("/v1/receipts?limit=5")

    assert english["words"]["title"] == "Long-distance plan changed"
    assert [one["number"] for one in listed["receipts"]] == [receipt["number"]]
    assert len(world.mail.to("marie@example.ca")) == 2
    assert date.fromisoformat(receipt["effective_on"]) == TODAY

"""Every method of the client against the real backend: what it asks for is what the backend does."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.actions.backend import Address, Customer, Refused, SignInNeeded
from tests.support.demo_town import Town, Trouble

KEY = "a-key-of-this-test"
NEW_HOME = Address(line1="45, rue des Érables", city="Québec", province="QC", postal_code="G1R 2B5")


async def only_account(customer: Customer) -> str:
    """The id of somebody's default account."""
    return next(account.id for account in await customer.accounts() if account.is_default)


async def test_a_summary_tells_everything_that_is_needed(town: Town) -> None:
    priya = await town.customer("priya", language="en")

    (account,) = await priya.accounts()
    summary = await priya.summary(account.id)

    assert (account.number, account.holder, account.is_business) == ("400100082", "Priya Patel", False)
    assert summary.billing_address.city == "Vancouver"
    assert summary.scheduled_address is not None
    assert summary.scheduled_address.address.city == "Edmonton"
    assert summary.scheduled_address.effective_on == date(2026, 12, 14)
    assert summary.plan is not None
    assert set(summary.plan.names) == {"fr", "en"}
    assert (summary.balance.balance_cents, summary.balance.due_on) == (9120, date(2026, 12, 3))
    assert not summary.ebill.is_on
    assert [receipt.operation for receipt in summary.recent_receipts] == ["address_schedule"]


async def test_what_was_reported_is_listed(town: Town) -> None:
    yves = await town.customer("yves")
    account_id = await only_account(yves)

    (report,) = await yves.payment_reports(account_id)
    (receipt,) = await yves.receipts(account_id)

    assert (report.amount_cents, report.paid_on, report.method) == (
        4890,
        date(2026, 11, 22),
        "online_banking",
    )
    assert receipt.number == report.receipt_number
    assert await yves.receipt(receipt.number) == receipt
    assert await yves.receipts(limit=1) == [receipt]


async def test_the_profile_is_the_one_of_the_session(town: Town) -> None:
    profile = await (await town.customer("marie")).profile()

    assert (profile.user_id, profile.email, profile.language) == ("marie", "marie@example.ca", "fr")


async def test_plans_are_in_the_language_of_the_conversation(town: Town) -> None:
    in_french = await (await town.customer("marie")).plans()
    in_english = await (await town.customer("marie", language="en")).plans()

    assert [plan.names["fr"] for plan in in_french] == [plan.name for plan in in_french]
    assert [plan.names["en"] for plan in in_english] == [plan.name for plan in in_english]


async def test_an_account_is_offered_only_the_plans_it_may_have(town: Town) -> None:
    marie = await town.customer("marie")

    fitting = await marie.plans(await only_account(marie))

    assert all("residential" in plan.kinds for plan in fitting)
    assert len(fitting) < len(await marie.plans())


async def test_anybody_may_see_the_plans_and_nothing_else(town: Town) -> None:
    stranger = town.backend.as_customer(None, channel="web", language="fr")

    assert await stranger.plans()
    with pytest.raises(SignInNeeded):
        await stranger.accounts()


async def test_a_preview_shows_the_receipt_and_changes_nothing(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)

    preview = await marie.change_address(account_id, NEW_HOME, key=KEY, preview=True)

    assert (preview.is_preview, preview.number) == (True, "")
    assert preview.words.lines[0].after is not None
    assert "45, rue des Érables" in preview.words.lines[0].after
    assert (await marie.summary(account_id)).billing_address.line1 == "12, rue Principale"


async def test_a_change_is_made_once_for_one_key(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)

    first = await marie.change_address(account_id, NEW_HOME, key=KEY)
    again = await marie.change_address(account_id, NEW_HOME, key=KEY)

    assert again.number == first.number
    assert len(await marie.receipts()) == 1
    assert (await marie.summary(account_id)).billing_address == NEW_HOME


@pytest.mark.parametrize("trouble", ["lost", "cut", "broken"])
async def test_a_change_whose_answer_is_lost_is_made_once(town: Town, trouble: Trouble) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)
    town.weather.on_changes.append(trouble)

    receipt = await marie.change_address(account_id, NEW_HOME, key=KEY)

    assert [one.number for one in await marie.receipts()] == [receipt.number]
    assert not town.weather.on_changes


async def test_a_change_may_wait_for_its_day_and_be_called_off(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)
    day = date(2027, 3, 1)

    scheduled = await marie.change_address(account_id, NEW_HOME, day, key=KEY)
    cancelled = await marie.cancel_scheduled_address(account_id, key=f"{KEY}-2")

    assert (scheduled.operation, scheduled.effective_on) == ("address_schedule", day)
    assert cancelled.operation == "address_schedule_cancel"
    assert (await marie.summary(account_id)).scheduled_address is None


async def test_an_operation_can_be_undone(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)
    done = await marie.switch_plan(account_id, "north_america", key=KEY)

    undone = await marie.undo(done.number, key=f"{KEY}-2")

    assert done.undo.possible
    assert undone.undoes == done.number
    assert (await marie.receipt(done.number)).undone_by == undone.number


async def test_a_payment_that_looks_reported_needs_a_word(town: Town) -> None:
    yves = await town.customer("yves")
    account_id = await only_account(yves)
    paid_on = date(2026, 11, 22)

    with pytest.raises(Refused) as refusal:
        await yves.report_payment(account_id, 4890, paid_on, "cheque", key=KEY)
    receipt = await yves.report_payment(
        account_id, 4890, paid_on, "cheque", confirm_duplicate=True, key=f"{KEY}-2"
    )

    assert refusal.value.code == "payment_looks_reported"
    assert receipt.operation == "payment_report"


async def test_the_ebill_begins_moves_and_ends(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)

    await marie.enrol_ebill(account_id, "m@example.ca", consent=True, key=f"{KEY}-1")
    await marie.change_ebill_email(account_id, "marie.t@example.ca", key=f"{KEY}-2")
    during = await marie.ebill(account_id)
    await marie.leave_ebill(account_id, key=f"{KEY}-3")

    assert (during.is_on, during.email, during.may_leave) == (True, "marie.t@example.ca", True)
    assert not (await marie.ebill(account_id)).is_on


async def test_a_payment_starts_on_the_providers_page(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)

    started = await marie.start_payment(account_id, 8450, key=f"{KEY}-1")
    autopay = await marie.start_autopay(account_id, key=f"{KEY}-2")

    assert (started.kind, started.state, started.amount_cents) == ("one_time", "started", 8450)
    assert started.page_url is not None
    assert autopay.kind == "autopay_setup"
    assert await marie.payment(account_id, started.id) == started
    assert [payment.id for payment in await marie.payments(account_id)] == [autopay.id, started.id]


async def test_customers_do_not_stop_automatic_payment_by_themselves(town: Town) -> None:
    claire = await town.customer("claire")

    with pytest.raises(Refused) as refusal:
        await claire.stop_autopay(await only_account(claire), key=KEY)

    assert (refusal.value.code, refusal.value.status) == ("autopay_cancel_by_rep", 403)


async def test_a_bill_is_sent_again(town: Town) -> None:
    marie = await town.customer("marie")
    account_id = await only_account(marie)
    town.world.clock.forward(days=30)
    await town.world.worker.until_idle()
    marie = await town.customer("marie")

    (bill,) = await marie.bills(account_id)
    receipt = await marie.send_bill(account_id, bill.id, key=KEY)

    assert bill.total_cents > 0
    assert receipt.operation == "bill_send"


async def test_a_receipt_is_sent_by_email_again(town: Town) -> None:
    marie = await town.customer("marie")
    done = await marie.switch_plan(await only_account(marie), "north_america", key=KEY)

    sent = await marie.email_receipt(done.number, key=f"{KEY}-2")
    await town.world.worker.until_idle()

    assert sent.number == done.number
    assert any(done.words.number in str(mail) for mail in town.world.mail.to("marie@example.ca"))


async def test_one_more_account_is_linked_on_proof(town: Town) -> None:
    marie = await town.customer("marie")

    with pytest.raises(Refused) as refusal:
        await marie.link_account("400100157", "G1R 2B5", key=f"{KEY}-1")
    await marie.link_account("400100157", "G1L 2N1", key=f"{KEY}-2")

    assert refusal.value.code == "proof_not_matching"
    assert [account.holder for account in await marie.accounts()] == ["Marie Tremblay", "Émile Fortin"]


async def test_signing_out_ends_the_session_and_may_be_said_twice(town: Town) -> None:
    marie = await town.customer("marie")

    await marie.sign_out()
    await marie.sign_out()

    with pytest.raises(SignInNeeded):
        await marie.profile()


async def test_a_session_left_alone_too_long_has_ended(town: Town) -> None:
    marie = await town.customer("marie")
    town.world.clock.forward(minutes=31)

    with pytest.raises(SignInNeeded):
        await marie.accounts()


@pytest.mark.parametrize(("channel", "written"), [("web", "chat"), ("voice", "voice")])
async def test_receipts_tell_through_which_door(town: Town, channel: str, written: str) -> None:
    marie = await town.customer("marie", channel=channel)  # type: ignore[arg-type]

    receipt = await marie.switch_plan(await only_account(marie), "north_america", key=KEY)

    assert (receipt.channel, receipt.actor) == (written, "customer")


async def test_a_refusal_is_told_in_both_languages(town: Town) -> None:
    marie = await town.customer("marie")

    with pytest.raises(Refused) as refusal:
        await marie.summary("0" * 32)

    assert (refusal.value.code, refusal.value.status) == ("account_not_found", 404)
    assert "compte" in refusal.value.message["fr"]
    assert "account" in refusal.value.message["en"]
    assert set(refusal.value.next_step) == {"fr", "en"}


async def test_a_neighbours_account_is_out_of_reach(town: Town) -> None:
    marie, john = await town.customer("marie"), await town.customer("john")
    of_john = await only_account(john)
    looks: list[Callable[[], Awaitable[object]]] = [
        lambda: marie.summary(of_john),
        lambda: marie.bills(of_john),
        lambda: marie.change_address(of_john, NEW_HOME, key=KEY),
    ]

    for look in looks:
        with pytest.raises(Refused, match="account_not_found"):
            await look()


async def test_what_is_no_id_never_becomes_part_of_a_path(town: Town) -> None:
    marie = await town.customer("marie")

    with pytest.raises(ValueError, match="part of a path"):
        await marie.receipt("../profile")

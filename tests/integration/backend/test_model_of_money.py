"""One account's money walked at random over months: bills, payments reported and made, against plain sums."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from backend.domain.online import Outcome
from backend.domain.payments import Method, ReportState
from backend.domain.people import SYSTEM, Actor, ActorKind, Channel
from backend.service.bill_run import run_bills
from backend.service.online import StartPayment, start_payment, take_outcome
from backend.service.payment_reports import ReportPayment, SettleReport, do_report_payment, do_settle_report
from backend.service.perform import perform, start_once
from tests.support.backend_walk import Walk, walk

MONTHLY = 3500  # the telephone line; the basic plan has no fee
REP = Actor(ActorKind.REP, "rep", Channel.DESK)


def month_with_taxes() -> int:
    """What a bill in Québec adds: the line, GST and QST, each rounded to the cent."""
    return MONTHLY + round(MONTHLY * 0.05) + round(MONTHLY * 0.09975)


class MoneyMachine(Walk):
    """A balance is what was owed, plus each month, less what came in; nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.balance, self.bills, self.paid = 8450, 0, 0
        self.reports: dict[str, tuple[int, date, Method]] = {}  # open ones, by id
        self.known: list[tuple[int, date, Method]] = []  # all that still count as reported
        self.started: list[tuple[str, int]] = []
        self.approved: list[str] = []

    @initialize()
    def open(self) -> None:
        self.open_world()
        self.next_bill = self.today + timedelta(days=10)
        made = self.world.person("marie", "100000001", next_bill_on=self.next_bill)
        self.person = self.run(made)

    @rule(
        cents=st.sampled_from([1, 2500, 8450]),
        days_ago=st.integers(-1, 61),
        method=st.sampled_from([Method.BANK, Method.CHEQUE]),
    )
    def report(self, cents: int, days_ago: int, method: Method) -> None:
        paid_on = self.today - timedelta(days=days_ago)
        command = ReportPayment(self.person.account.id, cents, paid_on, method, "", confirm_duplicate=True)
        done = self.tried(
            perform(self.world.backend, self.person.actor, do_report_payment, command, key=self.key())
        )
        wrong_day = {-1: "payment_date_future", 61: "payment_date_too_old"}.get(days_ago)
        is_known = (cents, paid_on, method) in self.known
        expected = wrong_day or ("payment_already_reported" if is_known else None)
        if expected is not None:
            assert done == expected
            return
        self.reports[done.receipt.subject_id] = (cents, paid_on, method)
        self.known.append((cents, paid_on, method))

    @precondition(lambda self: self.reports)
    @rule(is_found=st.booleans(), pick=st.integers(0, 9))
    def settle(self, is_found: bool, pick: int) -> None:
        report = sorted(self.reports)[pick % len(self.reports)]
        payment = self.reports.pop(report)
        state = ReportState.APPLIED if is_found else ReportState.REJECTED
        command = SettleReport(report, state)
        self.run(perform(self.world.backend, REP, do_settle_report, command, key=self.key()))
        if is_found:
            self.balance, self.paid = self.balance - payment[0], self.paid + payment[0]
        else:
            self.known.remove(payment)

    @rule(cents=st.sampled_from([1, 2500, 100_000]))
    def open_page(self, cents: int) -> None:
        payment = self.tried(
            start_once(
                self.world.backend,
                self.person.actor,
                start_payment,
                StartPayment(self.person.account.id, cents),
                key=self.key(),
                find=lambda uow, found: uow.payments.get(found),
            )
        )
        if cents > self.balance:
            assert payment == ("nothing_to_pay" if self.balance <= 0 else "payment_over_balance")
            return
        self.started.append((payment.id, cents))

    @precondition(lambda self: self.started)
    @rule(is_approved=st.booleans(), times=st.integers(1, 3))
    def notice(self, is_approved: bool, times: int) -> None:
        payment_id, cents = self.started[-1]
        for _ in range(times):
            outcome = Outcome(
                payment_id, is_approved=is_approved, cents=cents, authorization="481203", reason="declined"
            )
            self.run(take_outcome(self.world.backend, outcome))
        if is_approved and payment_id not in self.approved:
            self.approved.append(payment_id)
            self.balance, self.paid = self.balance - cents, self.paid + cents

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        for _ in range(days):
            self.world.clock.forward(days=1)
            self.run(run_bills(self.world.backend, SYSTEM))
            while self.next_bill <= self.today:
                self.balance, self.bills = self.balance + month_with_taxes(), self.bills + 1
                last = self.next_bill
                self.next_bill = last.replace(day=1) + timedelta(days=32)
                self.next_bill = self.next_bill.replace(day=min(last.day, 28))

    @invariant()
    def sums_agree(self) -> None:
        if not hasattr(self, "person"):
            return
        account, bills, unbilled = self.run(self._stored())
        assert account.balance_cents == self.balance
        assert len(bills) == self.bills
        shown = sum(bill.payments_cents for bill in bills) + sum(entry.cents for entry in unbilled)
        assert shown == self.paid, "each payment shows on exactly one bill, the following one"
        for bill in bills:
            taxes = sum(tax["cents"] for tax in bill.taxes)
            assert bill.previous_cents - bill.payments_cents + MONTHLY + taxes == bill.total_cents
        assert (account.hold_until is not None) or not self.reports or account.balance_cents <= 0

    async def _stored(self) -> Any:
        async with self.world.backend.store.reading() as uow:
            account = await uow.accounts.get(self.person.account.id)
            bills = await uow.bills.of_account(self.person.account.id, limit=100)
            return account, bills, await uow.ledger.unbilled(self.person.account.id)


def test_months_of_bills_and_payments_agree_with_plain_sums(tmp_path: Path, sqlite_template: Path) -> None:
    walk(MoneyMachine, tmp_path, sqlite_template, walks=10, steps=25)

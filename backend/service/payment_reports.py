"""Reported payments: confirmed at once, settled by a rep or by reconciliation."""

from dataclasses import dataclass
from datetime import date

from backend.domain.accounts import Account
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.payments import HOLD, LedgerEntry, Method, PaymentReport, ReportState, check_report
from backend.domain.people import gone
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.perform import Work

RECENT = 200


@dataclass(frozen=True)
class ReportPayment:
    """Tell the company of a payment made elsewhere."""

    account_id: str
    amount_cents: int
    paid_on: date
    method: Method
    reference: str
    confirm_duplicate: bool = False


@dataclass(frozen=True)
class SettleReport:
    """Move a report on: being processed, applied, or not found."""

    report_id: str
    state: ReportState


async def do_report_payment(work: Work, command: ReportPayment) -> Receipt:
    """Received and being processed (FAQ reported_payment_confirmation); suspension waits."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    check_report(cents=command.amount_cents, paid_on=command.paid_on, today=work.today)
    reference = " ".join(command.reference.split())
    await _refuse_duplicate(work, command, reference)
    report = PaymentReport(
        id=new_id(),
        account_id=account.id,
        profile_id=profile.id,
        cents=command.amount_cents,
        paid_on=command.paid_on,
        method=command.method,
        reference=reference,
        reported_at=work.now,
        receipt_number="",
    )
    account.hold_until = max(account.hold_until or work.today, work.today + HOLD)
    receipt = await work.leave_receipt(
        Operation.PAYMENT_REPORT,
        profile,
        account=account,
        after=report_state(report),
        undo_until=work.now + HOLD,
        subject_id=report.id,
    )
    report.receipt_number = receipt.number
    work.uow.reports.add(report)
    return receipt


async def _refuse_duplicate(work: Work, command: ReportPayment, reference: str) -> None:
    for known in await work.uow.reports.of_account(command.account_id, limit=RECENT):
        if known.state in (ReportState.REJECTED, ReportState.WITHDRAWN):
            continue
        if known.is_same_payment(
            cents=command.amount_cents, paid_on=command.paid_on, method=command.method, reference=reference
        ):
            raise _already("payment_already_reported", known)
        if not command.confirm_duplicate and known.looks_like(
            cents=command.amount_cents, paid_on=command.paid_on, method=command.method
        ):
            raise _already("payment_looks_reported", known)


def _already(code: str, known: PaymentReport) -> Refusal:
    method, state = known.method.value, known.state.value
    return Refusal(code, receipt_number=known.receipt_number, state=state, method=method)


async def do_settle_report(work: Work, command: SettleReport) -> Receipt:
    """A rep or reconciliation settles; it shows on the following bill (FAQ reported_payment_on_bill)."""
    report = await work.uow.reports.get(command.report_id)
    if report is None:
        raise Refusal("payment_report_not_found")
    account = await work.uow.accounts.get(report.account_id, lock=True)
    report = await work.uow.reports.get(command.report_id, lock=True)
    assert account is not None
    assert report is not None
    before = report_state(report)
    report.become(command.state, work.now)
    if command.state is ReportState.APPLIED:
        apply_payment(work, account, cents=report.cents, label="reported", reference=report.receipt_number)
    await release_hold(work, account)
    operation = _SETTLED.get(command.state, Operation.PAYMENT_REPORT)
    profile = await work.uow.profiles.get(report.profile_id) or gone(report.profile_id, work.now)
    return await work.leave_receipt(
        operation,
        profile,
        account=account,
        before=before,
        after=report_state(report),
        subject_id=report.id,
        email=bool(profile.email) and command.state is not ReportState.PROCESSING,
    )


_SETTLED = {
    ReportState.APPLIED: Operation.PAYMENT_REPORT_APPLIED,
    ReportState.REJECTED: Operation.PAYMENT_REPORT_REJECTED,
    ReportState.PROCESSING: Operation.PAYMENT_REPORT_PROCESSING,
}


def apply_payment(work: Work, account: Account, *, cents: int, label: str, reference: str) -> LedgerEntry:
    """Money counts: the balance falls and the following bill will show it."""
    account.pay(cents)
    entry = LedgerEntry(
        id=new_id(),
        account_id=account.id,
        kind="payment",
        cents=cents,
        on=work.today,
        label=label,
        reference=reference,
    )
    work.uow.ledger.add(entry)
    return entry


async def release_hold(work: Work, account: Account) -> None:
    """Suspension is held off only while some report is open."""
    await work.uow.flush()
    reports = await work.uow.reports.of_account(account.id, limit=RECENT)
    if not any(report.is_open for report in reports):
        account.hold_until = None


def report_state(report: PaymentReport) -> dict[str, object]:
    """A reported payment as a receipt shows it."""
    return {
        "amount_cents": report.cents,
        "paid_on": report.paid_on.isoformat(),
        "method": report.method.value,
        "reference": report.reference,
        "state": report.state.value,
    }

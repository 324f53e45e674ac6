"""Taking an operation back while that is still possible; an operation of its own, with its own receipt."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.domain import ebills
from backend.domain.accounts import Account, ChangeState, Delivery, ScheduledChange
from backend.domain.address import address_from_json
from backend.domain.clock import toronto_date
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.payments import ReportState
from backend.domain.records import UNDOABLE, WRITES, Operation, Receipt
from backend.service.access import access_receipt
from backend.service.addresses import planned
from backend.service.ebills import delivery_state, end_consent, record_consent
from backend.service.payment_reports import release_hold, report_state
from backend.service.perform import Work
from backend.service.plan_switch import plan_state

State = dict[str, Any]


@dataclass(frozen=True)
class Undo:
    """Take back what this receipt confirms."""

    number: str


def undo_problem(receipt: Receipt, now: Any) -> str | None:
    """Why it can't be undone any more, as far as the receipt itself tells; None if it may."""
    if receipt.undone_by is not None:
        return "undo_already_done"
    if receipt.operation not in UNDOABLE or receipt.undo_until is None:
        return "undo_not_possible"
    return "undo_too_late" if now >= receipt.undo_until else None


async def do_undo(work: Work, command: Undo) -> Receipt:
    """Check that nothing has changed since, put back what was, and leave a receipt that names the first."""
    profile = await work.profile()
    receipt = await access_receipt(work.uow, work.actor, command.number)
    account = await work.uow.accounts.get(receipt.account_id or "", lock=True)
    receipt = await access_receipt(work.uow, work.actor, command.number, lock=True)
    problem = undo_problem(receipt, work.now)
    if problem == "undo_too_late" and receipt.undo_until is not None:
        raise Refusal(problem, until=receipt.undo_until.isoformat(), last_day=_last_day(receipt))
    if problem is not None:
        raise Refusal(problem, **({"by": receipt.undone_by} if receipt.undone_by else {}))
    if account is None or await work.uow.accounts.link(profile.id, account.id) is None:
        raise Refusal("undo_not_possible")
    _refuse_if_changed_since(receipt, account)
    operation, before, after = await _UNDO[receipt.operation](work, receipt, account)
    undone = await work.leave_receipt(
        operation,
        profile,
        account=account,
        before=before,
        after=after,
        undoes=receipt.number,
        subject_id=receipt.subject_id,
    )
    receipt.undone_by = undone.number
    return undone


def _refuse_if_changed_since(receipt: Receipt, account: Account) -> None:
    """The state must be this very operation's, not one that looks the same (A, B, C, then B again)."""
    topic = WRITES.get(receipt.operation)
    if topic is not None and account.last_changes.get(topic, receipt.number) != receipt.number:
        raise Refusal("undo_changed_since")


def _last_day(receipt: Receipt) -> str:
    assert receipt.undo_until is not None
    return toronto_date(receipt.undo_until).isoformat()


async def _undo_address(work: Work, receipt: Receipt, account: Account) -> tuple[Operation, State, State]:
    if account.billing_address.as_json() != receipt.after["billing_address"]:
        raise Refusal("undo_changed_since")
    before = account.move_to(address_from_json(receipt.before["billing_address"]))
    return (
        Operation.ADDRESS_CHANGE,
        {"billing_address": before.as_json()},
        {"billing_address": account.billing_address.as_json()},
    )


async def _undo_schedule(work: Work, receipt: Receipt, account: Account) -> tuple[Operation, State, State]:
    pending = await _pending_of(work, receipt, account)
    pending.settle(ChangeState.CANCELLED, work.now)
    now = {"billing_address": account.billing_address.as_json()}
    return Operation.ADDRESS_SCHEDULE_CANCEL, planned(pending), now


async def _undo_reschedule(work: Work, receipt: Receipt, account: Account) -> tuple[Operation, State, State]:
    pending = await _pending_of(work, receipt, account)
    pending.settle(ChangeState.REPLACED, work.now)
    await work.uow.flush()
    restored = ScheduledChange(
        id=new_id(),
        account_id=account.id,
        profile_id=receipt.profile_id,
        address=address_from_json(receipt.before["billing_address"]),
        effective_on=date.fromisoformat(receipt.before["effective_on"]),
        created_at=work.now,
        receipt_number=receipt.number,
    )
    work.uow.changes.add(restored)
    return Operation.ADDRESS_RESCHEDULE, planned(pending), planned(restored)


async def _pending_of(work: Work, receipt: Receipt, account: Account) -> ScheduledChange:
    pending = await work.uow.changes.pending(account.id, lock=True)
    if pending is None or pending.id != receipt.subject_id:
        raise Refusal("undo_changed_since")
    return pending


async def _undo_plan(work: Work, receipt: Receipt, account: Account) -> tuple[Operation, State, State]:
    if account.plan_code != receipt.after["plan"]:
        raise Refusal("undo_changed_since")
    account.plan_code, account.plan_since = receipt.before["plan"], work.now
    return Operation.PLAN_CHANGE, receipt.after, plan_state(work, account.plan_code)


async def _undo_report(work: Work, receipt: Receipt, account: Account) -> tuple[Operation, State, State]:
    report = await work.uow.reports.get(receipt.subject_id or "", lock=True)
    if report is None or report.state is not ReportState.RECEIVED:
        raise Refusal("undo_changed_since")
    before = report_state(report)
    report.become(ReportState.WITHDRAWN, work.now)
    await release_hold(work, account)
    return Operation.PAYMENT_REPORT_WITHDRAW, before, report_state(report)


async def _undo_ebill(work: Work, receipt: Receipt, account: Account) -> tuple[Operation, State, State]:
    before = delivery_state(account)
    if before != receipt.after:
        raise Refusal("undo_changed_since")
    email = receipt.before["ebill_email"]
    if receipt.before["delivery"] == Delivery.PAPER:
        ebills.leave(account, actor=work.actor)
        await end_consent(work, account, reason="undone")
        return Operation.EBILL_LEAVE, before, delivery_state(account)
    await end_consent(work, account, reason="undone")
    is_back = account.delivery is Delivery.PAPER
    account.delivery, account.ebill_email = Delivery.EBILL, email
    record_consent(work, await work.profile(), account, email)
    operation = Operation.EBILL_ENROL if is_back else Operation.EBILL_EMAIL_CHANGE
    return operation, before, delivery_state(account)


_UNDO: dict[Operation, Callable[[Work, Receipt, Account], Awaitable[tuple[Operation, State, State]]]] = {
    Operation.ADDRESS_CHANGE: _undo_address,
    Operation.ADDRESS_SCHEDULE: _undo_schedule,
    Operation.ADDRESS_RESCHEDULE: _undo_reschedule,
    Operation.PLAN_CHANGE: _undo_plan,
    Operation.PAYMENT_REPORT: _undo_report,
    Operation.EBILL_ENROL: _undo_ebill,
    Operation.EBILL_LEAVE: _undo_ebill,
    Operation.EBILL_EMAIL_CHANGE: _undo_ebill,
}

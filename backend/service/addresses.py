"""The billing address: changed at once or from a date on; what is scheduled can be changed or called off."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.domain.accounts import Account, ChangeState, ScheduledChange, check_effective_date
from backend.domain.address import Address
from backend.domain.clock import day_ends, day_starts
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.people import Profile
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.linking import OneAccount
from backend.service.perform import Work


@dataclass(frozen=True)
class ChangeAddress:
    """Move the bills of an account, now or on a date."""

    account_id: str
    address: Address
    effective_on: date | None = None


async def do_change_address(work: Work, command: ChangeAddress) -> Receipt:
    """Now, unless the request names a later date (FAQ address_change_delay)."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    day = command.effective_on or work.today
    check_effective_date(day, work.today)
    if day > work.today:
        return await _schedule(work, profile, account, command.address, day)
    before = account.move_to(command.address)
    return await work.leave_receipt(
        Operation.ADDRESS_CHANGE,
        profile,
        account=account,
        before={"billing_address": before.as_json()},
        after={"billing_address": command.address.as_json()},
        undo_until=day_ends(work.today),
    )


async def _schedule(work: Work, profile: Profile, account: Account, address: Address, day: date) -> Receipt:
    pending = await work.uow.changes.pending(account.id, lock=True)
    if pending is not None:
        return await _reschedule(work, profile, account, pending, address, day)
    if address == account.billing_address:
        raise Refusal("address_unchanged", field="address")
    change = _new_change(work, profile, account, address, day)
    receipt = await work.leave_receipt(
        Operation.ADDRESS_SCHEDULE,
        profile,
        account=account,
        before={"billing_address": account.billing_address.as_json()},
        after={"billing_address": address.as_json()},
        effective_on=day,
        undo_until=day_starts(day),
        subject_id=change.id,
    )
    return await _keep(work, change, receipt)


async def _reschedule(
    work: Work, profile: Profile, account: Account, pending: ScheduledChange, address: Address, day: date
) -> Receipt:
    if (pending.address, pending.effective_on) == (address, day):
        raise Refusal("address_unchanged", field="address")
    pending.settle(ChangeState.REPLACED, work.now)
    await work.uow.flush()
    change = _new_change(work, profile, account, address, day)
    receipt = await work.leave_receipt(
        Operation.ADDRESS_RESCHEDULE,
        profile,
        account=account,
        before=planned(pending),
        after=planned(change),
        effective_on=day,
        undo_until=day_starts(min(day, pending.effective_on)),
        subject_id=change.id,
    )
    return await _keep(work, change, receipt)


async def do_cancel_scheduled(work: Work, command: OneAccount) -> Receipt:
    """Call off the move that is scheduled; the present address stays."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    pending = await work.uow.changes.pending(account.id, lock=True)
    if pending is None or pending.is_due(work.today):
        raise Refusal("no_scheduled_change")
    pending.settle(ChangeState.CANCELLED, work.now)
    return await work.leave_receipt(
        Operation.ADDRESS_SCHEDULE_CANCEL,
        profile,
        account=account,
        before=planned(pending),
        after={"billing_address": account.billing_address.as_json()},
        subject_id=pending.id,
    )


async def apply_change(work: Work, command: OneAccount) -> bool:
    """Do what was scheduled, on its day or as soon after as possible; not if settled meanwhile."""
    account = await work.uow.accounts.get(command.account_id, lock=True)
    pending = await work.uow.changes.pending(command.account_id, lock=True)
    if account is None or pending is None or not pending.is_due(work.today):
        return False
    pending.settle(ChangeState.APPLIED, work.now)
    before, account.billing_address = account.billing_address, pending.address
    profile = await work.uow.profiles.get(pending.profile_id)
    was, now = {"billing_address": before.as_json()}, planned(pending)
    if profile is None:
        account.last_changes = {**account.last_changes, "billing_address": pending.id}
        work.audit(
            Operation.ADDRESS_APPLIED.value, profile_id=None, account_id=account.id, before=was, after=now
        )
        return True
    await work.leave_receipt(
        Operation.ADDRESS_APPLIED,
        profile,
        account=account,
        effective_on=pending.effective_on,
        subject_id=pending.id,
        before=was,
        after=now,
    )
    return True


def planned(change: ScheduledChange) -> dict[str, Any]:
    """A scheduled change as a receipt shows it."""
    return {"billing_address": change.address.as_json(), "effective_on": change.effective_on.isoformat()}


def _new_change(
    work: Work, profile: Profile, account: Account, address: Address, day: date
) -> ScheduledChange:
    return ScheduledChange(
        id=new_id(),
        account_id=account.id,
        profile_id=profile.id,
        address=address,
        effective_on=day,
        created_at=work.now,
        receipt_number="",
    )


async def _keep(work: Work, change: ScheduledChange, receipt: Receipt) -> Receipt:
    change.receipt_number = receipt.number
    work.uow.changes.add(change)
    return receipt

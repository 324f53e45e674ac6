"""Sending a bill again: a lost e-bill, a paper bill that never came (FAQ ebill_deleted)."""

from dataclasses import dataclass

from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.bill_run import access_bill, send_bill
from backend.service.ebills import delivery_state
from backend.service.perform import Work


@dataclass(frozen=True)
class SendBill:
    """Have this bill once more, the way bills travel now."""

    account_id: str
    bill_id: str


async def do_send_bill(work: Work, command: SendBill) -> Receipt:
    """By e-mail to the e-bill's present address, or on paper to the present billing address."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    bill = await access_bill(work.uow, work.actor, command.account_id, command.bill_id)
    send_bill(work, account, bill, profile)
    return await work.leave_receipt(
        Operation.BILL_SEND,
        profile,
        account=account,
        after={"bill_number": bill.number, **delivery_state(account)},
        subject_id=bill.id,
    )

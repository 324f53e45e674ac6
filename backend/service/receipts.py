"""Sending a receipt once more, to the profile's own address."""

from dataclasses import dataclass

from backend.domain.records import Receipt
from backend.service.access import access_receipt
from backend.service.perform import Work


@dataclass(frozen=True)
class SendReceipt:
    """Have this receipt by e-mail again."""

    number: str


async def do_send_receipt(work: Work, command: SendReceipt) -> Receipt:
    """Promise the e-mail; the receipt itself is the answer."""
    profile = await work.profile()
    receipt = await access_receipt(work.uow, work.actor, command.number)
    work.send("receipt", profile, values={"number": receipt.number}, account_id=receipt.account_id)
    work.audit("receipt_sent", profile_id=profile.id, receipt_number=receipt.number)
    return receipt

"""One door to each kind of record: somebody else's answers exactly as one that does not exist."""

from backend.domain.accounts import Account
from backend.domain.errors import Refusal
from backend.domain.payments import PaymentReport
from backend.domain.people import Actor
from backend.domain.records import Receipt
from backend.service.ports import UnitOfWork


async def access_account(uow: UnitOfWork, actor: Actor, account_id: str, *, lock: bool = False) -> Account:
    """An account linked to the profile for which the actor acts; locked before its link is looked at."""
    account = await uow.accounts.get(account_id, lock=lock)
    if account is None or actor.profile_id is None:
        raise Refusal("account_not_found")
    if await uow.accounts.link(actor.profile_id, account_id) is None:
        raise Refusal("account_not_found")
    return account


async def access_receipt(uow: UnitOfWork, actor: Actor, number: str, *, lock: bool = False) -> Receipt:
    """A receipt of the profile itself or of an account linked to it."""
    receipt = await uow.receipts.get(number, lock=lock)
    if receipt is None or actor.profile_id is None or not await _may_see(uow, actor.profile_id, receipt):
        raise Refusal("receipt_not_found")
    return receipt


async def access_report(uow: UnitOfWork, actor: Actor, account_id: str, report_id: str) -> PaymentReport:
    """A reported payment of one of the profile's accounts."""
    await access_account(uow, actor, account_id)
    report = await uow.reports.get(report_id)
    if report is None or report.account_id != account_id:
        raise Refusal("payment_report_not_found")
    return report


async def _may_see(uow: UnitOfWork, profile_id: str, receipt: Receipt) -> bool:
    if receipt.profile_id == profile_id:
        return True
    return (
        receipt.account_id is not None and await uow.accounts.link(profile_id, receipt.account_id) is not None
    )

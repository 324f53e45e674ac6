"""Automatic payments on their day: charged once, settled; when one fails, the bill goes out on paper."""

from datetime import timedelta

from backend.domain.accounts import Delivery
from backend.domain.bills import Travel
from backend.domain.clock import toronto_date
from backend.domain.online import Payment
from backend.domain.people import Actor
from backend.service.backend import Backend
from backend.service.bill_run import owner, send_bill
from backend.service.online import settle
from backend.service.perform import Work

BATCH = 20
CLAIM = timedelta(minutes=5)


async def charge_due(backend: Backend, actor: Actor) -> int:
    """Charge what is due today; returns how many payments were handled."""
    now = backend.now()
    async with backend.store.writing() as uow:
        claimed = await uow.payments.claim(toronto_date(now), now, until=now + CLAIM, limit=BATCH)
        await uow.commit()
    for payment in claimed:
        await _charge(backend, actor, payment)
    return len(claimed)


async def _charge(backend: Backend, actor: Actor, payment: Payment) -> None:
    async with backend.store.reading() as uow:
        account = await uow.accounts.get(payment.account_id)
    token = str(account.tags.get("autopay_token", "")) if account is not None and account.autopay else ""
    outcome = await backend.provider.charge(payment, token=token)
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
        await settle(work, outcome)
        if not outcome.is_approved:
            await _failed(work, payment)
        await uow.commit()


async def _failed(work: Work, payment: Payment) -> None:
    """A problem has come up, so the paper bill is sent after all (FAQ autopay_monthly_bill)."""
    account = await work.uow.accounts.get(payment.account_id, lock=True)
    bill = await work.uow.bills.get(payment.bill_id or "", lock=True)
    if account is None or bill is None:
        return
    profile = await owner(work.uow, account, work)
    if bill.travel is Travel.AUTOPAY and account.delivery is Delivery.PAPER:
        send_bill(work, account, bill, profile)
    if profile.email:
        work.send("autopay_failed", profile, values={"account_number": account.number}, account_id=account.id)

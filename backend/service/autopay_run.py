"""Asking the provider for automatic payments on their day and for refunds: once, whatever breaks."""

from contextlib import suppress
from datetime import timedelta

from backend.domain.accounts import Delivery
from backend.domain.bills import Travel
from backend.domain.clock import toronto_date
from backend.domain.online import Payment, PaymentKind, PaymentState, ProviderFault
from backend.domain.people import Actor
from backend.service.backend import Backend
from backend.service.bill_run import owner, send_bill
from backend.service.online import settle
from backend.service.perform import Work

BATCH = 20
CLAIM = timedelta(minutes=5)


async def charge_due(backend: Backend, actor: Actor) -> int:
    """Charge or refund what is due today; returns how many payments were handled."""
    now = backend.now()
    async with backend.store.writing() as uow:
        claimed = await uow.payments.claim(toronto_date(now), now, until=now + CLAIM, limit=BATCH)
        await uow.commit()
    for payment in claimed:
        with suppress(ProviderFault):  # asked again when the claim is over
            await ask_provider(backend, actor, payment)
    return len(claimed)


async def ask_provider(backend: Backend, actor: Actor, payment: Payment) -> None:
    """One charge or refund, from the amount to its receipt."""
    if payment.kind is PaymentKind.REFUND:
        await _refund(backend, actor, payment)
    else:
        await _charge(backend, actor, payment)


async def _refund(backend: Backend, actor: Actor, refund: Payment) -> None:
    async with backend.store.reading() as uow:
        paid = await uow.payments.get(refund.refund_of or "")
    assert paid is not None
    outcome = await backend.provider.refund(refund, authorization=paid.authorization or "")
    async with backend.store.writing() as uow:
        await settle(Work(backend=backend, uow=uow, actor=actor, now=backend.now()), outcome)
        await uow.commit()


async def _charge(backend: Backend, actor: Actor, payment: Payment) -> None:
    fixed = await _fix(backend, actor, payment.account_id, payment.id)
    if fixed is None:
        return
    payment, token = fixed
    outcome = await backend.provider.charge(payment, token=token)
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
        await settle(work, outcome)
        if not outcome.is_approved:
            await _failed(work, payment)
        await uow.commit()


async def _fix(
    backend: Backend, actor: Actor, account_id: str, payment_id: str
) -> tuple[Payment, str] | None:
    """What to charge and on which card; nothing if no more is owed since the bill."""
    async with backend.store.writing() as uow:
        account = await uow.accounts.get(account_id, lock=True)
        payment = await uow.payments.get(payment_id, lock=True)
        if account is None or payment is None or payment.is_approved:
            return None
        if payment.state is PaymentState.STARTED:
            payment.fix_amount(account.balance_cents)
        if payment.state is PaymentState.NOT_NEEDED:
            work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
            payment.settled_at, payment.claimed_until = work.now, None
            work.audit("autopay_not_needed", profile_id=payment.profile_id, account_id=account.id)
        await uow.commit()
    if payment.state is PaymentState.NOT_NEEDED:
        return None
    return payment, str(account.tags.get("autopay_token", "")) if account.autopay else ""


async def _failed(work: Work, payment: Payment) -> None:
    """A problem has come up, so the paper bill is sent after all (FAQ autopay_monthly_bill)."""
    account = await work.uow.accounts.get(payment.account_id, lock=True)
    bill = await work.uow.bills.get(payment.bill_id or "", lock=True)
    if account is None or bill is None:
        return
    bill.is_charged = False
    profile = await owner(work.uow, account, work)
    if bill.travel is Travel.AUTOPAY and account.delivery is Delivery.PAPER:
        send_bill(work, account, bill, profile)
    if profile.email:
        work.send("autopay_failed", profile, values={"account_number": account.number}, account_id=account.id)

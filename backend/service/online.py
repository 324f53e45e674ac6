"""Paying here, once or automatically, through the provider's own page; its notices count once."""

from dataclasses import dataclass
from typing import Any

from backend.domain.accounts import Account
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.online import Outcome, Payment, PaymentKind, PaymentState, check_amount, check_outcome
from backend.domain.people import SYSTEM, Actor, Profile, gone
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.backend import Backend
from backend.service.linking import OneAccount
from backend.service.payment_reports import apply_payment
from backend.service.perform import Work
from backend.service.ports import UnitOfWork


@dataclass(frozen=True)
class StartPayment:
    """Pay an amount of what is owed, now."""

    account_id: str
    amount_cents: int


async def start_payment(work: Work, command: StartPayment) -> Payment:
    """Open a payment; nothing has moved yet (FAQ one_time_payment_delay)."""
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    check_amount(command.amount_cents, account.balance_cents)
    return await _open(work, account, PaymentKind.ONE_TIME, command.amount_cents)


async def start_autopay(work: Work, command: OneAccount) -> Payment:
    """Open the consent to be charged every month."""
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    if account.autopay:
        raise Refusal("autopay_already_on")
    return await _open(work, account, PaymentKind.AUTOPAY_SETUP, 0)


async def _open(work: Work, account: Account, kind: PaymentKind, cents: int) -> Payment:
    profile = await work.profile()
    payment = Payment(
        id=new_id(),
        account_id=account.id,
        profile_id=profile.id,
        kind=kind,
        cents=cents,
        state=PaymentState.STARTED,
        started_at=work.now,
        channel=work.actor.channel.value,
    )
    work.uow.payments.add(payment)
    work.audit(
        f"{kind.value}_started", profile_id=profile.id, account_id=account.id, after={"amount_cents": cents}
    )
    return payment


async def access_payment(uow: UnitOfWork, actor: Actor, account_id: str, payment_id: str) -> Payment:
    """A payment of one of the profile's accounts."""
    await access_account(uow, actor, account_id)
    payment = await uow.payments.get(payment_id)
    if payment is None or payment.account_id != account_id:
        raise Refusal("payment_not_found")
    return payment


async def take_outcome(backend: Backend, outcome: Outcome) -> Payment:
    """What the provider says, in a transaction of its own."""
    async with backend.store.writing() as uow:
        payment = await settle(Work(backend=backend, uow=uow, actor=SYSTEM, now=backend.now()), outcome)
        await uow.commit()
    return payment


async def settle(work: Work, outcome: Outcome) -> Payment:
    """What the provider says; saying it again changes nothing, and an approval is never taken back."""
    known = await work.uow.payments.get(outcome.payment_id)
    if known is None:
        raise Refusal("payment_not_found")
    account = await work.uow.accounts.get(known.account_id, lock=True)
    payment = await work.uow.payments.get(outcome.payment_id, lock=True)
    assert account is not None
    assert payment is not None
    if payment.is_approved:
        return payment
    check_outcome(payment, outcome)
    payment.settled_at, payment.claimed_until = work.now, None
    if not outcome.is_approved:
        payment.state, payment.refused_reason = PaymentState.REFUSED, outcome.reason
        work.audit("payment_refused", profile_id=payment.profile_id, account_id=account.id)
        return payment
    payment.state, payment.authorization = PaymentState.APPROVED, outcome.authorization
    profile = await work.uow.profiles.get(payment.profile_id)
    receipt = await _approved(work, account, profile or gone(payment.profile_id, work.now), payment, outcome)
    payment.receipt_number = receipt.number
    return payment


async def _approved(
    work: Work, account: Account, profile: Profile, payment: Payment, outcome: Outcome
) -> Receipt:
    if payment.kind is PaymentKind.REFUND:
        apply_payment(work, account, cents=-payment.cents, label="refund", reference=outcome.authorization)
        operation = Operation.REFUND
        after = {"amount_cents": payment.cents, "authorization": outcome.authorization}
    elif payment.kind is PaymentKind.AUTOPAY_SETUP:
        account.autopay, account.autopay_method = True, outcome.method
        account.tags = {**account.tags, "autopay_token": outcome.method_token}
        operation, after = Operation.AUTOPAY_START, _autopay(account)
    else:
        label = "autopay" if payment.kind is PaymentKind.AUTOPAY else "online"
        apply_payment(work, account, cents=payment.cents, label=label, reference=outcome.authorization)
        operation = Operation.PAYMENT
        after = {"amount_cents": payment.cents, "authorization": outcome.authorization}
    return await work.leave_receipt(
        operation, profile, account=account, after=after, subject_id=payment.id, email=bool(profile.email)
    )


async def do_stop_autopay(work: Work, command: OneAccount) -> Receipt:
    """Cancelled by customer service (FAQ autopay_cancel)."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    if not account.autopay:
        raise Refusal("autopay_not_on")
    if not work.actor.is_rep:
        raise Refusal("autopay_cancel_by_rep")
    before = _autopay(account)
    account.autopay, account.autopay_method = False, None
    account.tags = {name: value for name, value in account.tags.items() if name != "autopay_token"}
    return await work.leave_receipt(
        Operation.AUTOPAY_STOP, profile, account=account, before=before, after=_autopay(account)
    )


def _autopay(account: Account) -> dict[str, Any]:
    return {"autopay_method": account.autopay_method}

"""Giving a payment back, by a rep, and closing pages on which nobody paid."""

from dataclasses import dataclass

from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.online import Payment, PaymentKind, PaymentState, check_refund
from backend.domain.people import Actor
from backend.service.autopay_run import CLAIM
from backend.service.backend import Backend
from backend.service.perform import Work

BATCH = 100


@dataclass(frozen=True)
class RefundPayment:
    """Give back all or part of a payment made here."""

    payment_id: str
    amount_cents: int


async def start_refund(work: Work, command: RefundPayment) -> Payment:
    """Promise the refund; the provider is asked after the commit, by whoever comes first."""
    known = await work.uow.payments.get(command.payment_id)
    if known is None:
        raise Refusal("payment_not_found")
    account = await work.uow.accounts.get(known.account_id, lock=True)
    paid = await work.uow.payments.get(command.payment_id, lock=True)
    assert account is not None
    assert paid is not None
    earlier = await work.uow.payments.refunds_of(paid.id)
    gone = sum(refund.cents for refund in earlier if refund.state is not PaymentState.REFUSED)
    check_refund(paid, command.amount_cents, gone)
    refund = Payment(
        id=new_id(),
        account_id=account.id,
        profile_id=paid.profile_id,
        kind=PaymentKind.REFUND,
        cents=command.amount_cents,
        state=PaymentState.CHARGING,
        started_at=work.now,
        channel=work.actor.channel.value,
        due_on=work.today,
        claimed_until=work.now + CLAIM,
        refund_of=paid.id,
    )
    work.uow.payments.add(refund)
    after = {"amount_cents": refund.cents, "payment": paid.id}
    work.audit("refund_started", profile_id=paid.profile_id, account_id=account.id, after=after)
    return refund


async def close_abandoned(backend: Backend, actor: Actor) -> int:
    """Payments that nobody finished are over; an approval that comes late all the same still counts."""
    async with backend.store.reading() as uow:
        before = backend.now() - backend.policy.payment_life
        ids = await uow.payments.abandoned(before, limit=BATCH)
    closed = 0
    for payment_id in ids:
        async with backend.store.writing() as uow:
            work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
            payment = await uow.payments.get(payment_id, lock=True)
            if payment is not None and payment.state in (PaymentState.STARTED, PaymentState.REFUSED):
                payment.state, payment.settled_at = PaymentState.EXPIRED, work.now
                work.audit("payment_expired", profile_id=payment.profile_id, account_id=payment.account_id)
                closed += 1
            await uow.commit()
    return closed

"""The monthly bill run: each account on its day, once; then its bill travels or is charged."""

from collections.abc import Sequence
from typing import Any

from backend.domain import ebills as rules
from backend.domain.accounts import Account, Delivery
from backend.domain.bills import Bill, Travel, due_date, taxes_on, travel_of
from backend.domain.clock import next_month, toronto_date
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id, new_receipt_number
from backend.domain.online import Payment, PaymentKind, PaymentState
from backend.domain.payments import LedgerEntry
from backend.domain.people import Actor, Language, Profile, gone
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.backend import Backend
from backend.service.ebills import delivery_state, end_consent
from backend.service.perform import Work
from backend.service.ports import UnitOfWork

BATCH = 50
PAPER = "paper_bill"
EBILL = "ebill"


async def run_bills(backend: Backend, actor: Actor) -> int:
    """Make the bills whose day has come; returns how many."""
    async with backend.store.reading() as uow:
        ids = await uow.accounts.billable(toronto_date(backend.now()), limit=BATCH)
    made = 0
    for account_id in ids:
        async with backend.store.writing() as uow:
            work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
            made += await make_bill(work, account_id)
            await uow.commit()
    return made


async def make_bill(work: Work, account_id: str) -> bool:
    """One account's bill, unless another worker has just made it."""
    account = await work.uow.accounts.get(account_id, lock=True)
    if account is None or account.next_bill_on > work.today:
        return False
    entries = await work.uow.ledger.unbilled(account.id)
    bill = _bill(work, account, entries)
    for entry in entries:
        entry.bill_id = bill.id
    account.balance_cents = bill.total_cents
    if account.due_on is None and account.balance_cents > 0:
        account.due_on = bill.due_on
    account.next_bill_on = next_month(bill.issued_on, on=min(bill.issued_on.day, 28))
    work.uow.bills.add(bill)
    work.audit("bill_made", profile_id=None, account_id=account.id, after={"bill": bill.number})
    await _dispatch(work, account, bill)
    return True


def _bill(work: Work, account: Account, entries: Sequence[LedgerEntry]) -> Bill:
    """The bill of this day, with all that it will print; nothing is stored yet."""
    paid = sum(entry.cents for entry in entries if entry.kind == "payment")
    charges = _charges(work, account)
    taxes = taxes_on(sum(line["cents"] for line in charges), account.billing_address.province)
    return Bill(
        id=new_id(),
        number=new_receipt_number(),
        account_id=account.id,
        holder=account.holder,
        billing_address=account.billing_address,
        issued_on=account.next_bill_on,
        due_on=due_date(account, account.next_bill_on),
        previous_cents=account.balance_cents + paid,
        payments_cents=paid,
        charges=charges,
        taxes=taxes,
        total_cents=account.balance_cents + sum(line["cents"] for line in [*charges, *taxes]),
        travel=travel_of(account),
        is_charged=account.autopay,
        email=account.ebill_email,
        payments=[
            {"on": entry.on.isoformat(), "cents": entry.cents, "label": entry.label} for entry in entries
        ],
    )


def _charges(work: Work, account: Account) -> list[dict[str, Any]]:
    lines = [
        {
            "kind": service["kind"],
            "label": service.get("label", ""),
            "cents": int(service.get("monthly_cents", 0)),
        }
        for service in account.services
    ]
    if account.plan_code is not None:
        plan = work.backend.catalogue.get(account.plan_code)
        lines.append({"kind": "plan", "name": dict(plan.name), "cents": plan.monthly_fee_cents})
    return lines


async def _dispatch(work: Work, account: Account, bill: Bill) -> None:
    profile = await owner(work.uow, account, work)
    if bill.travel is not Travel.AUTOPAY:
        send_bill(work, account, bill, profile)
    if account.autopay and bill.total_cents > 0:
        work.uow.payments.add(
            Payment(
                id=new_id(),
                account_id=account.id,
                profile_id=profile.id,
                kind=PaymentKind.AUTOPAY,
                cents=bill.total_cents,
                state=PaymentState.STARTED,
                started_at=work.now,
                channel=work.actor.channel.value,
                due_on=bill.due_on,
                bill_id=bill.id,
            )
        )


def send_bill(work: Work, account: Account, bill: Bill, profile: Profile) -> None:
    """By e-mail or on paper, exactly one of the two; both only where paper was asked for by right."""
    is_ebill = account.delivery is Delivery.EBILL
    bill.travel = travel_of(account) if is_ebill else Travel.PAPER
    bill.email = account.ebill_email
    values = {"bill_id": bill.id}
    if bill.travel is not Travel.EBILL:
        paper = f"paper+{account.number}"  # the mail room prints and posts it
        bill.message_id = work.send(PAPER, profile, values=values, account_id=account.id, to=paper).id
    if is_ebill:  # the message whose bounce would return the account to paper
        to = account.ebill_email
        bill.message_id = work.send(EBILL, profile, values=values, account_id=account.id, to=to).id


async def owner(uow: UnitOfWork, account: Account, work: Work) -> Profile:
    """Whose language the account's documents are in; if nobody's, French in Québec, else English."""
    profiles = await uow.profiles.of_account(account.id)
    if profiles:
        return profiles[0]
    nobody = gone("", work.now)
    nobody.language = Language.FR if account.billing_address.province == "QC" else Language.EN
    return nobody


async def return_to_paper(work: Work, message_id: str, reason: str) -> Receipt | None:
    """An e-bill that can't be delivered: from now on paper, this bill too (FAQ ebill_not_received)."""
    known = await work.uow.bills.by_message(message_id)
    if known is None:
        return None
    account = await work.uow.accounts.get(known.account_id, lock=True)
    bill = await work.uow.bills.get(known.id, lock=True)
    if account is None or bill is None or bill.returned_reason is not None or bill.message_id != message_id:
        return None
    profile = await owner(work.uow, account, work)
    bill.returned_reason = reason
    before = delivery_state(account)
    if account.delivery is Delivery.EBILL and account.ebill_email == bill.email:
        rules.return_to_paper(account)
        await end_consent(work, account, reason=reason)
    if account.delivery is Delivery.PAPER and bill.travel is not Travel.BOTH:
        send_bill(work, account, bill, profile)
    return await work.leave_receipt(
        Operation.EBILL_RETURNED,
        profile,
        account=account,
        before=before,
        after={**delivery_state(account), "reason": reason},
        subject_id=bill.id,
        email=bool(profile.email),
    )


async def access_bill(uow: UnitOfWork, actor: Actor, account_id: str, bill_id: str) -> Bill:
    """A bill of one of the profile's accounts."""
    await access_account(uow, actor, account_id)
    bill = await uow.bills.get(bill_id)
    if bill is None or bill.account_id != account_id:
        raise Refusal("bill_not_found")
    return bill

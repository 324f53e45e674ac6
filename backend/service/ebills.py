"""The e-bill: enrol with consent on record, leave, send it elsewhere, and return to paper."""

from dataclasses import dataclass

from backend.domain import ebills
from backend.domain.accounts import Account, Delivery
from backend.domain.clock import day_starts
from backend.domain.ebills import EBillEnrolment
from backend.domain.identifiers import new_id
from backend.domain.people import Profile
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.linking import OneAccount
from backend.service.perform import Work


@dataclass(frozen=True)
class EnrolEBill:
    """Have bills by e-mail instead of on paper."""

    account_id: str
    email: str
    consent: bool


@dataclass(frozen=True)
class ChangeEBillEmail:
    """Have the e-bill sent to another address."""

    account_id: str
    email: str


async def do_enrol(work: Work, command: EnrolEBill) -> Receipt:
    """Record the consent and stop the paper (FAQ ebill_enrol_how, ebill_business_recipient)."""
    profile, account = await _open(work, command.account_id)
    before = delivery_state(account)
    ebills.enrol(account, email=command.email, consent=command.consent)
    enrolment = record_consent(work, profile, account, command.email)
    return await _receipt(work, Operation.EBILL_ENROL, profile, account, before, subject_id=enrolment.id)


async def do_leave(work: Work, command: OneAccount) -> Receipt:
    """Back to paper (FAQ ebill_back_to_paper_how)."""
    profile, account = await _open(work, command.account_id)
    before = delivery_state(account)
    ebills.leave(account, actor=work.actor)
    enrolment = await end_consent(work, account, reason="left")
    subject = enrolment.id if enrolment else None
    return await _receipt(work, Operation.EBILL_LEAVE, profile, account, before, subject_id=subject)


async def do_change_email(work: Work, command: ChangeEBillEmail) -> Receipt:
    """Another address for the e-bill; a consent of its own (FAQ ebill_change_email)."""
    profile, account = await _open(work, command.account_id)
    before = delivery_state(account)
    ebills.change_email(account, command.email)
    await end_consent(work, account, reason="address_changed")
    enrolment = record_consent(work, profile, account, command.email)
    return await _receipt(
        work, Operation.EBILL_EMAIL_CHANGE, profile, account, before, subject_id=enrolment.id
    )


def record_consent(work: Work, profile: Profile, account: Account, email: str) -> EBillEnrolment:
    """Who agreed to what, when, and through which channel."""
    enrolment = EBillEnrolment(
        id=new_id(),
        account_id=account.id,
        profile_id=profile.id,
        email=email,
        consent_at=work.now,
        consent_channel=work.actor.channel.value,
    )
    work.uow.enrolments.add(enrolment)
    return enrolment


async def end_consent(work: Work, account: Account, *, reason: str) -> EBillEnrolment | None:
    """The consent is over; its record stays."""
    current = await work.uow.enrolments.current(account.id)
    if current is not None:
        current.ended_at, current.end_reason = work.now, reason
        await work.uow.flush()
    return current


def delivery_state(account: Account) -> dict[str, object]:
    """How bills travel, as a receipt shows it."""
    return {"delivery": account.delivery.value, "ebill_email": account.ebill_email}


async def _open(work: Work, account_id: str) -> tuple[Profile, Account]:
    profile = await work.profile()
    return profile, await access_account(work.uow, work.actor, account_id, lock=True)


async def _receipt(
    work: Work,
    operation: Operation,
    profile: Profile,
    account: Account,
    before: dict[str, object],
    *,
    subject_id: str | None,
) -> Receipt:
    """Undo lasts until the next bill is made: after that, something has travelled."""
    starts_bare = operation is Operation.EBILL_ENROL and not account.is_residential and not work.actor.is_rep
    return await work.leave_receipt(
        operation,
        profile,
        account=account,
        before=before,
        after=delivery_state(account),
        undo_until=None if starts_bare else day_starts(account.next_bill_on),
        subject_id=subject_id,
    )


def return_to_paper(work: Work, account: Account) -> dict[str, object]:
    """An e-bill that can't be delivered puts the account back on paper; returns the state before."""
    before = delivery_state(account)
    if account.delivery is Delivery.EBILL:
        ebills.return_to_paper(account)
    return before

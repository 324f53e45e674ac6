"""Paper or e-bill: exactly one of them, with consent on record (FAQ ebill_and_paper)."""

from dataclasses import dataclass
from datetime import datetime

from backend.domain.accounts import Account, Delivery
from backend.domain.errors import Refusal
from backend.domain.people import Actor


@dataclass(eq=False)
class EBillEnrolment:
    """The record of a consent: who agreed to what address, when, where; and why it ended."""

    id: str
    account_id: str
    profile_id: str
    email: str
    consent_at: datetime
    consent_channel: str
    ended_at: datetime | None = None
    end_reason: str | None = None


def enrol(account: Account, *, email: str, consent: bool) -> None:
    """Start the e-bill; paper stops by the same stroke."""
    if not consent:
        raise Refusal("consent_missing", field="consent")
    if account.delivery is Delivery.EBILL:
        raise Refusal("ebill_already_on")
    account.delivery, account.ebill_email = Delivery.EBILL, email


def leave(account: Account, *, actor: Actor) -> None:
    """Return to paper: residential customers by themselves, business ones through a rep."""
    if account.delivery is not Delivery.EBILL:
        raise Refusal("ebill_not_on")
    if not account.is_residential and not actor.is_rep:
        raise Refusal("ebill_leave_business")
    return_to_paper(account)


def return_to_paper(account: Account) -> None:
    """What leaving and undeliverable e-bills have in common (FAQ ebill_not_received)."""
    account.delivery, account.ebill_email = Delivery.PAPER, None


def change_email(account: Account, email: str) -> None:
    """Send the e-bill elsewhere (FAQ ebill_change_email)."""
    if account.delivery is not Delivery.EBILL:
        raise Refusal("ebill_not_on")
    if account.ebill_email == email:
        raise Refusal("ebill_address_unchanged", field="email")
    account.ebill_email = email

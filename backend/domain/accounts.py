"""An account as the company knows it: its services, plan, address, balance, and what is scheduled for it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from backend.domain.address import Address
from backend.domain.errors import Refusal

FARTHEST = timedelta(days=365)
# An overdue account is suspended after this many days, unless a reported payment holds it off.
GRACE = timedelta(days=30)


class Kind(StrEnum):
    """Some rules differ between homes and companies."""

    RESIDENTIAL = "residential"
    BUSINESS = "business"


class Status(StrEnum):
    """Whether the services of the account run."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Delivery(StrEnum):
    """How bills travel: one or the other; both only for paper on request (FAQ ebill_and_paper)."""

    PAPER = "paper"
    EBILL = "ebill"


class PaperReason(StrEnum):
    """Why paper may come beside the e-bill: those to whom CRTC policy 2022-28 gives paper for the asking."""

    DISABILITY = "disability"
    SIXTY_FIVE = "sixty_five_or_over"
    NO_INTERNET = "no_internet_or_data"


@dataclass(eq=False)
class Account:
    """One account number with everything the customer may see or change."""

    id: str
    number: str
    holder: str
    kind: Kind
    services: list[dict[str, Any]]
    billing_address: Address
    opened_on: date
    next_bill_on: date
    plan_code: str | None = None
    plan_since: datetime | None = None
    balance_cents: int = 0
    due_on: date | None = None
    status: Status = Status.ACTIVE
    hold_until: date | None = None
    delivery: Delivery = Delivery.PAPER
    ebill_email: str | None = None
    autopay: bool = False
    autopay_method: str | None = None
    tags: dict[str, Any] = field(default_factory=dict)
    paper_on_request: PaperReason | None = None
    last_changes: dict[str, str] = field(default_factory=dict)  # what was changed: the receipt that says so

    @property
    def is_residential(self) -> bool:
        """Whether the residential rules hold."""
        return self.kind is Kind.RESIDENTIAL

    def is_overdue(self, today: date) -> bool:
        """Something is owed and its date has passed."""
        return self.balance_cents > 0 and self.due_on is not None and self.due_on < today

    def may_suspend(self, today: date) -> bool:
        """Overdue beyond the grace, and no reported payment holds it off (FAQ why_report_payment)."""
        if self.status is not Status.ACTIVE or not self.is_overdue(today) or self.due_on is None:
            return False
        return today > self.due_on + GRACE and (self.hold_until is None or self.hold_until < today)

    def move_to(self, address: Address) -> Address:
        """Change the billing address now; returns the one before."""
        if address == self.billing_address:
            raise Refusal("address_unchanged", field="address")
        before, self.billing_address = self.billing_address, address
        return before

    def pay(self, cents: int) -> None:
        """Money has arrived: the balance falls, and what was owed may be owed no longer."""
        self.balance_cents -= cents
        if self.balance_cents <= 0:
            self.due_on = None
            self.hold_until = None
            if self.status is Status.SUSPENDED:
                self.status = Status.ACTIVE


class ChangeState(StrEnum):
    """The life of a scheduled change."""

    PENDING = "pending"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


@dataclass(eq=False)
class ScheduledChange:
    """A move to come: the billing address from the effective date on (FAQ effective_date)."""

    id: str
    account_id: str
    profile_id: str
    address: Address
    effective_on: date
    created_at: datetime
    receipt_number: str
    state: ChangeState = ChangeState.PENDING
    settled_at: datetime | None = None

    def is_due(self, today: date) -> bool:
        """Pending, and its day has come or gone by."""
        return self.state is ChangeState.PENDING and self.effective_on <= today

    def settle(self, state: ChangeState, now: datetime) -> None:
        """Leave the pending state, once."""
        if self.state is not ChangeState.PENDING:
            raise Refusal("no_scheduled_change")
        self.state, self.settled_at = state, now


def check_effective_date(day: date, today: date) -> None:
    """A move is today or later, and within a year."""
    if day < today:
        raise Refusal("effective_date_past", field="effective_on", today=today.isoformat())
    if day > today + FARTHEST:
        raise Refusal("effective_date_too_far", field="effective_on", latest=(today + FARTHEST).isoformat())

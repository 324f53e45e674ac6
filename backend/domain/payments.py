"""Payments made elsewhere and reported here: checked, followed to their end, holding off suspension."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from backend.domain.errors import Refusal

OLDEST = timedelta(days=60)
LARGEST_CENTS = 5_000_000
# How long a report that nobody has settled yet holds off suspension.
HOLD = timedelta(days=15)


class Method(StrEnum):
    """How the customer paid."""

    BANK = "bank"
    ONLINE_BANKING = "online_banking"
    CHEQUE = "cheque"
    CARD = "card"
    IN_PERSON = "in_person"
    OTHER = "other"


class ReportState(StrEnum):
    """Received, being processed, then applied or not found; or withdrawn by the customer."""

    RECEIVED = "received"
    PROCESSING = "processing"
    APPLIED = "applied"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({ReportState.RECEIVED, ReportState.PROCESSING})
_NEXT = {
    ReportState.RECEIVED: {
        ReportState.PROCESSING,
        ReportState.APPLIED,
        ReportState.REJECTED,
        ReportState.WITHDRAWN,
    },
    ReportState.PROCESSING: {ReportState.APPLIED, ReportState.REJECTED},
}


@dataclass(eq=False)
class PaymentReport:
    """A payment the customer says was made; the receipt confirms it (FAQ reported_payment_confirmation)."""

    id: str
    account_id: str
    profile_id: str
    cents: int
    paid_on: date
    method: Method
    reference: str
    reported_at: datetime
    receipt_number: str
    state: ReportState = ReportState.RECEIVED
    settled_at: datetime | None = None
    bill_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Still holding off suspension."""
        return self.state in OPEN

    def become(self, state: ReportState, now: datetime) -> None:
        """Take the next step of its life; there is no way back."""
        if state not in _NEXT.get(self.state, set()):
            raise Refusal("payment_report_settled", state=self.state.value)
        self.state = state
        if state is not ReportState.PROCESSING:
            self.settled_at = now

    def is_same_payment(self, *, cents: int, paid_on: date, method: Method, reference: str) -> bool:
        """Whether another report speaks of this payment; a missing reference is not a different one."""
        if (self.cents, self.paid_on, self.method) != (cents, paid_on, method):
            return False
        return not self.reference or not reference or self.reference.casefold() == reference.casefold()

    def looks_like(self, *, cents: int, paid_on: date, method: Method) -> bool:
        """Same amount and day, told another way: perhaps the same payment; the customer knows."""
        return (self.cents, self.paid_on) == (cents, paid_on) and self.method is not method


def check_report(*, cents: int, paid_on: date, today: date) -> None:
    """Limits: something, not absurd, not in the future, not older than 60 days."""
    if not 1 <= cents <= LARGEST_CENTS:
        raise Refusal("amount_invalid", field="amount_cents", largest_cents=LARGEST_CENTS)
    if paid_on > today:
        raise Refusal("payment_date_future", field="paid_on", today=today.isoformat())
    if paid_on < today - OLDEST:
        raise Refusal("payment_date_too_old", field="paid_on", oldest=(today - OLDEST).isoformat())


@dataclass(eq=False)
class LedgerEntry:
    """One movement of an account's balance; those without a bill yet show on the following one."""

    id: str
    account_id: str
    kind: str  # charge, payment, credit
    cents: int
    on: date
    label: str
    reference: str
    bill_id: str | None = None

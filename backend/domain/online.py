"""Payments made on the provider's page: started, approved or refused; card data never comes to us."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backend.domain.errors import Refusal

CURRENCY = "CAD"


class PaymentKind(StrEnum):
    """Why the provider is asked."""

    ONE_TIME = "one_time"
    AUTOPAY_SETUP = "autopay_setup"
    AUTOPAY = "autopay"
    REFUND = "refund"


class PaymentState(StrEnum):
    """The life of a payment; a refused one may still be approved with another card."""

    STARTED = "started"
    CHARGING = "charging"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"  # nobody came to the page in time
    NOT_NEEDED = "not_needed"  # nothing was owed any more


@dataclass(eq=False)
class Payment:
    """One attempt to pay, or to let us charge every month."""

    id: str
    account_id: str
    profile_id: str
    kind: PaymentKind
    cents: int
    state: PaymentState
    started_at: datetime
    channel: str
    due_on: date | None = None
    settled_at: datetime | None = None
    claimed_until: datetime | None = None
    authorization: str | None = None
    refused_reason: str | None = None
    receipt_number: str | None = None
    bill_id: str | None = None
    refund_of: str | None = None

    @property
    def is_approved(self) -> bool:
        """Whether money has moved, or the consent to move it was given."""
        return self.state is PaymentState.APPROVED

    def fix_amount(self, balance_cents: int) -> None:
        """Charge what the bill asks, never more than is still owed; fixed once, before the charge."""
        self.cents = min(self.cents, max(balance_cents, 0))
        self.state = PaymentState.CHARGING if self.cents else PaymentState.NOT_NEEDED


@dataclass(frozen=True)
class Outcome:
    """What the provider says became of a payment, and what money moved: none for a consent."""

    payment_id: str
    is_approved: bool
    cents: int = 0
    currency: str = CURRENCY
    authorization: str = ""
    method: str = ""
    method_token: str = ""
    reason: str = ""


class ProviderFault(Exception):  # noqa: N818 - it is known what to do: ask again
    """The provider gave no answer; nobody knows yet whether money has moved."""


def check_outcome(payment: Payment, outcome: Outcome) -> None:
    """Other money than was asked for is never recorded as what was: a person has to look."""
    if outcome.is_approved and (outcome.cents, outcome.currency) != (payment.cents, CURRENCY):
        raise Refusal(
            "payment_amount_differs",
            asked_cents=payment.cents,
            told_cents=outcome.cents,
            told_currency=outcome.currency,
        )


def check_refund(payment: Payment, cents: int, refunded_cents: int) -> None:
    """Only what came in by this payment, and has not gone back yet."""
    if not payment.is_approved or payment.kind not in (PaymentKind.ONE_TIME, PaymentKind.AUTOPAY):
        raise Refusal("refund_not_possible")
    left = payment.cents - refunded_cents
    if not 1 <= cents <= left:
        raise Refusal("refund_over_payment", field="amount_cents", left_cents=left)


def check_amount(cents: int, balance_cents: int) -> None:
    """Something is owed, and not more than that is paid."""
    if balance_cents <= 0:
        raise Refusal("nothing_to_pay")
    if not 1 <= cents <= balance_cents:
        raise Refusal("payment_over_balance", field="amount_cents", balance_cents=balance_cents)

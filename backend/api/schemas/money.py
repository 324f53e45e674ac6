"""Payments made here and bills as they come in and go out."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from backend.api.schemas.common import Cents, Line, Model
from backend.domain.bills import Bill, Travel
from backend.domain.online import Payment, PaymentKind, PaymentState


class PaymentIn(Model):
    """How much to pay now."""

    amount_cents: Cents


class RefundIn(Model):
    """How much of the payment to give back."""

    amount_cents: Cents


class PaymentOut(Model):
    """A payment made here; while it is started, `page_url` is where the customer pays."""

    id: str
    kind: PaymentKind
    amount_cents: int = Field(examples=[8450])
    state: PaymentState
    page_url: str | None = Field(description="the provider's page; card data never comes to us")
    authorization: str | None = Field(examples=["481203"])
    refused_reason: str | None
    refund_of: str | None = Field(default=None, description="the payment that this one gives back")
    receipt_number: str | None
    started_at: AwareDatetime
    settled_at: AwareDatetime | None

    @classmethod
    def of(cls, payment: Payment, page_url: str | None) -> "PaymentOut":
        """From the domain's payment."""
        return cls(
            id=payment.id,
            kind=payment.kind,
            amount_cents=payment.cents,
            state=payment.state,
            page_url=page_url,
            authorization=payment.authorization,
            refused_reason=payment.refused_reason,
            refund_of=payment.refund_of,
            receipt_number=payment.receipt_number,
            started_at=payment.started_at,
            settled_at=payment.settled_at,
        )


class PaymentsOut(Model):
    """Payments, the newest first."""

    payments: list[PaymentOut]


class NoticeIn(Model):
    """What the provider says became of a payment."""

    payment_id: Line = Field(pattern=r"^[0-9a-f]{32}$", examples=["0190b0c4d5e6f708192a3b4c5d6e7f83"])
    outcome: Literal["approved", "refused"]
    amount_cents: int = Field(ge=0, le=100_000_000, examples=[8450])  # what was moved; none for a consent
    currency: Literal["CAD"] = Field(examples=["CAD"])
    authorization: Line = Field(max_length=40, examples=["481203"])
    method: Line = Field(max_length=80, examples=["Visa •••• 4242"])
    method_token: Line = Field(max_length=80, examples=["sandbox-4242"])
    reason: Line = Field(max_length=80, examples=[""])


class NoticeOut(Model):
    """The notice was taken."""

    taken: Literal[True] = True


class BillOut(Model):
    """One monthly bill."""

    id: str
    number: str = Field(examples=["482109375562"])
    issued_on: date
    due_on: date
    previous_cents: int
    payments_cents: int
    charges: list[dict[str, Any]]
    taxes: list[dict[str, Any]]
    total_cents: int
    travel: Travel
    returned_reason: str | None

    @classmethod
    def of(cls, bill: Bill) -> "BillOut":
        """From the domain's bill."""
        return cls(**{name: getattr(bill, name) for name in cls.model_fields})


class BillsOut(Model):
    """Bills, the newest first."""

    bills: list[BillOut]


class BounceIn(Model):
    """The Message-ID (its part before the @) of an e-bill that came back."""

    message_id: Line = Field(pattern=r"^[0-9a-f]{32}$", examples=["0190b0c4d5e6f708192a3b4c5d6e7f85"])


class BounceOut(Model):
    """Whether an account went back to paper because of it."""

    returned_to_paper: bool

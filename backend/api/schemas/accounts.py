"""Accounts, addresses, plans, reported payments and e-bills as they come in and go out."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from backend.api.schemas.common import (
    AddressIn,
    AddressOut,
    Cents,
    Day,
    Email,
    Line,
    Model,
    Moment,
    ScheduledOut,
)
from backend.api.schemas.receipts import ReceiptOut
from backend.domain.accounts import Account, Delivery, Kind, PaperReason, Status
from backend.domain.payments import Method, PaymentReport, ReportState
from backend.domain.people import Language
from backend.domain.plans import ADMINISTRATIVE_FEE_CENTS, Plan


class AccountOut(Model):
    """One account in a list."""

    id: str = Field(examples=["0190b0c4d5e6f708192a3b4c5d6e7f80"])
    number: str = Field(examples=["123456782"])
    holder: str = Field(examples=["Marie Tremblay"])
    kind: Kind
    status: Status
    services: list[dict[str, Any]]
    is_default: bool

    @classmethod
    def of(cls, account: Account, *, is_default: bool) -> "AccountOut":
        """From the domain's account."""
        return cls(
            id=account.id,
            number=account.number,
            holder=account.holder,
            kind=account.kind,
            status=account.status,
            services=account.services,
            is_default=is_default,
        )


class AccountsOut(Model):
    """The profile's accounts, in the order of linking."""

    accounts: list[AccountOut]


class PlanOut(Model):
    """A long-distance plan in the language of the answer; minutes are in tenths of a cent."""

    code: str = Field(examples=["north_america"])
    name: str = Field(examples=["Amérique du Nord illimité"])
    names: dict[str, str]
    terms: str
    monthly_fee_cents: int = Field(examples=[1495])
    administrative_fee_cents: int = ADMINISTRATIVE_FEE_CENTS
    canada_minute_mills: int
    usa_minute_mills: int
    world_minute_mills: int
    included_minutes: int
    kinds: list[Kind]
    offered: bool

    @classmethod
    def of(cls, plan: Plan, language: Language) -> "PlanOut":
        """From the domain's plan."""
        return cls(
            code=plan.code,
            name=plan.name[language.value],
            names=dict(plan.name),
            terms=plan.terms[language.value],
            monthly_fee_cents=plan.monthly_fee_cents,
            canada_minute_mills=plan.canada_minute_mills,
            usa_minute_mills=plan.usa_minute_mills,
            world_minute_mills=plan.world_minute_mills,
            included_minutes=plan.included_minutes,
            kinds=sorted(plan.kinds),
            offered=plan.offered,
        )


class PlansOut(Model):
    """The plans that are offered."""

    plans: list[PlanOut]


class ReportOut(Model):
    """A reported payment."""

    id: str
    receipt_number: str = Field(examples=["482109375562"])
    amount_cents: int = Field(examples=[5230])
    paid_on: date
    method: Method
    reference: str
    state: ReportState
    reported_at: AwareDatetime
    settled_at: AwareDatetime | None
    shows_on: Literal["following_bill"] = "following_bill"

    @classmethod
    def of(cls, report: PaymentReport) -> "ReportOut":
        """From the domain's report."""
        return cls(
            id=report.id,
            receipt_number=report.receipt_number,
            amount_cents=report.cents,
            paid_on=report.paid_on,
            method=report.method,
            reference=report.reference,
            state=report.state,
            reported_at=report.reported_at,
            settled_at=report.settled_at,
        )


class ReportsOut(Model):
    """Reported payments, the newest first."""

    payment_reports: list[ReportOut]


class BalanceOut(Model):
    """What is owed, by when."""

    balance_cents: int = Field(examples=[8450])
    due_on: date | None
    is_overdue: bool
    suspension_held_until: date | None


class EBillOut(Model):
    """How bills travel."""

    delivery: Delivery
    email: str | None = Field(examples=["marie@example.ca"])
    may_leave: bool
    autopay: bool
    paper_on_request: PaperReason | None


class SummaryOut(AccountOut):
    """The account summary."""

    billing_address: AddressOut
    scheduled_address: ScheduledOut | None
    plan: PlanOut | None
    balance: BalanceOut
    ebill: EBillOut
    next_bill_on: date
    recent_payment_reports: list[ReportOut]
    recent_receipts: list[ReceiptOut]


class AddressStateOut(Model):
    """The billing address now, and the one to come."""

    billing_address: AddressOut
    scheduled: ScheduledOut | None


class AddressChangeIn(Model):
    """A new billing address; without a date it holds at once."""

    address: AddressIn
    effective_on: Day | None = Field(default=None, examples=["2027-03-01"])


class PlanIn(Model):
    """The plan to switch to."""

    plan: Line = Field(examples=["north_america"], min_length=1, max_length=40)


class ReportIn(Model):
    """A payment made elsewhere."""

    amount_cents: Cents
    paid_on: Day = Field(examples=["2026-11-20"])
    method: Method = Field(examples=["online_banking"])
    reference: Line = Field(default="", max_length=80, examples=["A1B2C3"])
    confirm_duplicate: bool = Field(
        default=False, strict=True, description="it only looks like a payment already reported"
    )


class OpenReportOut(ReportOut):
    """A reported payment that waits for a rep."""

    account_id: str
    account_number: str = Field(examples=["123456782"])


class OpenReportsOut(Model):
    """Reported payments that wait, the oldest first."""

    payment_reports: list[OpenReportOut]


class OpenReportsQuery(Model):
    """Which part of the list."""

    state: Literal["received", "processing"] | None = Field(default=None)
    limit: int = Field(default=50, ge=1, le=200)
    after: Moment | None = Field(default=None, description="reported_at of the last one already seen")


class SettleIn(Model):
    """What became of a reported payment."""

    state: Literal[ReportState.PROCESSING, ReportState.APPLIED, ReportState.REJECTED] = Field(
        examples=["applied"]
    )


class EnrolIn(Model):
    """Where to send the e-bill, and the consent that paper stops."""

    email: Email = Field(examples=["marie@example.ca"])
    consent: bool = Field(examples=[True], strict=True)


class PaperIn(Model):
    """Why paper is asked for; the customer's word is enough."""

    reason: PaperReason = Field(examples=["sixty_five_or_over"])


class EBillEmailIn(Model):
    """Where to send the e-bill from now on."""

    email: Email = Field(examples=["marie.t@example.ca"])

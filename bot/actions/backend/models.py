"""What the backend answers, as far as conversations need it; fields we don't know are let pass.

Amounts are Canadian cents, minutes are in tenths of a cent, dates are Toronto's. Words of a closed
list (states, kinds, methods, operations) are plain texts, so that a new one does not spoil an answer.
"""

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict

TORONTO = ZoneInfo("America/Toronto")

Language = Literal["fr", "en"]
Method = Literal["bank", "online_banking", "cheque", "card", "in_person", "other"]


class Model(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Profile(Model):
    """Who is signed in."""

    id: str
    user_id: str
    email: str
    language: str
    default_account_id: str | None


class Account(Model):
    """One account in a list; `number` has nine digits."""

    id: str
    number: str
    holder: str
    kind: str  # residential, business
    status: str  # active, suspended, closed
    services: list[dict[str, Any]]
    is_default: bool

    @property
    def is_business(self) -> bool:
        """Whether the rules for companies hold."""
        return self.kind == "business"


class Address(Model):
    """A Canadian address, as it comes and as it goes."""

    line1: str
    line2: str = ""
    city: str
    province: str  # two letters
    postal_code: str


class Scheduled(Model):
    """A move to come."""

    address: Address
    effective_on: date
    receipt_number: str


class Plan(Model):
    """A long-distance plan; `name` and `terms` are in the language of the call."""

    code: str
    name: str
    names: dict[str, str]  # fr, en
    terms: str
    monthly_fee_cents: int
    administrative_fee_cents: int
    canada_minute_mills: int
    usa_minute_mills: int
    world_minute_mills: int
    included_minutes: int
    kinds: list[str]
    offered: bool


class Balance(Model):
    """What is owed, by when; negative cents are in the customer's favour."""

    balance_cents: int
    due_on: date | None
    is_overdue: bool
    suspension_held_until: date | None


class EBill(Model):
    """How bills travel."""

    delivery: str  # paper, ebill
    email: str | None
    may_leave: bool
    autopay: bool
    paper_on_request: str | None

    @property
    def is_on(self) -> bool:
        """Whether bills come by e-mail."""
        return self.delivery == "ebill"


class Report(Model):
    """A payment made elsewhere and reported to us."""

    id: str
    receipt_number: str
    amount_cents: int
    paid_on: date
    method: str
    reference: str
    state: str  # received, processing, applied, rejected, withdrawn
    reported_at: AwareDatetime
    settled_at: AwareDatetime | None


class Line(Model):
    """One thing that changed, in words."""

    label: str
    before: str | None
    after: str | None


class Words(Model):
    """A receipt in the language of the call."""

    title: str
    number: str  # in groups of four; empty in a preview
    account: str | None
    done: str
    effective: str
    lines: list[Line]
    undo: str
    undone: str | None
    complaint: str


class Undo(Model):
    """Whether the operation can still be taken back, and the refusal's code if not."""

    possible: bool
    until: AwareDatetime | None = None
    problem: str | None = None


class Receipt(Model):
    """The written confirmation of one operation, or in a preview what it would be."""

    number: Annotated[str, BeforeValidator(lambda value: value or "")]  # twelve digits; empty in a preview
    operation: str
    account_id: str | None
    account_number: str | None
    created_at: AwareDatetime
    effective_on: date
    channel: str
    actor: str
    before: dict[str, Any]
    after: dict[str, Any]
    undo: Undo
    undoes: str | None = None
    undone_by: str | None = None
    subject_id: str | None = None
    words: Words
    is_preview: bool = False

    @property
    def done_on(self) -> date:
        """The day on which it was done, in Toronto."""
        return self.created_at.astimezone(TORONTO).date()


class Summary(Account):
    """Everything about one account."""

    billing_address: Address
    scheduled_address: Scheduled | None
    plan: Plan | None
    balance: Balance
    ebill: EBill
    next_bill_on: date
    recent_payment_reports: list[Report]
    recent_receipts: list[Receipt]


class Payment(Model):
    """A payment made here; while it can be paid, `page_url` is the provider's page for it."""

    id: str
    kind: str  # one_time, autopay_setup, autopay, refund
    amount_cents: int
    state: str  # started, charging, approved, refused, expired, not_needed
    page_url: str | None
    authorization: str | None
    refused_reason: str | None
    receipt_number: str | None
    started_at: AwareDatetime
    settled_at: AwareDatetime | None


class Bill(Model):
    """One monthly bill."""

    id: str
    number: str
    issued_on: date
    due_on: date
    previous_cents: int
    payments_cents: int
    total_cents: int
    travel: str  # paper, ebill, ebill_and_paper, autopay
    returned_reason: str | None


class Accounts(Model):
    """The body that lists accounts."""

    accounts: list[Account]


class Plans(Model):
    """The body that lists plans."""

    plans: list[Plan]


class Reports(Model):
    """The body that lists reported payments."""

    payment_reports: list[Report]


class Receipts(Model):
    """The body that lists receipts."""

    receipts: list[Receipt]


class Payments(Model):
    """The body that lists payments made here."""

    payments: list[Payment]


class Bills(Model):
    """The body that lists bills."""

    bills: list[Bill]


class Nothing(Model):
    """No body at all."""

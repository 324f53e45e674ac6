"""What every operation leaves behind: a receipt, an audit row, messages to send, its key."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from backend.domain.people import Language


class Operation(StrEnum):
    """Everything that gives a receipt."""

    REGISTER = "register"
    USER_ID_CHANGE = "user_id_change"
    PASSWORD_CHANGE = "password_change"
    PHONE_PIN_CHANGE = "phone_pin_change"
    PHONE_PIN_REMOVE = "phone_pin_remove"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGE = "email_change"
    LANGUAGE_CHANGE = "language_change"
    PROFILE_DELETE = "profile_delete"
    ACCOUNT_LINK = "account_link"
    ACCOUNT_UNLINK = "account_unlink"
    DEFAULT_ACCOUNT_CHANGE = "default_account_change"
    ADDRESS_CHANGE = "address_change"
    ADDRESS_SCHEDULE = "address_schedule"
    ADDRESS_RESCHEDULE = "address_reschedule"
    ADDRESS_SCHEDULE_CANCEL = "address_schedule_cancel"
    ADDRESS_APPLIED = "address_applied"
    PLAN_CHANGE = "plan_change"
    PAYMENT_REPORT = "payment_report"
    PAYMENT_REPORT_WITHDRAW = "payment_report_withdraw"
    PAYMENT_REPORT_PROCESSING = "payment_report_processing"
    PAYMENT_REPORT_APPLIED = "payment_report_applied"
    PAYMENT_REPORT_REJECTED = "payment_report_rejected"
    PAYMENT = "payment"
    REFUND = "refund"
    AUTOPAY_START = "autopay_start"
    AUTOPAY_STOP = "autopay_stop"
    EBILL_ENROL = "ebill_enrol"
    EBILL_LEAVE = "ebill_leave"
    EBILL_EMAIL_CHANGE = "ebill_email_change"
    EBILL_RETURNED = "ebill_returned"
    BILL_SEND = "bill_send"
    PAPER_ON_REQUEST = "paper_on_request"
    PAPER_ON_REQUEST_END = "paper_on_request_end"


# What each operation writes on the account, so that undoing one of them knows whether it was the last.
WRITES = {
    Operation.ADDRESS_CHANGE: "billing_address",
    Operation.ADDRESS_APPLIED: "billing_address",
    Operation.PLAN_CHANGE: "plan",
    Operation.EBILL_ENROL: "delivery",
    Operation.EBILL_LEAVE: "delivery",
    Operation.EBILL_EMAIL_CHANGE: "delivery",
    Operation.EBILL_RETURNED: "delivery",
}

# The operations the customer may take back, and until when is written on each receipt.
UNDOABLE = frozenset(
    {
        Operation.ADDRESS_CHANGE,
        Operation.ADDRESS_SCHEDULE,
        Operation.ADDRESS_RESCHEDULE,
        Operation.PLAN_CHANGE,
        Operation.PAYMENT_REPORT,
        Operation.EBILL_ENROL,
        Operation.EBILL_LEAVE,
        Operation.EBILL_EMAIL_CHANGE,
    }
)


@dataclass(eq=False)
class Receipt:
    """The written confirmation of one operation, kept for good."""

    number: str
    operation: Operation
    profile_id: str
    account_id: str | None
    account_number: str | None
    created_at: datetime
    effective_on: date
    channel: str
    actor_kind: str
    language: Language
    before: dict[str, Any]
    after: dict[str, Any]
    undo_until: datetime | None = None
    undoes: str | None = None
    undone_by: str | None = None
    subject_id: str | None = None  # the scheduled change, report, enrolment or payment it speaks of

    @property
    def id(self) -> str:
        """Receipts go by their number."""
        return self.number


@dataclass(eq=False)
class AuditEntry:
    """Who did what, for whom, through which door; never changed, never deleted."""

    id: str
    at: datetime
    actor_kind: str
    actor_id: str
    channel: str
    action: str
    profile_id: str | None
    account_id: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    receipt_number: str | None = None


class MessageState(StrEnum):
    """The life of a message to send."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(eq=False)
class OutboxMessage:
    """A message promised in a transaction, sent by the worker; its id is the same at each try."""

    id: str
    template: str
    recipient: str
    language: Language
    values: dict[str, Any]
    created_at: datetime
    due_at: datetime
    profile_id: str | None = None
    account_id: str | None = None
    state: MessageState = MessageState.WAITING
    tries: int = 0
    claimed_until: datetime | None = None
    sent_at: datetime | None = None
    last_error: str | None = None


@dataclass(eq=False)
class OperationKey:
    """The idempotency key an operation was asked under, the digest of what was asked, the result's id."""

    scope: str
    key: str
    digest: str
    created_at: datetime
    result_id: str | None = field(default=None)

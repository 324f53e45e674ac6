"""The tables of money: reports, movements of balances, payments made here, bills."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, String, Table, false

from backend.domain import bills as b
from backend.domain import online as o
from backend.domain import payments as p
from backend.storage.schema import EMAIL, ID, account_fk, metadata
from backend.storage.types import AddressType, Json, UtcTime, Words

payment_reports = Table(
    "payment_reports",
    metadata,
    Column("id", ID, primary_key=True),
    account_fk(),
    Column("profile_id", ID, nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("method", Words(p.Method), nullable=False),
    Column("reference", String(80), nullable=False),
    Column("reported_at", UtcTime, nullable=False),
    Column("receipt_number", String(20), nullable=False),
    Column("state", Words(p.ReportState), nullable=False),
    Column("settled_at", UtcTime),
    Column("bill_id", ID),
    Index("ix_payment_reports_account_id_reported_at", "account_id", "reported_at"),
    Index("ix_payment_reports_state_reported_at", "state", "reported_at"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", ID, primary_key=True),
    account_fk(),
    Column("kind", String(20), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("on", Date, nullable=False),
    Column("label", String(120), nullable=False),
    Column("reference", String(80), nullable=False),
    Column("bill_id", ID, index=True),
    Index("ix_ledger_account_id_bill_id", "account_id", "bill_id"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", ID, primary_key=True),
    account_fk(),
    Column("profile_id", ID, nullable=False),
    Column("kind", Words(o.PaymentKind), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("state", Words(o.PaymentState), nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("due_on", Date),
    Column("settled_at", UtcTime),
    Column("claimed_until", UtcTime),
    Column("authorization", String(40)),
    Column("refused_reason", String(120)),
    Column("receipt_number", String(20)),
    Column("bill_id", ID),
    Column("refund_of", ID, index=True),
    Index("ix_payments_account_id_started_at", "account_id", "started_at"),
    Index("ix_payments_kind_state_due_on", "kind", "state", "due_on"),
    Index("ix_payments_state_started_at", "state", "started_at"),
)

bills = Table(
    "bills",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    account_fk(),
    Column("holder", String(200), nullable=False),
    Column("billing_address", AddressType, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("previous_cents", BigInteger, nullable=False),
    Column("payments_cents", BigInteger, nullable=False),
    Column("charges", Json, nullable=False),
    Column("taxes", Json, nullable=False),
    Column("total_cents", BigInteger, nullable=False),
    Column("travel", Words(b.Travel), nullable=False),
    Column("email", EMAIL),
    Column("message_id", ID, index=True),
    Column("returned_reason", String(80)),
    Column("payments", Json, nullable=False),
    Column("is_charged", Boolean, nullable=False, server_default=false()),
    # One bill for an account and a day, whatever the program believes.
    Index("uq_bills_account_id_issued_on", "account_id", "issued_on", unique=True),
)

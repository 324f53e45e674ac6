"""The tables, each mapped to the domain class with its rules; the migrations must arrive at exactly these."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from backend.domain import accounts as a
from backend.domain import bills as b
from backend.domain import online as o
from backend.domain import payments as p
from backend.domain import people as who
from backend.domain import records as r
from backend.domain.ebills import EBillEnrolment
from backend.domain.limits import Attempts
from backend.storage.schema import DIGEST, EMAIL, ID, account_fk, mapping, metadata
from backend.storage.tables_money import bills, ledger, payment_reports, payments
from backend.storage.types import AddressType, Json, UtcTime, Words

accounts = Table(
    "accounts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("holder", String(200), nullable=False),
    Column("kind", Words(a.Kind), nullable=False),
    Column("services", Json, nullable=False),
    Column("billing_address", AddressType, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("next_bill_on", Date, nullable=False, index=True),
    Column("plan_code", String(40)),
    Column("plan_since", UtcTime),
    Column("balance_cents", BigInteger, nullable=False),
    Column("due_on", Date, index=True),
    Column("status", Words(a.Status), nullable=False),
    Column("hold_until", Date),
    Column("delivery", Words(a.Delivery), nullable=False),
    Column("ebill_email", EMAIL),
    Column("autopay", Boolean, nullable=False),
    Column("autopay_method", String(80)),
    Column("tags", Json, nullable=False),
    Column("paper_on_request", Words(a.PaperReason)),
    Column("last_changes", Json, nullable=False, server_default="{}"),
)

profiles = Table(
    "profiles",
    metadata,
    Column("id", ID, primary_key=True),
    Column("user_id", String(80), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("email", EMAIL, nullable=False, index=True),
    Column("language", Words(who.Language), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime, nullable=False, index=True),
    Column("default_account_id", ID, ForeignKey("accounts.id")),
    Column("warned_at", UtcTime),
    Column("phone_pin_hash", String(200)),
)

account_links = Table(
    "account_links",
    metadata,
    Column("profile_id", ID, ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), primary_key=True, index=True),
    Column("linked_at", UtcTime, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_digest", DIGEST, nullable=False, unique=True),
    Column("profile_id", ID, ForeignKey("profiles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("used_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("ended_at", UtcTime),
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", UtcTime, nullable=False, index=True),
    Column("locked_until", UtcTime),
)

recovery_links = Table(
    "recovery_links",
    metadata,
    Column("token_digest", DIGEST, primary_key=True),
    Column("profile_id", ID, ForeignKey("profiles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(20), nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("used_at", UtcTime),
    Column("email", EMAIL),
)

scheduled_changes = Table(
    "scheduled_changes",
    metadata,
    Column("id", ID, primary_key=True),
    account_fk(index=True),
    Column("profile_id", ID, nullable=False),
    Column("address", AddressType, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("receipt_number", String(20), nullable=False),
    Column("state", Words(a.ChangeState), nullable=False),
    Column("settled_at", UtcTime),
    Index("ix_scheduled_changes_state_effective_on", "state", "effective_on"),
    # Two moves can't be pending for one account, whatever the program believes.
    Index(
        "uq_scheduled_changes_pending",
        "account_id",
        unique=True,
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)

ebill_enrolments = Table(
    "ebill_enrolments",
    metadata,
    Column("id", ID, primary_key=True),
    account_fk(),
    Column("profile_id", ID, nullable=False, index=True),
    Column("email", EMAIL, nullable=False),
    Column("consent_at", UtcTime, nullable=False),
    Column("consent_channel", String(20), nullable=False),
    Column("ended_at", UtcTime),
    Column("end_reason", String(40)),
    Index(
        "uq_ebill_enrolments_current",
        "account_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

receipts = Table(
    "receipts",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("operation", Words(r.Operation), nullable=False),
    Column("profile_id", ID, nullable=False),
    Column("account_id", ID),
    Column("account_number", String(20)),
    Column("created_at", UtcTime, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("actor_kind", String(20), nullable=False),
    Column("language", Words(who.Language), nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("undo_until", UtcTime),
    Column("undoes", String(20)),
    Column("undone_by", String(20)),
    Column("subject_id", ID),
    Index("ix_receipts_profile_id_created_at", "profile_id", "created_at"),
    Index("ix_receipts_account_id_created_at", "account_id", "created_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("actor_kind", String(20), nullable=False),
    Column("actor_id", String(80), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("action", String(40), nullable=False),
    Column("profile_id", ID, index=True),
    Column("account_id", ID, index=True),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("receipt_number", String(20)),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    Column("template", String(40), nullable=False),
    Column("recipient", EMAIL, nullable=False),
    Column("language", Words(who.Language), nullable=False),
    Column("values", Json, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("profile_id", ID),
    Column("account_id", ID),
    Column("state", Words(r.MessageState), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claimed_until", UtcTime),
    Column("sent_at", UtcTime),
    Column("last_error", Text),
    Index("ix_outbox_state_due_at", "state", "due_at"),
)

operation_keys = Table(
    "operation_keys",
    metadata,
    Column("scope", String(80), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", DIGEST, nullable=False),
    Column("created_at", UtcTime, nullable=False, index=True),
    Column("result_id", ID),
)

_RECORDS = {
    o.Payment: payments,
    b.Bill: bills,
    a.Account: accounts,
    a.ScheduledChange: scheduled_changes,
    who.Profile: profiles,
    who.AccountLink: account_links,
    who.Session: sessions,
    who.RecoveryLink: recovery_links,
    Attempts: attempts,
    p.PaymentReport: payment_reports,
    p.LedgerEntry: ledger,
    EBillEnrolment: ebill_enrolments,
    r.Receipt: receipts,
    r.AuditEntry: audit,
    r.OutboxMessage: outbox,
    r.OperationKey: operation_keys,
}


def map_records() -> None:
    """Tell SQLAlchemy which class each table holds; done once, when a database is opened."""
    if not list(mapping.mappers):
        for record, table in _RECORDS.items():
            mapping.map_imperatively(record, table)

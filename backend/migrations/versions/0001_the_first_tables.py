"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("services", JSON, nullable=False),
        sa.Column("billing_address", JSON, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("next_bill_on", sa.Date(), nullable=False),
        sa.Column("plan_code", sa.String(40), nullable=True),
        sa.Column("plan_since", TIME, nullable=True),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("delivery", sa.String(40), nullable=False),
        sa.Column("ebill_email", sa.String(320), nullable=True),
        sa.Column("autopay", sa.Boolean(), nullable=False),
        sa.Column("autopay_method", sa.String(80), nullable=True),
        sa.Column("tags", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("number", name=op.f("uq_accounts_number")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_next_bill_on"), ["next_bill_on"], unique=False)

    op.create_table(
        "attempts",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("locked_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_since"), ["since"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=True),
        sa.Column("account_id", sa.String(40), nullable=True),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("receipt_number", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "operation_keys",
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("result_id", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_operation_keys")),
    )
    with op.batch_alter_table("operation_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operation_keys_created_at"), ["created_at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=True),
        sa.Column("account_id", sa.String(40), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("operation", sa.String(40), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=True),
        sa.Column("account_number", sa.String(20), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("undo_until", TIME, nullable=True),
        sa.Column("undoes", sa.String(20), nullable=True),
        sa.Column("undone_by", sa.String(20), nullable=True),
        sa.Column("subject_id", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_receipts")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index("ix_receipts_account_id_created_at", ["account_id", "created_at"], unique=False)
        batch_op.create_index("ix_receipts_profile_id_created_at", ["profile_id", "created_at"], unique=False)

    op.create_table(
        "ebill_enrolments",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("consent_at", TIME, nullable=False),
        sa.Column("consent_channel", sa.String(20), nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("end_reason", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ebill_enrolments_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ebill_enrolments")),
    )
    with op.batch_alter_table("ebill_enrolments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ebill_enrolments_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(
            "uq_ebill_enrolments_current",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "ledger",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("bill_id", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ledger_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_account_id_bill_id", ["account_id", "bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "payment_reports",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("reported_at", TIME, nullable=False),
        sa.Column("receipt_number", sa.String(20), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("bill_id", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_payment_reports_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_reports")),
    )
    with op.batch_alter_table("payment_reports", schema=None) as batch_op:
        batch_op.create_index(
            "ix_payment_reports_account_id_reported_at", ["account_id", "reported_at"], unique=False
        )

    op.create_table(
        "profiles",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME, nullable=False),
        sa.Column("default_account_id", sa.String(40), nullable=True),
        sa.Column("warned_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["default_account_id"], ["accounts.id"], name=op.f("fk_profiles_default_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("user_id", name=op.f("uq_profiles_user_id")),
    )
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profiles_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_profiles_last_used_at"), ["last_used_at"], unique=False)

    op.create_table(
        "scheduled_changes",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("address", JSON, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("receipt_number", sa.String(20), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_scheduled_changes_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_changes")),
    )
    with op.batch_alter_table("scheduled_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheduled_changes_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_scheduled_changes_state_effective_on", ["state", "effective_on"], unique=False
        )
        batch_op.create_index(
            "uq_scheduled_changes_pending",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "account_links",
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("linked_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_account_links_account_id")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profiles.id"], name=op.f("fk_account_links_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", "account_id", name=op.f("pk_account_links")),
    )
    with op.batch_alter_table("account_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_links_account_id"), ["account_id"], unique=False)

    op.create_table(
        "recovery_links",
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profiles.id"], name=op.f("fk_recovery_links_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_recovery_links")),
    )
    with op.batch_alter_table("recovery_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_links_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_recovery_links_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profiles.id"], name=op.f("fk_sessions_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sessions_token_digest")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_profile_id"), ["profile_id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_profile_id"))
        batch_op.drop_index(batch_op.f("ix_sessions_expires_at"))

    op.drop_table("sessions")
    with op.batch_alter_table("recovery_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_links_profile_id"))
        batch_op.drop_index(batch_op.f("ix_recovery_links_expires_at"))

    op.drop_table("recovery_links")
    with op.batch_alter_table("account_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_links_account_id"))

    op.drop_table("account_links")
    with op.batch_alter_table("scheduled_changes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_scheduled_changes_pending",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index("ix_scheduled_changes_state_effective_on")
        batch_op.drop_index(batch_op.f("ix_scheduled_changes_account_id"))

    op.drop_table("scheduled_changes")
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profiles_last_used_at"))
        batch_op.drop_index(batch_op.f("ix_profiles_email"))

    op.drop_table("profiles")
    with op.batch_alter_table("payment_reports", schema=None) as batch_op:
        batch_op.drop_index("ix_payment_reports_account_id_reported_at")

    op.drop_table("payment_reports")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_bill_id"))
        batch_op.drop_index("ix_ledger_account_id_bill_id")

    op.drop_table("ledger")
    with op.batch_alter_table("ebill_enrolments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ebill_enrolments_current",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_ebill_enrolments_profile_id"))

    op.drop_table("ebill_enrolments")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index("ix_receipts_profile_id_created_at")
        batch_op.drop_index("ix_receipts_account_id_created_at")

    op.drop_table("receipts")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_state_due_at")

    op.drop_table("outbox")
    with op.batch_alter_table("operation_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operation_keys_created_at"))

    op.drop_table("operation_keys")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_profile_id"))
        batch_op.drop_index(batch_op.f("ix_audit_account_id"))

    op.drop_table("audit")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempts_since"))

    op.drop_table("attempts")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_next_bill_on"))
        batch_op.drop_index(batch_op.f("ix_accounts_due_on"))

    op.drop_table("accounts")

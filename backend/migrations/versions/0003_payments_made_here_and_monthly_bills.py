"""Payments made here and monthly bills."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "bills",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("previous_cents", sa.BigInteger(), nullable=False),
        sa.Column("payments_cents", sa.BigInteger(), nullable=False),
        sa.Column("charges", JSON, nullable=False),
        sa.Column("taxes", JSON, nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("travel", sa.String(40), nullable=False),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("message_id", sa.String(40), nullable=True),
        sa.Column("returned_reason", sa.String(80), nullable=True),
        sa.Column("payments", JSON, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_bills_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bills")),
        sa.UniqueConstraint("number", name=op.f("uq_bills_number")),
    )
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bills_message_id"), ["message_id"], unique=False)
        batch_op.create_index("uq_bills_account_id_issued_on", ["account_id", "issued_on"], unique=True)

    op.create_table(
        "payments",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("profile_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("authorization", sa.String(40), nullable=True),
        sa.Column("refused_reason", sa.String(120), nullable=True),
        sa.Column("receipt_number", sa.String(20), nullable=True),
        sa.Column("bill_id", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_payments_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index("ix_payments_account_id_started_at", ["account_id", "started_at"], unique=False)
        batch_op.create_index("ix_payments_kind_state_due_on", ["kind", "state", "due_on"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_index("ix_payments_kind_state_due_on")
        batch_op.drop_index("ix_payments_account_id_started_at")

    op.drop_table("payments")
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.drop_index("uq_bills_account_id_issued_on")
        batch_op.drop_index(batch_op.f("ix_bills_message_id"))

    op.drop_table("bills")

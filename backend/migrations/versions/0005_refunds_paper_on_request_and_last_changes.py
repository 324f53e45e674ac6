"""Refunds, paper on request beside the e-bill, which receipt wrote what last, addresses to be verified."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Forward."""
    op.add_column("accounts", sa.Column("paper_on_request", sa.String(40), nullable=True))
    op.add_column("accounts", sa.Column("last_changes", JSON, nullable=False, server_default="{}"))
    op.add_column("payments", sa.Column("refund_of", sa.String(40), nullable=True))
    op.add_column("recovery_links", sa.Column("email", sa.String(320), nullable=True))
    op.create_index(op.f("ix_payments_refund_of"), "payments", ["refund_of"])
    op.create_index("ix_payment_reports_state_reported_at", "payment_reports", ["state", "reported_at"])
    op.create_index("ix_payments_state_started_at", "payments", ["state", "started_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_payments_state_started_at", "payments")
    op.drop_index("ix_payment_reports_state_reported_at", "payment_reports")
    op.drop_index(op.f("ix_payments_refund_of"), "payments")
    with op.batch_alter_table("recovery_links", schema=None) as batch_op:
        batch_op.drop_column("email")
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_column("refund_of")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("last_changes")
        batch_op.drop_column("paper_on_request")

"""Tries of codes between page and telephone, counted for all gateways together."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "tries",
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("who", "minute", name="pk_tries"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("tries")

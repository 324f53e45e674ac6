"""A profile may have a PIN for the telephone; only its hash is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Forward."""
    op.add_column("profiles", sa.Column("phone_pin_hash", sa.String(200), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_column("phone_pin_hash")

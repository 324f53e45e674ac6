"""Bills say whether automatic payment will charge them, whatever way they travel."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forward."""
    op.add_column("bills", sa.Column("is_charged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE bills SET is_charged = (travel = 'autopay')")


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.drop_column("is_charged")

"""Bills keep the holder and the address of their day; older ones take those of today."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COPY = """UPDATE bills SET
holder = (SELECT holder FROM accounts WHERE accounts.id = bills.account_id),
billing_address = (SELECT billing_address FROM accounts WHERE accounts.id = bills.account_id)"""


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holder", sa.String(200), nullable=True))
        batch_op.add_column(sa.Column("billing_address", JSON, nullable=True))
    op.execute(COPY)
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.alter_column("holder", existing_type=sa.String(200), nullable=False)
        batch_op.alter_column("billing_address", existing_type=JSON, nullable=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.drop_column("billing_address")
        batch_op.drop_column("holder")

"""Calls, callers who agreed to be remembered, codes between page and telephone; the door of each turn."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
TABLES = ("move_codes", "callers", "calls")


def upgrade() -> None:
    """Create the tables; turns taken before came through their conversation's door."""
    op.add_column("turns", sa.Column("channel", sa.String(8)))
    _calls()
    op.create_table(
        "callers",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("agreed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_callers"),
        sa.CheckConstraint("language IN ('fr', 'en')", name="ck_callers_language"),
    )
    op.create_table(
        "move_codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("towards", sa.String(5), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_move_codes"),
        _refers("move_codes"),
        sa.CheckConstraint("towards IN ('phone', 'page')", name="ck_move_codes_towards"),
    )
    op.create_index("ix_move_codes_conversation_id", "move_codes", ["conversation_id"])


def downgrade() -> None:
    """Drop the tables and all that is in them."""
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("channel")


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.Uuid),
        sa.Column("caller", sa.String(64)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("claimed_at", TIME),
        sa.Column("step", sa.JSON, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("untold_seq", sa.Integer),
        sa.Column("is_connected", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        _refers("calls"),
        sa.CheckConstraint("language IN ('fr', 'en')", name="ck_calls_language"),
    )
    op.create_index("ix_calls_conversation_id", "calls", ["conversation_id"])
    op.create_index("ix_calls_updated_at", "calls", ["updated_at"])


def _refers(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"], ["conversations.id"], name=f"fk_{table}_conversation_id", ondelete="CASCADE"
    )

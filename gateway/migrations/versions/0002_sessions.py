"""The customer's session on the conversation, and turns that are events rather than words."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
KIND = "ck_turns_kind"
COLUMNS = ("session_id", "profile_id", "session_expires_at", "session_after")


def upgrade() -> None:
    """Nobody is signed in at first."""
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("session_id", sa.String(64)))
        conversations.add_column(sa.Column("profile_id", sa.String(64)))
        conversations.add_column(sa.Column("session_expires_at", TIME))
        conversations.add_column(sa.Column("session_after", sa.Integer, nullable=False, server_default="0"))
    with op.batch_alter_table("turns") as turns:
        turns.drop_constraint(KIND, type_="check")
        turns.create_check_constraint(KIND, "kind IN ('text', 'button', 'event')")


def downgrade() -> None:
    """Forget the sessions; events leave with what was said to them."""
    op.execute("DELETE FROM messages WHERE turn_id IN (SELECT id FROM turns WHERE kind = 'event')")
    op.execute("DELETE FROM turns WHERE kind = 'event'")
    with op.batch_alter_table("turns") as turns:
        turns.drop_constraint(KIND, type_="check")
        turns.create_check_constraint(KIND, "kind IN ('text', 'button')")
    with op.batch_alter_table("conversations") as conversations:
        for name in COLUMNS:
            conversations.drop_column(name)

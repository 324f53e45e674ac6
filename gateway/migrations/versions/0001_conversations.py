"""Conversations, turns, messages and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Every gateway on the database hears of a message when, and only when, it is committed.
NOTIFY = """
CREATE FUNCTION gateway_notify_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gateway_messages', NEW.conversation_id::text);
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER gateway_notify_message AFTER INSERT ON messages
FOR EACH ROW EXECUTE FUNCTION gateway_notify_message()
"""
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _conversations()
    _turns()
    _messages()
    _feedback()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NOTIFY)
        op.execute(TRIGGER)


def downgrade() -> None:
    """Drop the tables and all that is in them."""
    for table in ("feedback", "messages", "turns", "conversations"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION gateway_notify_message()")


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("owner", sa.String(5), nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.CheckConstraint("language IN ('fr', 'en')", name="ck_conversations_language"),
        sa.CheckConstraint("owner IN ('bot', 'queue', 'rep')", name="ck_conversations_owner"),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("client_message_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("button", sa.String(32)),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("failure", sa.String(64)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_turns_conversation_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name="uq_turns_conversation_id_client_message_id"
        ),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_turns_conversation_id_seq"),
        sa.CheckConstraint("kind IN ('text', 'button')", name="ck_turns_kind"),
        sa.CheckConstraint("state IN ('received', 'answered', 'failed')", name="ck_turns_state"),
    )
    op.create_index("ix_turns_state_conversation_id", "turns", ["state", "conversation_id"])
    op.create_index("ix_turns_conversation_id_created_at", "turns", ["conversation_id", "created_at"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("sender", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("extras", sa.JSON, nullable=False),
        sa.Column("turn_id", sa.Uuid),
        sa.Column("attempt", sa.Integer),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_messages_turn_id", ondelete="CASCADE"),
        sa.CheckConstraint("sender IN ('customer', 'bot', 'system', 'rep')", name="ck_messages_sender"),
    )
    op.create_index("ix_messages_turn_id", "messages", ["turn_id"])


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("faq_id", sa.String(64)),
        sa.Column("faq_version", sa.String(64)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["messages.conversation_id", "messages.seq"],
            name="fk_feedback_conversation_id_seq",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_feedback_faq_id", "feedback", ["faq_id"])

"""Reps and their desk: queue, claims, notes, tickets, operations, audit; what the bot understood."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
QUEUE = "ix_conversations_owner_queued_at"
TABLES = (
    "desk_audit",
    "desk_operations",
    "tickets",
    "rep_lines",
    "desk_notes",
    "desk_attempts",
    "rep_sessions",
    "reps",
)
COLUMNS = (
    "rep_id",
    "team",
    "queued_at",
    "queue_first",
    "claimed_at",
    "handoff_reason",
    "handoff_at",
    "served_profile_id",
    "operation",
    "closed_at",
    "outcome",
)

# Whoever follows a conversation, and every desk, hears of what happens to one that a person has to do with.
NOTIFY_CONVERSATION = """
CREATE FUNCTION gateway_notify_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gateway_messages', NEW.id::text);
    PERFORM pg_notify('gateway_desk', NEW.id::text);
    RETURN NULL;
END $$
"""
CONVERSATION_TRIGGER = """
CREATE TRIGGER gateway_notify_conversation AFTER UPDATE ON conversations
FOR EACH ROW WHEN (OLD.owner <> 'bot' OR NEW.owner <> 'bot')
EXECUTE FUNCTION gateway_notify_conversation()
"""
NOTIFY_TICKET = """
CREATE FUNCTION gateway_notify_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gateway_desk', NEW.conversation_id::text);
    RETURN NULL;
END $$
"""
TICKET_TRIGGER = """
CREATE TRIGGER gateway_notify_ticket AFTER INSERT OR UPDATE ON tickets
FOR EACH ROW EXECUTE FUNCTION gateway_notify_ticket()
"""


def upgrade() -> None:
    """Every conversation stays with whoever owns it."""
    _conversations()
    _reps()
    _sessions()
    _notes()
    _lines()
    _tickets()
    _operations()
    _audit()
    if op.get_bind().dialect.name == "postgresql":
        for statement in (NOTIFY_CONVERSATION, CONVERSATION_TRIGGER, NOTIFY_TICKET, TICKET_TRIGGER):
            op.execute(statement)


def downgrade() -> None:
    """Forget the desk; what reps said stays in the transcripts, and the bot owns what they had."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    if is_postgres:
        op.execute("DROP TRIGGER gateway_notify_conversation ON conversations")
    for table in TABLES:
        op.drop_table(table)
    if is_postgres:
        op.execute("DROP FUNCTION gateway_notify_conversation()")
        op.execute("DROP FUNCTION gateway_notify_ticket()")
    op.execute("UPDATE conversations SET owner = 'bot'")
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("understood")
        turns.drop_column("tasks")
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_index(QUEUE)
        for name in COLUMNS:
            conversations.drop_column(name)


def _conversations() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("rep_id", sa.Uuid))
        conversations.add_column(sa.Column("team", sa.String(32)))
        conversations.add_column(sa.Column("queued_at", TIME))
        first = sa.Column("queue_first", sa.Boolean, nullable=False, server_default=sa.false())
        conversations.add_column(first)
        conversations.add_column(sa.Column("claimed_at", TIME))
        conversations.add_column(sa.Column("handoff_reason", sa.String(16)))
        conversations.add_column(sa.Column("handoff_at", TIME))
        conversations.add_column(sa.Column("served_profile_id", sa.String(64)))
        conversations.add_column(sa.Column("operation", sa.JSON))
        conversations.add_column(sa.Column("closed_at", TIME))
        conversations.add_column(sa.Column("outcome", sa.String(32)))
        conversations.create_index(QUEUE, ["owner", "queued_at"])
    with op.batch_alter_table("turns") as turns:
        turns.add_column(sa.Column("understood", sa.JSON))
        turns.add_column(sa.Column("tasks", sa.JSON))


def _reps() -> None:
    op.create_table(
        "reps",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("alias", sa.String(60), nullable=False),
        sa.Column("role", sa.String(5), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("totp_secret", sa.String(64), nullable=False),
        sa.Column("totp_used", sa.Integer, nullable=False, server_default="0"),
        sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_reps"),
        sa.UniqueConstraint("user_id", name="uq_reps_user_id"),
        sa.CheckConstraint("role IN ('rep', 'lead', 'admin')", name="ck_reps_role"),
        sa.CheckConstraint("language IN ('fr', 'en')", name="ck_reps_language"),
    )


def _sessions() -> None:
    op.create_table(
        "rep_sessions",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("rep_id", sa.Uuid, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_rep_sessions"),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name="fk_rep_sessions_rep_id", ondelete="CASCADE"),
    )
    op.create_index("ix_rep_sessions_rep_id", "rep_sessions", ["rep_id"])
    op.create_table(
        "desk_attempts",
        sa.Column("user_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("user_hash", name="pk_desk_attempts"),
    )


def _notes() -> None:
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("rep_id", sa.Uuid, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_notes"),
        _of_conversation("desk_notes"),
    )
    op.create_index("ix_desk_notes_conversation_id", "desk_notes", ["conversation_id"])


def _lines() -> None:
    op.create_table(
        "rep_lines",
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("rep_id", sa.Uuid, nullable=False),
        sa.Column("client_message_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_rep_lines"),
        sa.ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["messages.conversation_id", "messages.seq"],
            name="fk_rep_lines_conversation_id_seq",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name="uq_rep_lines_conversation_id_client_message_id"
        ),
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("client_message_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("reach_by", sa.String(9), nullable=False),
        sa.Column("reach_at", sa.String(254), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("state", sa.String(4), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.Column("done_by", sa.Uuid),
        sa.Column("outcome", sa.String(32)),
        sa.PrimaryKeyConstraint("number", name="pk_tickets"),
        _of_conversation("tickets"),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name="uq_tickets_conversation_id_client_message_id"
        ),
        sa.CheckConstraint("reach_by IN ('telephone', 'email')", name="ck_tickets_reach_by"),
        sa.CheckConstraint("state IN ('open', 'done')", name="ck_tickets_state"),
    )
    op.create_index("ix_tickets_state_created_at", "tickets", ["state", "created_at"])


def _operations() -> None:
    op.create_table(
        "desk_operations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("rep_id", sa.Uuid, nullable=False),
        sa.Column("operation", sa.String(32), nullable=False),
        sa.Column("profile_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64)),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("refusal", sa.String(64)),
        sa.Column("receipt_number", sa.String(12)),
        sa.Column("seq", sa.Integer),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_operations"),
        _of_conversation("desk_operations"),
        sa.UniqueConstraint("conversation_id", "key", name="uq_desk_operations_conversation_id_key"),
        sa.CheckConstraint("state IN ('begun', 'done', 'refused')", name="ck_desk_operations_state"),
    )


def _audit() -> None:
    # Without references: what was done stays written when conversations are erased.
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("rep_id", sa.Uuid),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.Uuid),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_audit"),
    )
    op.create_index("ix_desk_audit_conversation_id", "desk_audit", ["conversation_id"])
    op.create_index("ix_desk_audit_rep_id_at", "desk_audit", ["rep_id", "at"])


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")

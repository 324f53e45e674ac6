"""The ledger of events, missed questions, transcripts by e-mail, webhooks, retention."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
TABLES = (
    "erasures",
    "legal_holds",
    "webhook_deliveries",
    "webhook_endpoints",
    "transcript_mails",
    "proposals",
    "missed_questions",
    "events",
)
# What happened stays as it was written; only where it leads (erasure) and whether it was told may change.
SQLITE_GUARD = """
CREATE TRIGGER events_are_append_only
BEFORE UPDATE OF id, at, day, kind, language, channel, faq_id, operation, reason ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""
POSTGRES_REFUSE = """
CREATE FUNCTION gateway_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only';
END $$
"""
POSTGRES_GUARD = """
CREATE TRIGGER events_are_append_only
BEFORE UPDATE OF id, at, day, kind, language, channel, faq_id, operation, reason ON events
FOR EACH ROW EXECUTE FUNCTION gateway_refuse_change()
"""


def upgrade() -> None:
    """Create the tables."""
    _events()
    _questions()
    _mails()
    _webhooks()
    _retention()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_REFUSE)
        op.execute(POSTGRES_GUARD)
    else:
        op.execute(SQLITE_GUARD)


def downgrade() -> None:
    """Drop the tables and all that is in them."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION gateway_refuse_change()")


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("turn_id", sa.Uuid),
        sa.Column("faq_id", sa.String(64)),
        sa.Column("operation", sa.String(32)),
        sa.Column("reason", sa.String(64)),
        sa.Column("person", sa.String(20)),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("is_told", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_conversation_id_id", "events", ["conversation_id", "id"])
    op.create_index("ix_events_day_conversation_id", "events", ["day", "conversation_id"])
    op.create_index("ix_events_at", "events", ["at"])
    op.create_index("ix_events_person", "events", ["person"])
    op.create_index("ix_events_is_told_kind", "events", ["is_told", "kind"])


def _questions() -> None:
    op.create_table(
        "missed_questions",
        sa.Column("turn_id", sa.Uuid, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("meant", sa.String(64)),
        sa.Column("meant_by", sa.String(6)),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("turn_id", name="pk_missed_questions"),
        _refers("missed_questions", "turn_id", "turns.id"),
        _refers("missed_questions", "conversation_id", "conversations.id"),
    )
    op.create_index("ix_missed_questions_at", "missed_questions", ["at"])
    op.create_index("ix_missed_questions_conversation_id", "missed_questions", ["conversation_id"])
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("intent", sa.String(64)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("proposed_by", sa.Uuid, nullable=False),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.CheckConstraint("language IN ('fr', 'en')", name="ck_proposals_language"),
        sa.CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name="ck_proposals_state"),
    )
    op.create_index("ix_proposals_state_id", "proposals", ["state", "id"])


def _mails() -> None:
    op.create_table(
        "transcript_mails",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("recipient_hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("asked_by", sa.Uuid),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("claimed_until", TIME),
        sa.Column("last_error", sa.String(120)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_transcript_mails"),
        _refers("transcript_mails", "conversation_id", "conversations.id"),
        sa.UniqueConstraint(
            "conversation_id",
            "recipient_hash",
            "last_seq",
            name="uq_transcript_mails_conversation_id_recipient_hash_last_seq",
        ),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="ck_transcript_mails_state"),
        sa.CheckConstraint("language IN ('fr', 'en')", name="ck_transcript_mails_language"),
    )
    op.create_index("ix_transcript_mails_state_due_at", "transcript_mails", ["state", "due_at"])


def _webhooks() -> None:
    op.create_table(
        "webhook_endpoints",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("events", sa.JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_webhook_endpoints"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("endpoint", sa.String(64), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("claimed_until", TIME),
        sa.Column("last_status", sa.Integer),
        sa.Column("last_error", sa.String(120)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
        sa.UniqueConstraint("event_id", "endpoint", name="uq_webhook_deliveries_event_id_endpoint"),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="ck_webhook_deliveries_state"),
    )
    op.create_index("ix_webhook_deliveries_state_due_at", "webhook_deliveries", ["state", "due_at"])
    op.create_index("ix_webhook_deliveries_conversation_id", "webhook_deliveries", ["conversation_id"])


def _retention() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("placed_by", sa.String(100), nullable=False),
        sa.Column("placed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_legal_holds"),
        _refers("legal_holds", "conversation_id", "conversations.id"),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("cause", sa.String(7), nullable=False),
        sa.Column("ordered_by", sa.String(100), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sa.CheckConstraint("cause IN ('request', 'age')", name="ck_erasures_cause"),
    )
    op.create_index("ix_erasures_at", "erasures", ["at"])


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE")

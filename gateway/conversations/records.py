"""The tables: conversations, the turns customers take in them, the messages shown, the ratings given."""

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from gateway.settings import Language


class Owner(StrEnum):
    """Who answers the next turn."""

    BOT = "bot"
    QUEUE = "queue"
    REP = "rep"


class Sender(StrEnum):
    """Who said a message; `system` is the gateway itself."""

    CUSTOMER = "customer"
    BOT = "bot"
    SYSTEM = "system"
    REP = "rep"


class TurnState(StrEnum):
    """received: stored, no answer yet. answered: done. failed: may be tried again under the same id."""

    RECEIVED = "received"
    ANSWERED = "answered"
    FAILED = "failed"


class InputKind(StrEnum):
    """How the customer said it; an event is told to the bot by the gateway itself and shown to nobody."""

    TEXT = "text"
    BUTTON = "button"
    EVENT = "event"


class UtcDateTime(TypeDecorator[datetime]):
    """Times in UTC with their zone, also in databases that keep none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Record(DeclarativeBase):
    """The base of the gateway's tables; constraints have names so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Conversation(Record):
    """One customer's conversation; `last_seq` is the newest number given to a message or an event.

    `profile_id` stays when a session ends by itself, so that somebody else who signs in is noticed. Turns
    numbered up to `session_after` were begun by somebody else than who is signed in now.

    `rep_id` is set while a rep owns it; the queue is ordered by `queue_first`, then `queued_at`. Why a person
    was last wanted is `handoff_reason`. `operation` is what the bot remembers of operations under way, and
    `served_profile_id` the customer whom a rep found this to be. `closed_at` stays until the customer writes.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        CheckConstraint("owner IN ('bot', 'queue', 'rep')", name="owner"),
        Index(None, "owner", "queued_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    language: Mapped[Language] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(8))
    owner: Mapped[str] = mapped_column(String(5))
    last_seq: Mapped[int]
    session_id: Mapped[str | None] = mapped_column(String(64))
    profile_id: Mapped[str | None] = mapped_column(String(64))
    session_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    session_after: Mapped[int] = mapped_column(default=0, server_default="0")
    rep_id: Mapped[uuid.UUID | None]
    team: Mapped[str | None] = mapped_column(String(32))
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    queue_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handoff_reason: Mapped[str | None] = mapped_column(String(16))
    handoff_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    served_profile_id: Mapped[str | None] = mapped_column(String(64))
    operation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Turn(Record):
    """One thing a customer said or did, under the id their program gave it; `seq` is its place among all.

    `understood` is what the bot made of it, `tasks` the operations that were under way afterwards. `channel`
    is the door it came through, where that is known.
    """

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        UniqueConstraint("conversation_id", "seq"),
        CheckConstraint("kind IN ('text', 'button', 'event')", name="kind"),
        CheckConstraint("state IN ('received', 'answered', 'failed')", name="state"),
        Index(None, "state", "conversation_id"),
        Index(None, "conversation_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    client_message_id: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(6))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    button: Mapped[str | None] = mapped_column(String(32))
    channel: Mapped[str | None] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    attempt: Mapped[int]
    failure: Mapped[str | None] = mapped_column(String(64))
    understood: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    tasks: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Message(Record):
    """One line of the transcript; answers carry the turn, and the attempt at it, that they belong to."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("sender IN ('customer', 'bot', 'system', 'rep')", name="sender"),
        Index(None, "turn_id"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sender: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[Language] = mapped_column(String(2))
    extras: Mapped[dict[str, Any]] = mapped_column(JSON)
    turn_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    attempt: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Feedback(Record):
    """What a customer thought of one answer, with the answer's id and version as they were shown."""

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "seq"], ["messages.conversation_id", "messages.seq"], ondelete="CASCADE"
        ),
        Index(None, "faq_id"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    useful: Mapped[bool]
    comment: Mapped[str | None] = mapped_column(Text)
    faq_id: Mapped[str | None] = mapped_column(String(64))
    faq_version: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""The desk's tables: reps and their sessions, notes, what they said and did, tickets, audit."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from gateway.conversations.records import Record, UtcDateTime
from gateway.settings import Language


class Role(StrEnum):
    """What a rep may do: leads and admins may also take over, and read the audit."""

    REP = "rep"
    LEAD = "lead"
    ADMIN = "admin"


class OperationState(StrEnum):
    """begun: sent, the answer not known (yet). done: there is a receipt. refused: nothing was done."""

    BEGUN = "begun"
    DONE = "done"
    REFUSED = "refused"


class Rep(Record):
    """Somebody who answers customers, known to them by `alias`.

    `totp_secret` is sealed (gateway/vault.py); `totp_used` is the last time step whose code was used.
    """

    __tablename__ = "reps"
    __table_args__ = (
        UniqueConstraint("user_id"),
        CheckConstraint("role IN ('rep', 'lead', 'admin')", name="role"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(100))
    alias: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(5))
    language: Mapped[Language] = mapped_column(String(2))
    languages: Mapped[list[str]] = mapped_column(JSON)
    team: Mapped[str | None] = mapped_column(String(32))
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str] = mapped_column(String(400))
    totp_used: Mapped[int] = mapped_column(default=0, server_default="0")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RepSession(Record):
    """A rep who is signed in; of the cookie's token only the hash is kept."""

    __tablename__ = "rep_sessions"
    __table_args__ = (Index(None, "rep_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    rep_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("reps.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempts(Record):
    """Failed sign-ins in a row under one user id, whether there is such a rep or not."""

    __tablename__ = "desk_attempts"

    user_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Note(Record):
    """What reps tell each other about a conversation; it never leaves the desk."""

    __tablename__ = "desk_notes"
    __table_args__ = (Index(None, "conversation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    rep_id: Mapped[uuid.UUID]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RepLine(Record):
    """Which rep said a message, under which id of the desk's own: the same id is said once."""

    __tablename__ = "rep_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "seq"], ["messages.conversation_id", "messages.seq"], ondelete="CASCADE"
        ),
        UniqueConstraint("conversation_id", "client_message_id"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rep_id: Mapped[uuid.UUID]
    client_message_id: Mapped[str] = mapped_column(String(64))


class Ticket(Record):
    """What a customer left while nobody was there, and how to reach them."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        CheckConstraint("reach_by IN ('telephone', 'email')", name="reach_by"),
        CheckConstraint("state IN ('open', 'done')", name="state"),
        Index(None, "state", "created_at"),
    )

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    client_message_id: Mapped[str] = mapped_column(String(64))
    language: Mapped[Language] = mapped_column(String(2))
    reach_by: Mapped[str] = mapped_column(String(9))
    reach_at: Mapped[str] = mapped_column(String(254))
    message: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[uuid.UUID | None]
    outcome: Mapped[str | None] = mapped_column(String(32))


class DeskOperation(Record):
    """An operation that a rep tried for the customer; `seq` is the message that shows its receipt."""

    __tablename__ = "desk_operations"
    __table_args__ = (
        UniqueConstraint("conversation_id", "key"),
        CheckConstraint("state IN ('begun', 'done', 'refused')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    rep_id: Mapped[uuid.UUID]
    operation: Mapped[str] = mapped_column(String(32))
    profile_id: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str | None] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(7))
    refusal: Mapped[str | None] = mapped_column(String(64))
    receipt_number: Mapped[str | None] = mapped_column(String(12))
    seq: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditEntry(Record):
    """One thing that a rep, or the desk itself, did; kept when the conversation is erased."""

    __tablename__ = "desk_audit"
    __table_args__ = (Index(None, "conversation_id"), Index(None, "rep_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    rep_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[uuid.UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)

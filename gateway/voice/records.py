"""The tables of the telephone: calls, languages that callers agreed to be remembered by, codes, tries."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from gateway.conversations.records import Record, UtcDateTime
from gateway.settings import Language


class Call(Record):
    """One call. `number` is the present prompt's, `step` the prompt itself, `state` what the call remembers.

    While an answer to the present prompt is being prepared, `claimed_at` says since when. `caller` is a keyed
    hash. `untold_seq` is the message after which nothing was heard, as the caller had hung up.
    """

    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        Index(None, "conversation_id"),
        Index(None, "updated_at"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    caller: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[Language] = mapped_column(String(2))
    number: Mapped[int]
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    step: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    untold_seq: Mapped[int | None]
    is_connected: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Caller(Record):
    """The language somebody agreed to be remembered by, under a keyed hash of their number."""

    __tablename__ = "callers"
    __table_args__ = (CheckConstraint("language IN ('fr', 'en')", name="language"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[Language] = mapped_column(String(2))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MoveCode(Record):
    """A code that carries a conversation from page to telephone, or back; only its keyed hash is kept."""

    __tablename__ = "move_codes"
    __table_args__ = (
        CheckConstraint("towards IN ('phone', 'page')", name="towards"),
        Index(None, "conversation_id"),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    towards: Mapped[str] = mapped_column(String(5))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tries(Record):
    """How often somebody, known by a keyed hash, tried codes in one minute of the clock."""

    __tablename__ = "tries"

    who: Mapped[str] = mapped_column(String(64), primary_key=True)
    minute: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int]

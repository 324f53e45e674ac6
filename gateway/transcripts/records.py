"""The e-mails that are to be sent, and were."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gateway.backoff import Due
from gateway.conversations.records import Record, UtcDateTime
from gateway.settings import Language


class MailState(StrEnum):
    """waiting: due at `due_at`. sent: handed over, once. failed: given up."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class TranscriptMail(Due, Record):
    """A transcript up to message `last_seq`, for one recipient; asked for twice it is still one e-mail.

    `asked_by` is the rep, or null for the customer. Once sent, only a masked recipient is kept.
    """

    __tablename__ = "transcript_mails"
    __table_args__ = (
        UniqueConstraint("conversation_id", "recipient_hash", "last_seq"),
        CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    recipient: Mapped[str] = mapped_column(String(254))
    recipient_hash: Mapped[str] = mapped_column(String(64))
    language: Mapped[Language] = mapped_column(String(2))
    last_seq: Mapped[int]
    asked_by: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(String(7))
    last_error: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

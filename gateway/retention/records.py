"""What may not be deleted, and what was."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.conversations.records import Record, UtcDateTime


class LegalHold(Record):
    """A conversation that is kept, whatever its age and whoever asks."""

    __tablename__ = "legal_holds"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str] = mapped_column(Text)
    placed_by: Mapped[str] = mapped_column(String(100))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Erasure(Record):
    """Proof of a deletion: when, on whose order, how much of what; nothing of whose it was.

    `digest` is over the ids of what was deleted: whoever has the ids can show that they were among it.
    """

    __tablename__ = "erasures"
    __table_args__ = (
        CheckConstraint("cause IN ('request', 'age')", name="cause"),
        Index(None, "at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    cause: Mapped[str] = mapped_column(String(7))
    ordered_by: Mapped[str] = mapped_column(String(100))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    held: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))

"""Questions that were missed, and proposals for the training data."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.conversations.records import Record, UtcDateTime
from gateway.settings import Language


class ProposalState(StrEnum):
    """open: waits for a lead. accepted: goes into the next file. dismissed: leads nowhere."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Miss(Record):
    """A turn whose question was not answered; `meant` is what the customer's next step showed it to mean.

    `meant` is an intent (`faq_cost`, `op_pay`), or `none` for "none of these"; `meant_by` is how that step
    was taken (text: said again in other words; button: chosen). The words stand in the turn alone.
    """

    __tablename__ = "missed_questions"
    __table_args__ = (Index(None, "at"), Index(None, "conversation_id"))

    turn_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    language: Mapped[Language] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(String(64))
    meant: Mapped[str | None] = mapped_column(String(64))
    meant_by: Mapped[str | None] = mapped_column(String(6))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposal(Record):
    """What a rep proposes for a question: that it asks for an entry, or that there should be a new one.

    `question` is written down by the rep, masked; `intent` is null for a new entry, which `note` describes.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name="state"),
        Index(None, "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[Language] = mapped_column(String(2))
    intent: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(9))
    proposed_by: Mapped[uuid.UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[uuid.UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

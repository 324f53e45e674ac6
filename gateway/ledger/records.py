"""The ledger's table."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from gateway.conversations.records import Record, UtcDateTime
from gateway.settings import Language


class Event(Record):
    """One thing that happened in a conversation. It holds no words and nobody's name.

    `day` is the day in Toronto. `person` tells that two conversations are the same customer's, not whose.
    Erasing a conversation gives its events another `conversation_id`: they still count and lead nowhere.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "conversation_id", "id"),
        Index(None, "day", "conversation_id"),
        Index(None, "at"),
        Index(None, "person"),
        Index(None, "is_told", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(24))
    language: Mapped[Language] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(8))
    turn_id: Mapped[uuid.UUID | None]
    faq_id: Mapped[str | None] = mapped_column(String(64))
    operation: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(64))
    person: Mapped[str | None] = mapped_column(String(20))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_told: Mapped[bool] = mapped_column(default=False, server_default=false())

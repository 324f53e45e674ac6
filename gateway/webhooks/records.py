"""Who wants to hear of what, and what they were told."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gateway.backoff import Due
from gateway.conversations.records import Record, UtcDateTime


class DeliveryState(StrEnum):
    """waiting: due at `due_at`. delivered: taken with a 2xx. failed: given up, may be replayed."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(Record):
    """An address, the secret its deliveries are signed with, and the events it wants."""

    __tablename__ = "webhook_endpoints"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    secret: Mapped[str] = mapped_column(String(200))
    events: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WebhookDelivery(Due, Record):
    """One message to one endpoint; its id is the `webhook-id` of every try, replays too."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("event_id", "endpoint"),
        CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="state"),
        Index(None, "state", "due_at"),
        Index(None, "conversation_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    event_id: Mapped[int]
    endpoint: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[uuid.UUID]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(9))
    last_status: Mapped[int | None]
    last_error: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

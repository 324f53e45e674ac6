"""The one way into the ledger."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation
from gateway.ledger.kinds import Kind
from gateway.ledger.records import Event

TORONTO = ZoneInfo("America/Toronto")


def record(
    session: AsyncSession,
    conversation: Conversation,
    kind: Kind,
    *,
    now: datetime,
    turn_id: uuid.UUID | None = None,
    faq_id: str | None = None,
    operation: str | None = None,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> Event:
    """Write down what happened, in the caller's transaction. `details` hold ids and counts, never words."""
    event = Event(
        conversation_id=conversation.id,
        at=now,
        day=toronto_day(now),
        kind=kind,
        language=conversation.language,
        channel=conversation.channel,
        turn_id=turn_id,
        faq_id=faq_id,
        operation=operation and operation.removeprefix("op_"),
        reason=reason,
        person=person_of(conversation.profile_id or conversation.served_profile_id),
        details=dict(details or {}),
    )
    session.add(event)
    return event


def toronto_day(moment: datetime) -> date:
    """The day people in Toronto have."""
    return moment.astimezone(TORONTO).date()


def person_of(profile_id: str | None) -> str | None:
    """A name that leads nowhere: a profile's id can't be guessed, nor read back from its hash."""
    return None if profile_id is None else hashlib.sha256(profile_id.encode()).hexdigest()[:20]

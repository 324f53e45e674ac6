"""Writes down what reps do, in the transaction in which they do it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.desk.records import AuditEntry
from gateway.masking.find import without_never_stored

_WRITTEN = ("reason", "why", "checked")  # details in a rep's own words


def write(
    session: AsyncSession,
    action: str,
    *,
    now: datetime,
    rep_id: uuid.UUID | None,
    conversation_id: uuid.UUID | None = None,
    **details: Any,
) -> None:
    """Add one entry; `details` hold ids, codes and reasons, never what a customer said."""
    kept = {
        name: without_never_stored(value) if name in _WRITTEN and isinstance(value, str) else value
        for name, value in details.items()
    }
    entry = AuditEntry(at=now, rep_id=rep_id, action=action, conversation_id=conversation_id, details=kept)
    session.add(entry)


async def read(
    session: AsyncSession, *, conversation_id: uuid.UUID | None, before: int | None, limit: int
) -> Sequence[AuditEntry]:
    """The newest entries, of one conversation or of all, older than entry `before`."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if conversation_id is not None:
        query = query.where(AuditEntry.conversation_id == conversation_id)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return (await session.execute(query)).scalars().all()

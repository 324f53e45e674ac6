"""Turns what the ledger says into deliveries, in one transaction: none is lost, none doubled."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.conversations.records import Conversation
from gateway.ledger.records import Event
from gateway.transcripts.build import Masker, build
from gateway.webhooks.endpoints import EVENTS, Endpoint, read_endpoints
from gateway.webhooks.records import DeliveryState, WebhookDelivery

BATCH = 100
NAMES = {kind: name for name, kind in EVENTS.items()}
WITH_TRANSCRIPT = ("transcript.ready", "handoff.requested")


async def dispatch(database: Database, masker: Masker, settled: Sequence[Endpoint], *, now: datetime) -> int:
    """Make the deliveries of up to a hundred events; returns how many events. For several workers at once."""
    query = (
        select(Event)
        .where(Event.is_told.is_(False), Event.kind.in_(NAMES))
        .order_by(Event.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    async with database.write() as session:
        endpoints = await read_endpoints(session, settled)
        events = (await session.execute(query)).scalars().all()
        for event in events:
            event.is_told = True
            await _add(session, event, list(endpoints.values()), masker, now)
        await session.commit()
    return len(events)


async def _add(
    session: AsyncSession, event: Event, endpoints: Sequence[Endpoint], masker: Masker, now: datetime
) -> None:
    name = NAMES[event.kind]  # type: ignore[index]  # the column holds kinds
    wanting = [endpoint for endpoint in endpoints if name in endpoint.events]
    if not wanting:
        return
    body = await _body(session, event, name, masker, now)
    for endpoint in wanting:
        session.add(
            WebhookDelivery(
                id=uuid.uuid4(),
                event_id=event.id,
                endpoint=endpoint.name,
                event=name,
                conversation_id=event.conversation_id,
                body=body,
                state=DeliveryState.WAITING,
                tries=0,
                due_at=now,
                created_at=now,
            )
        )


async def _body(session: AsyncSession, event: Event, name: str, masker: Masker, now: datetime) -> str:
    data: dict[str, Any] = {
        "conversation": str(event.conversation_id),
        "language": event.language,
        "channel": event.channel,
        "reason": event.reason,
        "operation": event.operation,
        **event.details,
    }
    if name in WITH_TRANSCRIPT:
        conversation = await session.get(Conversation, event.conversation_id)
        if conversation is not None:
            transcript = await build(session, conversation, masker, now=now)
            data["transcript"] = transcript.model_dump(mode="json")
    whole = {"type": name, "timestamp": event.at.isoformat(), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

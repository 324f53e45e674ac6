"""Conversations whose rep is gone: found, and put back at the head of the queue."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners, store
from gateway.conversations.database import Database
from gateway.conversations.handover import Handover
from gateway.conversations.records import Conversation, Owner
from gateway.desk import audit
from gateway.desk.records import Rep

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Left:
    """Finds and puts back; `away` is how long a desk may be silent."""

    database: Database
    handover: Handover
    away: timedelta

    async def find(self, now: datetime, *, rep_id: uuid.UUID | None = None) -> Sequence[uuid.UUID]:
        """Conversations of reps who are gone, or of this one if gone."""
        query = self._query(now)
        if rep_id is not None:
            query = query.where(Conversation.rep_id == rep_id)
        async with self.database.read() as session:
            return list((await session.execute(query)).scalars())

    async def do_put_back(self, conversation_id: uuid.UUID, now: datetime) -> bool:
        """Put it back and tell the customer; whether its rep was still gone."""
        async with self.database.write() as session:
            conversation = await store.lock_conversation(session, conversation_id)
            if not await self._is_left(session, conversation, now):
                return False
            rep_id = conversation.rep_id
            await requeue(session, self.handover, conversation, now, team=conversation.team, key="rep_gone")
            audit.write(session, "returned_absent", now=now, rep_id=rep_id, conversation_id=conversation_id)
            await session.commit()
        log.info("rep_gone", conversation=str(conversation_id))
        return True

    async def _is_left(self, session: AsyncSession, conversation: Conversation, now: datetime) -> bool:
        query = self._query(now).where(Conversation.id == conversation.id)
        return (await session.execute(query)).scalar_one_or_none() is not None

    def _query(self, now: datetime) -> Select[Any]:
        return (
            select(Conversation.id)
            .outerjoin(Rep, Rep.id == Conversation.rep_id)
            .where(
                Conversation.owner == Owner.REP,
                or_(
                    Rep.id.is_(None),
                    Rep.is_active.is_(False),
                    Rep.seen_at.is_(None),
                    Rep.seen_at < now - self.away,
                ),
            )
        )


async def requeue(
    session: AsyncSession,
    handover: Handover,
    conversation: Conversation,
    now: datetime,
    *,
    team: str | None,
    key: str,
) -> None:
    """Put a locked conversation at the head of the queue, and tell the customer."""
    owners.enqueue(conversation, now=now, first=True, team=team)
    await session.flush()
    line = await handover.queued_line(session, conversation, key=key)
    store.add_line(session, conversation, line, now=now)

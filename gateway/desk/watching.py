"""Looks after conversations whose rep is gone, and those that still wait at closing time."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.background import in_background
from gateway.conversations import owners, store
from gateway.conversations.records import Conversation, Owner
from gateway.desk import audit
from gateway.desk.desk import Desk
from gateway.desk.owning import requeue
from gateway.desk.records import Rep

log = structlog.get_logger(__name__)

LOOK_EVERY = 10.0  # seconds


@asynccontextmanager
async def watch(desk: Desk) -> AsyncIterator[None]:
    """Look in the background while the block runs."""
    async with in_background(_keep_looking(desk)):
        yield


async def _keep_looking(desk: Desk) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await do_look(desk)
        except (SQLAlchemyError, OSError) as error:
            log.warning("desk_not_watched", error=repr(error))


async def do_look(desk: Desk) -> None:
    """Put back what absent reps had, and send home who waits when nobody is there any more."""
    now = desk.clock()
    async with desk.database.read() as session:
        left = (await session.execute(_left_alone(desk, now))).scalars().all()
        waiting: Sequence[uuid.UUID] = []
        if not desk.handover.hours.is_open(now):
            query = select(Conversation.id).where(Conversation.owner == Owner.QUEUE)
            waiting = (await session.execute(query)).scalars().all()
    for conversation_id in left:
        await _do_put_back(desk, conversation_id, now)
    for conversation_id in waiting:
        await _do_send_home(desk, conversation_id, now)


def _left_alone(desk: Desk, now: datetime, conversation_id: uuid.UUID | None = None) -> Select[Any]:
    since = now - timedelta(minutes=desk.settings.desk_away_minutes)
    query = (
        select(Conversation.id)
        .outerjoin(Rep, Rep.id == Conversation.rep_id)
        .where(
            Conversation.owner == Owner.REP,
            or_(Rep.id.is_(None), Rep.is_active.is_(False), Rep.seen_at.is_(None), Rep.seen_at < since),
        )
    )
    return query if conversation_id is None else query.where(Conversation.id == conversation_id)


async def _do_put_back(desk: Desk, conversation_id: uuid.UUID, now: datetime) -> None:
    async with desk.database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        if not await _is_left_alone(session, desk, conversation, now):
            return
        rep_id = conversation.rep_id
        await requeue(session, desk, conversation, now, team=conversation.team, key="rep_gone")
        audit.write(session, "returned_absent", now=now, rep_id=rep_id, conversation_id=conversation_id)
        await session.commit()
    log.info("rep_gone", conversation=str(conversation_id))
    desk.live.wake_desks(conversation_id)


async def _is_left_alone(
    session: AsyncSession, desk: Desk, conversation: Conversation, now: datetime
) -> bool:
    found = (await session.execute(_left_alone(desk, now, conversation.id))).scalar_one_or_none()
    return found is not None


async def _do_send_home(desk: Desk, conversation_id: uuid.UUID, now: datetime) -> None:
    async with desk.database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        if conversation.owner != Owner.QUEUE:
            return
        line = desk.handover.closed_line(conversation.language, now, key="closing")
        owners.give_to_bot(conversation, now=now)
        store.add_line(session, conversation, line, now=now)
        audit.write(session, "closing_time", now=now, rep_id=None, conversation_id=conversation_id)
        await session.commit()
    desk.live.wake_desks(conversation_id)

"""Looks after conversations whose rep is gone, and those that still wait at closing time."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from gateway.background import in_background
from gateway.conversations import owners, store
from gateway.conversations.records import Conversation, Owner
from gateway.desk import audit
from gateway.desk.desk import Desk

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
    left = await desk.left.find(now)
    async with desk.database.read() as session:
        waiting: Sequence[uuid.UUID] = []
        if not desk.handover.hours.is_open(now):
            query = select(Conversation.id).where(Conversation.owner == Owner.QUEUE)
            waiting = (await session.execute(query)).scalars().all()
    for conversation_id in left:
        if await desk.left.do_put_back(conversation_id, now):
            desk.live.wake_desks(conversation_id)
    for conversation_id in waiting:
        await _do_send_home(desk, conversation_id, now)


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

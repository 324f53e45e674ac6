"""Lists besides the queue: conversations by owner, reps and who is present."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from gateway.conversations.records import Conversation
from gateway.desk import reps
from gateway.desk.desk import Desk
from gateway.desk.items import read_items
from gateway.desk.names import Names
from gateway.desk.records import Rep
from gateway.settings import Language

Json = dict[str, Any]


async def read_conversations(
    desk: Desk, language: Language, *, owner: str | None, closed: bool, before: datetime | None, limit: int
) -> list[Json]:
    """Conversations, the last changed first."""
    query = select(Conversation).order_by(Conversation.updated_at.desc(), Conversation.id).limit(limit)
    if owner is not None:
        query = query.where(Conversation.owner == owner)
    if closed:
        query = query.where(Conversation.closed_at.is_not(None))
    if before is not None:
        query = query.where(Conversation.updated_at < before)
    async with desk.database.read() as session:
        found = (await session.execute(query)).scalars().all()
        return await read_items(session, desk, found, language)


def member_json(rep: Rep, names: Names, claimed: Mapping[uuid.UUID, int], now: datetime) -> Json:
    """A member of the team as those who lead it see them."""
    return {
        **_shown(rep, claimed, now),
        "user_id": rep.user_id,
        "team": names.named("team", rep.team),
        "active": rep.is_active,
        "created_at": rep.created_at.isoformat(),
    }


async def read_reps(desk: Desk) -> list[Json]:
    """The reps who may sign in, whether they are there, and how much they have to do."""
    now = desk.clock()
    async with desk.database.read() as session:
        known, claimed = await reps.all_reps(session), await reps.claimed_counts(session)
    return [{**_shown(rep, claimed, now), "team": rep.team} for rep in known.values() if rep.is_active]


def _shown(rep: Rep, claimed: Mapping[uuid.UUID, int], now: datetime) -> Json:
    return {
        "id": str(rep.id),
        "name": rep.name,
        "alias": rep.alias,
        "role": rep.role,
        "languages": rep.languages,
        "present": reps.is_present(rep, now),
        "claimed": claimed.get(rep.id, 0),
    }

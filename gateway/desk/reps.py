"""The reps: who they are, what they have to do, and whether they are there."""

import hashlib
import re
import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation, Owner
from gateway.desk.records import Rep

USER_ID = re.compile(r"[a-z0-9._-]{2,64}")  # also told to the backend, as who acted
DEMO_USER = "demo"  # may sign in where everybody may know the password: in development
PRESENT = timedelta(seconds=60)  # since the desk was last heard of


async def find_by_user_id(session: AsyncSession, user_id: str) -> Rep | None:
    """The rep of that name."""
    return (await session.execute(select(Rep).where(Rep.user_id == user_id))).scalar_one_or_none()


async def all_reps(session: AsyncSession) -> dict[uuid.UUID, Rep]:
    """Every rep, those who left too, in the order of their names."""
    found = (await session.execute(select(Rep).order_by(Rep.name, Rep.id))).scalars().all()
    return {rep.id: rep for rep in found}


async def claimed_counts(session: AsyncSession) -> dict[uuid.UUID, int]:
    """How many conversations each rep has."""
    query = (
        select(Conversation.rep_id, func.count())
        .where(Conversation.owner == Owner.REP)
        .group_by(Conversation.rep_id)
    )
    return {rep_id: count for rep_id, count in (await session.execute(query)).all() if rep_id is not None}


def is_present(rep: Rep, now: datetime) -> bool:
    """Whether the rep's desk was heard of lately."""
    return rep.is_active and rep.seen_at is not None and rep.seen_at > now - PRESENT


async def see(session: AsyncSession, rep_id: uuid.UUID, now: datetime) -> None:
    """The rep is there."""
    await session.execute(update(Rep).where(Rep.id == rep_id).values(seen_at=now))


def user_hash(user_id: str) -> bytes:
    """Under what tries with a user id are counted, so that what was typed is not kept."""
    return hashlib.sha256(user_id.strip().lower().encode("utf-8", "replace")).digest()

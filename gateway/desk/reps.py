"""The reps: added, given new credentials, found; and whether they are there."""

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Owner
from gateway.desk import audit
from gateway.desk.passwords import hash_password, new_password
from gateway.desk.records import Attempts, Rep, RepSession, Role
from gateway.desk.totp import new_secret
from gateway.settings import LANGUAGES, Language

USER_ID = re.compile(r"[a-z0-9._-]{2,64}")  # also told to the backend, as who acted
DEMO_USER = "demo"  # may sign in where everybody may know the password: in development
PRESENT = timedelta(seconds=60)  # since the desk was last heard of


class RepFaultError(ValueError):
    """What the operator asked for can't be done; the message says why."""


@dataclass(frozen=True)
class NewRep:
    """A rep, and what is told only once: password and secret of the second factor."""

    rep: Rep
    password: str
    secret: str


async def do_add_rep(
    database: Database,
    user_id: str,
    *,
    name: str,
    alias: str,
    role: Role,
    languages: Sequence[Language] = LANGUAGES,
    now: datetime,
    password: str | None = None,
    secret: str | None = None,
) -> NewRep:
    """Add a rep; raises RepFaultError for a user id that is taken or of the wrong form."""
    if not USER_ID.fullmatch(user_id):
        raise RepFaultError("a user id is 2 to 64 of a-z, 0-9, dot, hyphen and underscore")
    password, secret = password or new_password(), secret or new_secret()
    rep = Rep(
        id=uuid.uuid4(),
        user_id=user_id,
        name=name,
        alias=alias,
        role=role,
        language=languages[0],
        languages=list(languages),
        password_hash=hash_password(password),
        totp_secret=secret,
        created_at=now,
    )
    async with database.write() as session:
        if await find_by_user_id(session, user_id) is not None:
            raise RepFaultError(f"there is a rep {user_id} already")
        session.add(rep)
        audit.write(session, "rep_added", now=now, rep_id=rep.id, role=str(role))
        await session.commit()
    return NewRep(rep, password, secret)


async def do_reset_rep(database: Database, user_id: str, *, now: datetime) -> NewRep:
    """Give a rep a new password and a new second factor; whatever was open under the old ones ends."""
    password, secret = new_password(), new_secret()
    async with database.write() as session:
        rep = await find_by_user_id(session, user_id)
        if rep is None:
            raise RepFaultError(f"there is no rep {user_id}")
        rep.password_hash, rep.totp_secret, rep.totp_used = hash_password(password), secret, 0
        rep.is_active = True
        await session.execute(delete(RepSession).where(RepSession.rep_id == rep.id))
        await session.execute(delete(Attempts).where(Attempts.user_hash == user_hash(user_id)))
        audit.write(session, "rep_reset", now=now, rep_id=rep.id)
        await session.commit()
    return NewRep(rep, password, secret)


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

"""Who is in the team: added, changed, given new credentials, let go and taken back; each step is audited."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.desk import audit
from gateway.desk.left import Left
from gateway.desk.passwords import hash_password, new_password
from gateway.desk.records import Attempts, Rep, RepSession, Role
from gateway.desk.reps import USER_ID, find_by_user_id, user_hash
from gateway.desk.totp import new_secret
from gateway.errors import GatewayError
from gateway.settings import LANGUAGES, Language
from gateway.texts import Texts
from gateway.vault import SealError, Vault


@dataclass(frozen=True)
class Team:
    """What changes to the team need."""

    database: Database
    vault: Vault
    texts: Texts
    left: Left


@dataclass(frozen=True)
class NewRep:
    """A rep, and what is told only once: password and secret of the second factor."""

    rep: Rep
    password: str
    secret: str


async def do_add_rep(
    team: Team,
    user_id: str,
    *,
    name: str,
    alias: str,
    role: Role,
    languages: Sequence[Language] = LANGUAGES,
    team_name: str | None = None,
    now: datetime,
    by: uuid.UUID | None = None,
    rep_id: uuid.UUID | None = None,
    password: str | None = None,
    secret: str | None = None,
) -> NewRep:
    """Add a rep; raises user_id_invalid, user_id_taken or team_not_found.

    Asked again under the same `rep_id`, new credentials take the place of those that were never used.
    """
    if not USER_ID.fullmatch(user_id):
        raise GatewayError("user_id_invalid")
    _check_team(team, team_name)
    password, secret = password or new_password(), secret or new_secret()
    facts = {"name": name, "alias": alias, "role": role, "languages": list(languages), "team": team_name}
    async with team.database.write() as session:
        rep = await _new_or_unused(session, user_id, rep_id or uuid.uuid4(), now)
        for field, value in facts.items():
            setattr(rep, field, value)
        rep.language = languages[0]
        await _give_credentials(session, team.vault, rep, password, secret)
        session.add(rep)
        await _flush(session)
        audit.write(session, "rep_added", now=now, rep_id=by, of=str(rep.id), role=str(role))
        await session.commit()
    return NewRep(rep, password, secret)


async def do_reset_rep(
    team: Team, rep_id: uuid.UUID, *, now: datetime, by: uuid.UUID | None = None
) -> NewRep:
    """Give a rep new credentials; what was open under the old ones ends. Raises rep_not_found."""
    password, secret = new_password(), new_secret()
    async with team.database.write() as session:
        rep = await _lock(session, rep_id)
        await _give_credentials(session, team.vault, rep, password, secret)
        audit.write(session, "rep_reset", now=now, rep_id=by, of=str(rep.id))
        await session.commit()
    return NewRep(rep, password, secret)


async def do_change_rep(
    team: Team,
    rep_id: uuid.UUID,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    by: uuid.UUID | None = None,
) -> Rep:
    """Change name, alias, role, languages or team; raises rep_not_found, team_not_found or last_admin."""
    _check_team(team, changes.get("team"))
    async with team.database.write() as session:
        rep, is_last_admin = await _lock_among_admins(session, rep_id)
        before = {field: getattr(rep, field) for field in changes}
        changed = {field: value for field, value in changes.items() if value != before[field]}
        if "role" in changed and is_last_admin:
            raise GatewayError("last_admin")
        for field, value in changed.items():
            setattr(rep, field, value)
        if changed:
            steps = {field: [before[field], value] for field, value in changed.items()}
            audit.write(session, "rep_changed", now=now, rep_id=by, of=str(rep.id), changes=steps)
        await session.commit()
    return rep


async def do_deactivate(
    team: Team, rep_id: uuid.UUID, *, now: datetime, by: uuid.UUID | None = None
) -> Sequence[uuid.UUID]:
    """Let a rep go: sessions end, conversations go back to the head of the queue, and are told.

    Raises rep_not_found or last_admin.
    """
    async with team.database.write() as session:
        rep, is_last_admin = await _lock_among_admins(session, rep_id)
        if is_last_admin:
            raise GatewayError("last_admin")
        if rep.is_active:
            rep.is_active, rep.seen_at = False, None
            await session.execute(delete(RepSession).where(RepSession.rep_id == rep.id))
            audit.write(session, "rep_deactivated", now=now, rep_id=by, of=str(rep.id))
        await session.commit()
    # Elsewhere conversations are locked before reps: these follow one by one, at the latest by watching.py.
    held = await team.left.find(now, rep_id=rep_id)
    return [conversation for conversation in held if await team.left.do_put_back(conversation, now)]


async def do_activate(team: Team, rep_id: uuid.UUID, *, now: datetime, by: uuid.UUID | None = None) -> Rep:
    """Take a rep back, under the old credentials; raises rep_not_found."""
    async with team.database.write() as session:
        rep = await _lock(session, rep_id)
        if not rep.is_active:
            rep.is_active = True
            audit.write(session, "rep_activated", now=now, rep_id=by, of=str(rep.id))
        await session.commit()
    return rep


async def do_reseal(team: Team) -> int:
    """Seal every secret with the first key, so that the others can be forgotten; how many there are.

    Raises SealError, with the user ids, and changes nothing when some can't be opened.
    """
    lost = []
    async with team.database.write() as session:
        reps = (await session.execute(select(Rep).order_by(Rep.user_id).with_for_update())).scalars().all()
        for rep in reps:
            try:
                rep.totp_secret = team.vault.reseal(rep.totp_secret)
            except SealError:
                lost.append(rep.user_id)
        if lost:
            raise SealError(
                f"sealed under a key that is not among ASSISTANT_DESK_SECRET_KEYS: {', '.join(lost)}"
            )
        await session.commit()
    return len(reps)


def _check_team(team: Team, name: str | None) -> None:
    if name is not None and f"desk.team_{name}" not in team.texts:
        raise GatewayError("team_not_found")


async def _new_or_unused(session: AsyncSession, user_id: str, rep_id: uuid.UUID, now: datetime) -> Rep:
    rep = await session.get(Rep, rep_id, with_for_update=True)
    if rep is None and await find_by_user_id(session, user_id) is None:
        return Rep(id=rep_id, user_id=user_id, created_at=now)
    if rep is None or rep.user_id != user_id or rep.totp_used:
        raise GatewayError("user_id_taken", {"user_id": user_id})
    return rep


async def _give_credentials(
    session: AsyncSession, vault: Vault, rep: Rep, password: str, secret: str
) -> None:
    rep.password_hash, rep.totp_secret, rep.totp_used = hash_password(password), vault.seal(secret), 0
    await session.execute(delete(RepSession).where(RepSession.rep_id == rep.id))
    await session.execute(delete(Attempts).where(Attempts.user_hash == user_hash(rep.user_id)))


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as error:  # somebody else added the same user id at this very moment
        raise GatewayError("user_id_taken") from error


async def _lock(session: AsyncSession, rep_id: uuid.UUID) -> Rep:
    rep = await session.get(Rep, rep_id, with_for_update=True, populate_existing=True)
    if rep is None:
        raise GatewayError("rep_not_found")
    return rep


async def _lock_among_admins(session: AsyncSession, rep_id: uuid.UUID) -> tuple[Rep, bool]:
    """A rep, and whether it is the last admin; all are locked in one order, so that none waits in vain."""
    is_admin = and_(Rep.role == Role.ADMIN, Rep.is_active)
    query = select(Rep).where(or_(Rep.id == rep_id, is_admin)).order_by(Rep.id).with_for_update()
    reps = (await session.execute(query.execution_options(populate_existing=True))).scalars().all()
    found = next((rep for rep in reps if rep.id == rep_id), None)
    if found is None:
        raise GatewayError("rep_not_found")
    admins = [rep.id for rep in reps if rep.role == Role.ADMIN and rep.is_active]
    return found, admins == [rep_id]

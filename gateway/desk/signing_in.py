"""Reps sign in with password and second factor; the session is a cookie's token, kept as a hash."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import UtcDateTime
from gateway.desk import audit, reps, totp
from gateway.desk.desk import Desk
from gateway.desk.records import Attempts, Rep, RepSession
from gateway.errors import GatewayError, too_often
from gateway.settings import Language
from gateway.vault import SealError

log = structlog.get_logger(__name__)

FIRST_TRY = text(
    "INSERT INTO desk_attempts (user_hash, failures, last_at) VALUES (:user_hash, 0, :last_at) "
    "ON CONFLICT DO NOTHING"
).bindparams(bindparam("last_at", type_=UtcDateTime))
TOUCH = timedelta(seconds=20)  # how exactly it is known when a session was last used


@dataclass(frozen=True)
class Open:
    """A rep's open session, and the value that the desk's own pages send with every change."""

    rep: Rep
    token: str
    csrf: str
    expires_at: datetime


async def do_sign_in(desk: Desk, user_id: str, password: str, code: str) -> Open:
    """Open a session; raises desk_sign_in_failed, code_used or sign_in_locked."""
    user_id = user_id.strip().lower()
    async with desk.database.read() as session:
        await _check_lock(session, desk, user_id)
        rep = await reps.find_by_user_id(session, user_id)
    known = rep if rep is not None and _may_sign_in(desk, rep) else None
    fits = await desk.passwords.fits(password, None if known is None else known.password_hash)
    step = None if known is None else _matching_step(desk, known, code)
    if known is None or not fits or step is None:
        await _do_fail(desk, user_id, known)
        raise GatewayError("desk_sign_in_failed")
    return await _do_open(desk, known.id, user_id, step)


async def access_session(desk: Desk, token: str, *, is_used: bool = True) -> Open:
    """The open session of a token, used now unless said otherwise; raises desk_not_signed_in."""
    now = desk.clock()
    async with desk.database.read() as session:
        found = await session.get(RepSession, _hash(token))
        rep = None if found is None else await session.get(Rep, found.rep_id)
    if found is None or rep is None or not rep.is_active or not _is_open(desk, found, now):
        raise GatewayError("desk_not_signed_in")
    if is_used and now - found.used_at >= TOUCH:
        await _do_touch(desk, found.token_hash, rep.id, now)
    return Open(rep, token, csrf_of(desk, token), found.expires_at)


async def do_sign_out(desk: Desk, opened: Open) -> None:
    """End the session."""
    async with desk.database.write() as session:
        await session.execute(delete(RepSession).where(RepSession.token_hash == _hash(opened.token)))
        others = select(func.count()).where(RepSession.rep_id == opened.rep.id)
        if not (await session.execute(others)).scalar_one():
            (await session.get_one(Rep, opened.rep.id)).seen_at = None
        audit.write(session, "sign_out", now=desk.clock(), rep_id=opened.rep.id)
        await session.commit()
    desk.live.bell.ring()


async def do_change_language(desk: Desk, rep_id: uuid.UUID, language: Language) -> None:
    """Show this rep the desk in another language."""
    async with desk.database.write() as session:
        rep = await session.get_one(Rep, rep_id)
        rep.language = language
        await session.commit()


def csrf_of(desk: Desk, token: str) -> str:
    """What only pages of this site can know besides the cookie, which they can't read."""
    key = desk.settings.gateway_secret.get_secret_value().encode()
    return hmac.new(key, b"desk-csrf:" + token.encode(), hashlib.sha256).hexdigest()


async def _do_open(desk: Desk, rep_id: uuid.UUID, user_id: str, step: int) -> Open:
    now, token = desk.clock(), secrets.token_urlsafe(32)
    async with desk.database.write() as session:
        query = select(Rep).where(Rep.id == rep_id).with_for_update()
        rep = (await session.execute(query.execution_options(populate_existing=True))).scalar_one()
        await _check_lock(session, desk, user_id)
        if step <= rep.totp_used:
            raise GatewayError("code_used")
        rep.totp_used, rep.seen_at = step, now
        await session.execute(delete(Attempts).where(Attempts.user_hash == reps.user_hash(user_id)))
        await session.execute(delete(RepSession).where(RepSession.expires_at < now))
        expires_at = now + timedelta(hours=desk.settings.desk_session_hours)
        opened = RepSession(
            token_hash=_hash(token), rep_id=rep.id, created_at=now, used_at=now, expires_at=expires_at
        )
        session.add(opened)
        audit.write(session, "sign_in", now=now, rep_id=rep.id)
        await session.commit()
    return Open(rep, token, csrf_of(desk, token), expires_at)


async def _do_fail(desk: Desk, user_id: str, rep: Rep | None) -> None:
    now = desk.clock()
    async with desk.database.write() as session:
        key = reps.user_hash(user_id)
        query = select(Attempts).where(Attempts.user_hash == key).with_for_update()
        await session.execute(FIRST_TRY, {"user_hash": key, "last_at": now})
        attempts = (await session.execute(query)).scalar_one()
        if now - attempts.last_at >= _lock_time(desk):
            attempts.failures = 0
        attempts.failures, attempts.last_at = attempts.failures + 1, now
        audit.write(session, "sign_in_failed", now=now, rep_id=None if rep is None else rep.id)
        await session.commit()


async def _check_lock(session: AsyncSession, desk: Desk, user_id: str) -> None:
    attempts = await session.get(Attempts, reps.user_hash(user_id))
    if attempts is None or attempts.failures < desk.settings.desk_sign_in_tries:
        return
    left = attempts.last_at + _lock_time(desk) - desk.clock()
    seconds = round(left.total_seconds() + 0.5)
    if seconds > 0:
        raise too_often("sign_in_locked", retry_after=seconds, minutes=-(-seconds // 60))


async def _do_touch(desk: Desk, token_hash: bytes, rep_id: uuid.UUID, now: datetime) -> None:
    async with desk.database.write() as session:
        found = await session.get(RepSession, token_hash)
        if found is not None:
            found.used_at = now
            await reps.see(session, rep_id, now)
            await session.commit()


def _matching_step(desk: Desk, rep: Rep, code: str) -> int | None:
    try:
        secret = desk.vault.open(rep.totp_secret)
    except SealError as error:
        log.error("second_factor_unreadable", rep=str(rep.id), error=str(error))
        return None
    return totp.matching_step(secret, code, desk.clock())


def _may_sign_in(desk: Desk, rep: Rep) -> bool:
    is_demo = rep.user_id == reps.DEMO_USER
    return rep.is_active and (not is_demo or desk.settings.gateway_environment == "development")


def _is_open(desk: Desk, found: RepSession, now: datetime) -> bool:
    idle = timedelta(minutes=desk.settings.desk_idle_minutes)
    return now < found.expires_at and now < found.used_at + idle


def _lock_time(desk: Desk) -> timedelta:
    return timedelta(minutes=desk.settings.desk_lock_minutes)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()

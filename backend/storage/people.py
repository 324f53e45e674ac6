"""Profiles, sessions, counted tries and recovery links in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from backend.domain.limits import Attempts
from backend.domain.people import Profile, RecoveryLink, Session
from backend.storage import tables as t
from backend.storage.rows import Rows, insert_once


class ProfileRows(Rows[Profile]):
    """Customers' profiles."""

    record = Profile

    async def by_user_id(self, user_id: str) -> Profile | None:
        """The profile of that user id."""
        found = await self.session.scalars(select(Profile).where(t.profiles.c.user_id == user_id))
        return found.one_or_none()

    async def by_email(self, email: str) -> Sequence[Profile]:
        """Every profile written to at that address."""
        query = select(Profile).where(t.profiles.c.email == email).order_by(t.profiles.c.id).limit(20)
        return (await self.session.scalars(query)).all()

    async def of_account(self, account_id: str) -> Sequence[Profile]:
        """Every profile that manages the account."""
        query = (
            select(Profile)
            .join(t.account_links, t.account_links.c.profile_id == t.profiles.c.id)
            .where(t.account_links.c.account_id == account_id)
            .order_by(t.profiles.c.id)
        )
        return (await self.session.scalars(query)).all()

    async def unused_since(self, moment: datetime, *, limit: int, after: str = "") -> Sequence[str]:
        """Ids of profiles last used before `moment`, in the order of ids, from `after` on."""
        query = (
            select(t.profiles.c.id)
            .where(t.profiles.c.last_used_at < moment, t.profiles.c.id > after)
            .order_by(t.profiles.c.id)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()

    async def delete(self, profile: Profile) -> None:
        """Remove the profile; its links, sessions and recovery links go with it."""
        await self.session.delete(profile)
        await self.session.flush()


class SessionRows(Rows[Session]):
    """Who is signed in."""

    record = Session

    async def by_digest(self, digest: str) -> Session | None:
        """The session whose token has this digest."""
        found = await self.session.scalars(select(Session).where(t.sessions.c.token_digest == digest))
        return found.one_or_none()

    async def end_all(self, profile_id: str, now: datetime, *, but: str | None = None) -> None:
        """End every open session of the profile, except one."""
        rows = t.sessions.c
        await self.session.execute(
            update(t.sessions)
            .where(rows.profile_id == profile_id, rows.ended_at.is_(None), rows.id != (but or ""))
            .values(ended_at=now)
        )

    async def forget_ended(self, before: datetime) -> int:
        """Delete sessions that ended before `before`."""
        rows = t.sessions.c
        gone: Any = await self.session.execute(
            delete(t.sessions).where(or_(rows.expires_at < before, rows.ended_at < before))
        )
        return int(gone.rowcount)


class TryRows(Rows[Attempts]):
    """Counted attempts."""

    record = Attempts

    async def of(self, key: str, now: datetime) -> Attempts:
        """The counter under `key`, made if there is none, held until the transaction ends."""
        await insert_once(self.session, t.attempts, {"key": key, "count": 0, "since": now})
        counter = await self.get(key, lock=True)
        assert counter is not None
        return counter

    async def forget(self, before: datetime) -> int:
        """Delete counters not touched since `before` and not locked."""
        rows = t.attempts.c
        gone: Any = await self.session.execute(
            delete(t.attempts).where(
                rows.since < before, or_(rows.locked_until.is_(None), rows.locked_until < before)
            )
        )
        return int(gone.rowcount)


class RecoveryRows(Rows[RecoveryLink]):
    """Recovery links by the digest of their token."""

    record = RecoveryLink

    async def drop(self, profile_id: str, purpose: str) -> None:
        """A newer link makes the older ones useless."""
        rows = t.recovery_links.c
        await self.session.execute(
            delete(t.recovery_links).where(rows.profile_id == profile_id, rows.purpose == purpose)
        )

    async def forget(self, before: datetime) -> int:
        """Delete links that expired before `before`."""
        gone: Any = await self.session.execute(
            delete(t.recovery_links).where(t.recovery_links.c.expires_at < before)
        )
        return int(gone.rowcount)

"""Receipts, the audit trail, messages to send and operation keys in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.domain.records import AuditEntry, MessageState, OperationKey, OutboxMessage, Receipt
from backend.storage import tables as t
from backend.storage.rows import Rows, insert_once


class ReceiptRows(Rows[Receipt]):
    """Receipts by number."""

    record = Receipt

    async def seen_by(
        self, profile_id: str, *, account_id: str | None, limit: int, before: datetime | None
    ) -> Sequence[Receipt]:
        """What the profile may see: its own receipts and those of its accounts, the newest first."""
        rows, links = t.receipts.c, t.account_links.c
        linked = select(links.account_id).where(links.profile_id == profile_id)
        query = select(Receipt).where(or_(rows.profile_id == profile_id, rows.account_id.in_(linked)))
        if account_id is not None:
            query = query.where(rows.account_id == account_id)
        if before is not None:
            query = query.where(rows.created_at < before)
        query = query.order_by(rows.created_at.desc(), rows.number.desc()).limit(limit)
        return (await self.session.scalars(query)).all()

    async def of_account(self, account_id: str, *, limit: int) -> Sequence[Receipt]:
        """The account's receipts, the newest first."""
        rows = t.receipts.c
        query = (
            select(Receipt)
            .where(rows.account_id == account_id)
            .order_by(rows.created_at.desc(), rows.number.desc())
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()


class AuditRows:
    """The audit trail: added to and read, nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, record: AuditEntry) -> None:
        """One more row."""
        self.session.add(record)

    async def of_profile(self, profile_id: str) -> Sequence[AuditEntry]:
        """Everything done by or for a profile."""
        query = select(AuditEntry).where(t.audit.c.profile_id == profile_id).order_by(t.audit.c.id)
        return (await self.session.scalars(query)).all()


class OutboxRows(Rows[OutboxMessage]):
    """Messages promised and not sent yet."""

    record = OutboxMessage

    async def claim(self, now: datetime, *, until: datetime, limit: int) -> Sequence[OutboxMessage]:
        """Take due messages for oneself until `until`; other workers step over them."""
        rows = t.outbox.c
        query = (
            select(OutboxMessage)
            .where(
                rows.state == MessageState.WAITING,
                rows.due_at <= now,
                or_(rows.claimed_until.is_(None), rows.claimed_until <= now),
            )
            .order_by(rows.due_at, rows.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = (await self.session.scalars(query)).all()
        for message in claimed:
            message.claimed_until = until
        return claimed

    async def count(self) -> Mapping[str, int]:
        """How many wait, and how many were given up; the sent ones are not counted, there are too many."""
        rows = t.outbox.c
        counted = {MessageState.WAITING.value: 0, MessageState.FAILED.value: 0}
        for state in counted:
            query = select(func.count()).select_from(t.outbox).where(rows.state == state)
            counted[state] = await self.session.scalar(query) or 0
        return counted


class KeyRows:
    """Idempotency keys."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def claim(self, key: OperationKey) -> OperationKey | None:
        """Take the key, or the record of whoever took it before; waits while somebody is using it."""
        values = {
            "scope": key.scope,
            "key": key.key,
            "digest": key.digest,
            "created_at": key.created_at,
            "result_id": None,
        }
        if await insert_once(self.session, t.operation_keys, values):
            return None
        return await self.session.get(OperationKey, (key.scope, key.key), populate_existing=True)

    async def keep_result(self, key: OperationKey, result_id: str) -> None:
        """Remember which receipt the key gave."""
        rows = t.operation_keys.c
        await self.session.execute(
            update(t.operation_keys)
            .where(rows.scope == key.scope, rows.key == key.key)
            .values(result_id=result_id)
        )

    async def forget(self, before: datetime) -> int:
        """Delete keys older than `before`."""
        gone: Any = await self.session.execute(
            delete(t.operation_keys).where(t.operation_keys.c.created_at < before)
        )
        return int(gone.rowcount)

"""Payments made here and monthly bills in the database."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select

from backend.domain.bills import Bill
from backend.domain.online import Payment, PaymentKind, PaymentState
from backend.storage import tables_money as t
from backend.storage.rows import Rows


class PaymentRows(Rows[Payment]):
    """Payments made here."""

    record = Payment

    async def of_account(self, account_id: str, *, limit: int) -> Sequence[Payment]:
        """The account's payments, the newest first."""
        rows = t.payments.c
        query = (
            select(Payment)
            .where(rows.account_id == account_id)
            .order_by(rows.started_at.desc(), rows.id.desc())
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()

    async def claim(self, today: date, now: datetime, *, until: datetime, limit: int) -> Sequence[Payment]:
        """Take automatic payments and refunds whose day has come; other workers step over them."""
        rows = t.payments.c
        query = (
            select(Payment)
            .where(
                rows.kind.in_([PaymentKind.AUTOPAY, PaymentKind.REFUND]),
                rows.state.in_([PaymentState.STARTED, PaymentState.CHARGING]),
                rows.due_on <= today,
                or_(rows.claimed_until.is_(None), rows.claimed_until <= now),
            )
            .order_by(rows.due_on, rows.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = (await self.session.scalars(query)).all()
        for payment in claimed:
            payment.claimed_until = until
        return claimed

    async def refunds_of(self, payment_id: str) -> Sequence[Payment]:
        """What went back of a payment, or is about to."""
        return (await self.session.scalars(select(Payment).where(t.payments.c.refund_of == payment_id))).all()

    async def abandoned(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Ids of payments begun before `before` on a page nobody finished."""
        rows = t.payments.c
        query = (
            select(rows.id)
            .where(
                rows.kind.in_([PaymentKind.ONE_TIME, PaymentKind.AUTOPAY_SETUP]),
                rows.state.in_([PaymentState.STARTED, PaymentState.REFUSED]),
                rows.started_at < before,
            )
            .order_by(rows.started_at)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()


class BillRows(Rows[Bill]):
    """Monthly bills."""

    record = Bill

    async def of_account(self, account_id: str, *, limit: int) -> Sequence[Bill]:
        """The account's bills, the newest first."""
        rows = t.bills.c
        query = select(Bill).where(rows.account_id == account_id).order_by(rows.issued_on.desc()).limit(limit)
        return (await self.session.scalars(query)).all()

    async def latest(self, account_id: str) -> Bill | None:
        """The account's most recent bill."""
        return next(iter(await self.of_account(account_id, limit=1)), None)

    async def by_message(self, message_id: str) -> Bill | None:
        """The bill that an e-mail carried."""
        return (
            await self.session.scalars(select(Bill).where(t.bills.c.message_id == message_id))
        ).one_or_none()

"""Accounts, their links and everything that belongs to one account."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from backend.domain.accounts import Account, ChangeState, ScheduledChange, Status
from backend.domain.ebills import EBillEnrolment
from backend.domain.payments import LedgerEntry, PaymentReport, ReportState
from backend.domain.people import AccountLink
from backend.storage import tables as t
from backend.storage import tables_money as m
from backend.storage.rows import Rows


class AccountRows(Rows[Account]):
    """Accounts and the links that make them a profile's."""

    record = Account

    async def by_number(self, number: str) -> Account | None:
        """The account of that number."""
        found = await self.session.scalars(select(Account).where(t.accounts.c.number == number))
        return found.one_or_none()

    async def of_profile(self, profile_id: str) -> Sequence[Account]:
        """The accounts linked to a profile, in the order of linking."""
        query = (
            select(Account)
            .join(t.account_links, t.account_links.c.account_id == t.accounts.c.id)
            .where(t.account_links.c.profile_id == profile_id)
            .order_by(t.account_links.c.linked_at, t.accounts.c.number)
        )
        return (await self.session.scalars(query)).all()

    async def link(self, profile_id: str, account_id: str) -> AccountLink | None:
        """The link between the two, if there is one."""
        return await self.session.get(AccountLink, (profile_id, account_id))

    def add_link(self, link: AccountLink) -> None:
        """Make the account answer to the profile."""
        self.session.add(link)

    async def remove_link(self, link: AccountLink) -> None:
        """The account no longer answers to the profile."""
        await self.session.delete(link)

    async def suspendable(self, due_before: date, *, limit: int, after: str = "") -> Sequence[str]:
        """Ids of active accounts that owe since before `due_before`, in the order of ids, from `after` on."""
        rows = t.accounts.c
        query = (
            select(rows.id)
            .where(
                rows.due_on < due_before,
                rows.balance_cents > 0,
                rows.status == Status.ACTIVE,
                rows.id > after,
            )
            .order_by(rows.id)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()

    async def billable(self, today: date, *, limit: int) -> Sequence[str]:
        """Ids of accounts whose next bill is due to be made."""
        rows = t.accounts.c
        query = (
            select(rows.id)
            .where(rows.next_bill_on <= today, rows.status != Status.CLOSED)
            .order_by(rows.next_bill_on, rows.id)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()


class ChangeRows(Rows[ScheduledChange]):
    """Scheduled changes."""

    record = ScheduledChange

    async def pending(self, account_id: str, *, lock: bool = False) -> ScheduledChange | None:
        """The one change that waits for its day."""
        rows = t.scheduled_changes.c
        query = select(ScheduledChange).where(
            rows.account_id == account_id, rows.state == ChangeState.PENDING
        )
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self.session.scalars(query)).one_or_none()

    async def due(self, today: date, *, limit: int) -> Sequence[ScheduledChange]:
        """Changes whose day has come, the oldest first."""
        rows = t.scheduled_changes.c
        query = (
            select(ScheduledChange)
            .where(rows.state == ChangeState.PENDING, rows.effective_on <= today)
            .order_by(rows.effective_on, rows.id)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()


class ReportRows(Rows[PaymentReport]):
    """Reported payments."""

    record = PaymentReport

    async def of_account(self, account_id: str, *, limit: int) -> Sequence[PaymentReport]:
        """The account's reports, the newest first."""
        rows = m.payment_reports.c
        query = (
            select(PaymentReport)
            .where(rows.account_id == account_id)
            .order_by(rows.reported_at.desc(), rows.id.desc())
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()

    async def waiting(
        self, states: Sequence[ReportState], *, limit: int, after: datetime | None
    ) -> Sequence[tuple[PaymentReport, str]]:
        """Reports in these states with the numbers of their accounts, the oldest first."""
        rows = m.payment_reports.c
        query = (
            select(PaymentReport, t.accounts.c.number)
            .join(t.accounts, t.accounts.c.id == rows.account_id)
            .where(rows.state.in_(states))
            .order_by(rows.reported_at, rows.id)
            .limit(limit)
        )
        if after is not None:
            query = query.where(rows.reported_at > after)
        return [(report, number) for report, number in (await self.session.execute(query)).all()]


class EnrolmentRows(Rows[EBillEnrolment]):
    """Consents to e-bills."""

    record = EBillEnrolment

    async def current(self, account_id: str) -> EBillEnrolment | None:
        """The consent in force."""
        rows = t.ebill_enrolments.c
        query = select(EBillEnrolment).where(rows.account_id == account_id, rows.ended_at.is_(None))
        return (await self.session.scalars(query)).one_or_none()

    async def of_profile(self, profile_id: str) -> Sequence[EBillEnrolment]:
        """The consents a profile gave."""
        query = (
            select(EBillEnrolment)
            .where(t.ebill_enrolments.c.profile_id == profile_id)
            .order_by(t.ebill_enrolments.c.consent_at)
        )
        return (await self.session.scalars(query)).all()


class LedgerRows(Rows[LedgerEntry]):
    """Movements of balances."""

    record = LedgerEntry

    async def unbilled(self, account_id: str) -> Sequence[LedgerEntry]:
        """Movements that no bill shows yet."""
        rows = m.ledger.c
        query = (
            select(LedgerEntry)
            .where(rows.account_id == account_id, rows.bill_id.is_(None))
            .order_by(rows.on, rows.id)
        )
        return (await self.session.scalars(query)).all()

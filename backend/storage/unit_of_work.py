"""One transaction with all its repositories; kept only by `commit()`."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.storage.accounts import AccountRows, ChangeRows, EnrolmentRows, LedgerRows, ReportRows
from backend.storage.money import BillRows, PaymentRows
from backend.storage.people import ProfileRows, RecoveryRows, SessionRows, TryRows
from backend.storage.records import AuditRows, KeyRows, OutboxRows, ReceiptRows


class SqlUnitOfWork:
    """The services' UnitOfWork on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.profiles = ProfileRows(session)
        self.accounts = AccountRows(session)
        self.sessions = SessionRows(session)
        self.attempts = TryRows(session)
        self.recovery = RecoveryRows(session)
        self.changes = ChangeRows(session)
        self.reports = ReportRows(session)
        self.enrolments = EnrolmentRows(session)
        self.ledger = LedgerRows(session)
        self.payments = PaymentRows(session)
        self.bills = BillRows(session)
        self.receipts = ReceiptRows(session)
        self.audit = AuditRows(session)
        self.outbox = OutboxRows(session)
        self.keys = KeyRows(session)

    async def flush(self) -> None:
        """Send what was added, without committing it."""
        await self.session.flush()

    async def commit(self) -> None:
        """Keep everything."""
        await self.session.commit()

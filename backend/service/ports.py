"""What the services need of the world outside, by name; storage and the entry points provide it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol, TypeVar

from backend.domain.accounts import Account, ScheduledChange
from backend.domain.bills import Bill
from backend.domain.ebills import EBillEnrolment
from backend.domain.limits import Attempts
from backend.domain.online import Outcome, Payment
from backend.domain.payments import LedgerEntry, PaymentReport, ReportState
from backend.domain.people import AccountLink, Profile, RecoveryLink, Session
from backend.domain.records import AuditEntry, OperationKey, OutboxMessage, Receipt

Record = TypeVar("Record")


class Records(Protocol[Record]):
    """Records of one kind, by id."""

    async def get(self, id: str, *, lock: bool = False) -> Record | None:
        """The record, held until the transaction ends if `lock`."""

    def add(self, record: Record) -> None:
        """Keep a new record, if the transaction commits."""


class Profiles(Records[Profile], Protocol):
    """Customers' profiles."""

    async def by_user_id(self, user_id: str) -> Profile | None: ...
    async def by_email(self, email: str) -> Sequence[Profile]: ...
    async def of_account(self, account_id: str) -> Sequence[Profile]: ...
    async def unused_since(self, moment: datetime, *, limit: int, after: str = "") -> Sequence[str]: ...
    async def delete(self, profile: Profile) -> None: ...


class Accounts(Records[Account], Protocol):
    """Accounts and the links that make them a profile's."""

    async def by_number(self, number: str) -> Account | None: ...
    async def of_profile(self, profile_id: str) -> Sequence[Account]: ...
    async def link(self, profile_id: str, account_id: str) -> AccountLink | None: ...
    def add_link(self, link: AccountLink) -> None: ...
    async def remove_link(self, link: AccountLink) -> None: ...
    async def suspendable(self, due_before: date, *, limit: int, after: str = "") -> Sequence[str]: ...
    async def billable(self, today: date, *, limit: int) -> Sequence[str]: ...


class Sessions(Records[Session], Protocol):
    """Who is signed in."""

    async def by_digest(self, digest: str) -> Session | None: ...
    async def end_all(self, profile_id: str, now: datetime, *, but: str | None = None) -> None: ...
    async def forget_ended(self, before: datetime) -> int: ...


class Tries(Protocol):
    """Counted attempts."""

    async def of(self, key: str, now: datetime) -> Attempts: ...
    async def forget(self, before: datetime) -> int: ...


class RecoveryLinks(Records[RecoveryLink], Protocol):
    """Recovery links by the digest of their token."""

    async def drop(self, profile_id: str, purpose: str) -> None: ...
    async def forget(self, before: datetime) -> int: ...


class Changes(Records[ScheduledChange], Protocol):
    """Scheduled changes."""

    async def pending(self, account_id: str, *, lock: bool = False) -> ScheduledChange | None: ...
    async def due(self, today: date, *, limit: int) -> Sequence[ScheduledChange]: ...


class Reports(Records[PaymentReport], Protocol):
    """Reported payments."""

    async def of_account(self, account_id: str, *, limit: int) -> Sequence[PaymentReport]: ...
    async def waiting(
        self, states: Sequence[ReportState], *, limit: int, after: datetime | None
    ) -> Sequence[tuple[PaymentReport, str]]: ...


class Enrolments(Records[EBillEnrolment], Protocol):
    """Consents to e-bills."""

    async def current(self, account_id: str) -> EBillEnrolment | None: ...
    async def of_profile(self, profile_id: str) -> Sequence[EBillEnrolment]: ...


class Ledger(Records[LedgerEntry], Protocol):
    """Movements of balances."""

    async def unbilled(self, account_id: str) -> Sequence[LedgerEntry]: ...


class Payments(Records[Payment], Protocol):
    """Payments made here."""

    async def claim(
        self, today: date, now: datetime, *, until: datetime, limit: int
    ) -> Sequence[Payment]: ...
    async def of_account(self, account_id: str, *, limit: int) -> Sequence[Payment]: ...
    async def refunds_of(self, payment_id: str) -> Sequence[Payment]: ...
    async def abandoned(self, before: datetime, *, limit: int) -> Sequence[str]: ...


class Bills(Records[Bill], Protocol):
    """Monthly bills."""

    async def of_account(self, account_id: str, *, limit: int) -> Sequence[Bill]: ...
    async def latest(self, account_id: str) -> Bill | None: ...
    async def by_message(self, message_id: str) -> Bill | None: ...


class Receipts(Records[Receipt], Protocol):
    """Receipts by number."""

    async def seen_by(
        self, profile_id: str, *, account_id: str | None, limit: int, before: datetime | None
    ) -> Sequence[Receipt]: ...
    async def of_account(self, account_id: str, *, limit: int) -> Sequence[Receipt]: ...


class Audit(Protocol):
    """The audit trail: written, read, never changed."""

    def add(self, record: AuditEntry) -> None: ...
    async def of_profile(self, profile_id: str) -> Sequence[AuditEntry]: ...


class Outbox(Records[OutboxMessage], Protocol):
    """Messages promised and not sent yet."""

    async def claim(self, now: datetime, *, until: datetime, limit: int) -> Sequence[OutboxMessage]: ...
    async def count(self) -> Mapping[str, int]: ...


class Keys(Protocol):
    """Idempotency keys."""

    async def claim(self, key: OperationKey) -> OperationKey | None: ...
    async def keep_result(self, key: OperationKey, result_id: str) -> None: ...
    async def forget(self, before: datetime) -> int: ...


class UnitOfWork(Protocol):
    """One transaction: nothing is kept without `commit()`."""

    @property
    def profiles(self) -> Profiles: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def attempts(self) -> Tries: ...
    @property
    def recovery(self) -> RecoveryLinks: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def enrolments(self) -> Enrolments: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def payments(self) -> Payments: ...
    @property
    def bills(self) -> Bills: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def keys(self) -> Keys: ...

    async def flush(self) -> None:
        """Send what was added to the database, without committing it."""

    async def commit(self) -> None:
        """Keep everything."""


class Store(Protocol):
    """Opens transactions."""

    def writing(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that may change things; leaving it without a commit changes nothing."""

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that only looks."""


class Provider(Protocol):
    """The payment provider; only it ever sees a card."""

    def page(self, payment: Payment) -> str:
        """The address of the hosted page on which the customer pays."""

    async def charge(self, payment: Payment, *, token: str) -> Outcome:
        """Charge what the customer agreed to, once however often asked; ProviderFault when nobody answers."""

    async def refund(self, refund: Payment, *, authorization: str) -> Outcome:
        """Give back what a payment brought; asking twice for one refund refunds once."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """A notice of the provider, if it is really theirs."""


class Hasher(Protocol):
    """Slow hashing of passwords, off the event loop."""

    async def hash(self, password: str) -> str: ...
    async def verify(self, password: str, hashed: str | None) -> bool: ...
    def is_outdated(self, hashed: str) -> bool: ...

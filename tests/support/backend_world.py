"""People with names and known rights, a clock that obeys, and the backend around them.

Marie is residential, in Québec; Boris, her neighbour, has no right to hers; Lavoie is a business.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from backend.api.app import create_app
from backend.domain.accounts import Account, Kind
from backend.domain.address import Address, make_address
from backend.domain.identifiers import new_id
from backend.domain.people import AccountLink, Actor, ActorKind, Channel, Language, Profile
from backend.provider.sandbox import Sandbox
from backend.service.backend import Backend
from backend.service.ports import Provider
from backend.settings import Settings
from backend.storage.database import Database
from backend.storage.hasher import Argon2
from backend.wording.plans import load_catalogue
from backend.worker.mail import MailFault
from backend.worker.rounds import Worker

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # noon in Toronto, a Tuesday
TODAY = date(2026, 11, 24)
PASSWORD = "erable2026"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
FAST = Argon2(QUICK)
HASH = FAST._hasher.hash(PASSWORD)
ASSISTANT = "development-assistant-token"
DESK = "development-desk-token"

OLD_HOME = make_address(line1="12, rue Principale", city="Québec", province="QC", postal_code="G1R 2B5")
NEW_HOME = make_address(
    line1="45, boul. René-Lévesque O., app. 3",
    line2="C.P. 12",
    city="Montréal",
    province="QC",
    postal_code="h2z1a4",
)
NEW_HOME_JSON = {
    "line1": "45, boul. René-Lévesque O., app. 3",
    "line2": "C.P. 12",
    "city": "Montréal",
    "province": "qc",
    "postal_code": "h2z1a4",
}


class Clock:
    """A clock that obeys; it ticks a millisecond each look, so that nothing happens at once."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **much: float) -> None:
        """Let time pass."""
        self.now += timedelta(**much)


@dataclass
class FakeMail:
    """Mail that keeps what it is given, and fails when told to."""

    sender: str = "service@example.ca"
    sent: dict[str, EmailMessage] = field(default_factory=dict)
    handed_over: list[str] = field(default_factory=list)
    fault: MailFault | None = None

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Keep it under its id, as a mailbox does with Message-ID."""
        if self.fault is not None:
            raise self.fault
        self.handed_over.append(id)
        self.sent[id] = message

    def to(self, address: str) -> list[EmailMessage]:
        """What that address received."""
        return [message for message in self.sent.values() if message["To"] == address]


def build_account(number: str, **different: Any) -> Account:
    """An ordinary residential account; a test states only what it is about."""
    usual: dict[str, Any] = {
        "id": new_id(),
        "number": number,
        "holder": "Marie Tremblay",
        "kind": Kind.RESIDENTIAL,
        "services": [{"kind": "telephone", "label": "418 555-0123", "monthly_cents": 3500}],
        "billing_address": OLD_HOME,
        "opened_on": date(2020, 1, 15),
        "next_bill_on": date(2026, 12, 10),
        "plan_code": "basic",
        "balance_cents": 8450,
        "due_on": date(2026, 12, 5),
    }
    return Account(**(usual | different))


def build_profile(user_id: str, **different: Any) -> Profile:
    """An ordinary profile with the password everybody has in tests."""
    usual: dict[str, Any] = {
        "id": new_id(),
        "user_id": user_id,
        "password_hash": HASH,
        "email": f"{user_id}@example.ca",
        "language": Language.FR,
        "created_at": NOON - timedelta(days=90),
        "last_used_at": NOON - timedelta(days=1),
    }
    return Profile(**(usual | different))


@dataclass
class Person:
    """Somebody with a profile and an account."""

    profile: Profile
    account: Account

    @property
    def actor(self) -> Actor:
        """The person acting through the portal."""
        return Actor(ActorKind.CUSTOMER, self.profile.id, Channel.PORTAL, profile_id=self.profile.id)


@dataclass
class World:
    """A backend with its clock, mail and worker."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    mail: FakeMail = field(default_factory=FakeMail)
    provider: Provider = field(
        default_factory=lambda: Sandbox("http://portal.example.ca", "a secret for tests")
    )

    def __post_init__(self) -> None:
        self.backend = Backend(
            store=self.database,
            hasher=FAST,
            catalogue=load_catalogue(),
            secret="a secret for tests",
            public_url="http://portal.example.ca",
            provider=self.provider,
            now=self.clock,
        )
        self.worker = Worker(self.backend, self.mail)

    async def person(
        self, user_id: str, number: str, *, language: Language = Language.FR, **account: Any
    ) -> Person:
        """Store somebody with one account."""
        person = Person(build_profile(user_id, language=language), build_account(number, **account))
        person.profile.default_account_id = person.account.id
        await self.keep(person.account)
        await self.keep(person.profile)
        await self.link(person, person.account)
        return person

    async def link(self, person: Person, account: Account) -> None:
        """Make the account answer to the person."""
        await self.keep(AccountLink(person.profile.id, account.id, self.clock()))

    async def keep(self, record: object) -> None:
        """Store a record as it is."""
        async with self.database.session() as session:
            session.add(record)
            await session.commit()

    async def account(self, person: Person) -> Account:
        """The person's account as stored now."""
        async with self.backend.store.reading() as uow:
            account = await uow.accounts.get(person.account.id)
        assert account is not None
        return account

    @asynccontextmanager
    async def served(self, settings: Settings | None = None) -> AsyncIterator[TestClient[Any, Any]]:
        """The backend over HTTP."""
        app = create_app(settings or Settings(), self.backend)
        async with TestClient(TestServer(app)) as client:
            yield client


def address(**different: str) -> Address:
    """A good address, different in what the test is about."""
    usual = {"line1": "1, rue Neuve", "city": "Québec", "province": "QC", "postal_code": "G1R 2B5"}
    return make_address(**(usual | different))

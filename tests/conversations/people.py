"""Gives each conversation customers of its own: a demo person's twin, with numbers and a user id apart."""

from __future__ import annotations

import copy
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml
from pydantic import HttpUrl, SecretStr

from backend.demo.load import PASSWORD, PEOPLE, PIN, add_person
from backend.domain.clock import next_month
from backend.domain.identifiers import new_id
from backend.domain.people import SYSTEM, Session
from backend.service.backend import new_token, token_digest
from backend.service.bill_run import make_bill
from backend.service.perform import Work
from backend.storage.database import Database, open_database
from backend.storage.hasher import Argon2
from bot.actions.backend import Backend as Client
from bot.actions.backend import Receipt, Settings, Summary
from tests.support.backend_world import QUICK, Clock, World
from tests.support.stack import Stack

_ORDER = itertools.count(1)  # of all that this process makes, whatever the database


class RealClock(Clock):
    """The time, as the running stack has it."""

    def __call__(self) -> datetime:
        self.now = datetime.now(UTC)
        return self.now


@dataclass(frozen=True)
class Person:
    """A customer of one conversation."""

    user_id: str
    numbers: tuple[str, ...]
    receipts: int  # those of before the conversation
    private: tuple[str, ...]  # what nobody else may read
    has_profile: bool = True
    session: str = ""  # an open session of theirs, begun elsewhere
    receipt: str = ""  # the number of their latest receipt, if there was one

    def names(self, prefix: str = "") -> dict[str, str]:
        """What a story calls them: {user}, {email}, {account}, {account2} ..."""
        numbers = {
            f"{prefix}account{place if place > 1 else ''}": n for place, n in enumerate(self.numbers, 1)
        }
        return {
            f"{prefix}user": self.user_id,
            f"{prefix}email": f"{self.user_id}@example.ca",
            f"{prefix}session": self.session,
            f"{prefix}receipt": self.receipt,
            **numbers,
        }


class People:
    """Makes customers in the running stack's database, and looks at what became of them."""

    def __init__(self, stack: Stack, token: str) -> None:
        self._database: Database = open_database(f"sqlite+aiosqlite:///{stack.folder / 'backend.db'}")
        self._world = World(self._database, clock=RealClock())
        url = f"http://127.0.0.1:{stack.ports['backend']}"
        self._client = Client(Settings(url=HttpUrl(url), token=SecretStr(token)))
        self._known: dict[str, Any] = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
        self._hasher = Argon2(QUICK)  # of our own: its turns belong to the loop it is used in

    async def close(self) -> None:
        """Let go of the database and of the connections."""
        await self._client.close()
        await self._database.close()

    async def twin(self, name: str, *, bills: int = 0) -> Person:
        """Another customer with the story of a demo person, and with bills of the last months."""
        person, order = copy.deepcopy(self._known[name]), next(_ORDER)
        for place, account in enumerate(person["accounts"]):
            account["number"] = f"7{order:06}{place:02}"
        hashed = await self._hasher.hash(PASSWORD)
        user_id = f"{name}{order}"
        await add_person(self._world.backend, user_id, person, hashed)
        numbers = tuple(account["number"] for account in person["accounts"])
        if bills:
            await self._bill(numbers[0], bills)
        private = _private(user_id, person)
        if not person.get("has_profile", True):
            return Person(user_id, numbers, 0, (), has_profile=False)
        state, session = await self._look(user_id), await self._session(user_id)
        latest = state.receipts[0].number if state.receipts else ""
        return Person(user_id, numbers, len(state.receipts), private, session=session, receipt=latest)

    async def state(self, person: Person, number: str | None = None) -> State:
        """What the backend holds of them now."""
        return await self._look(person.user_id, number)

    async def count_receipts(self, person: Person) -> int:
        """How many receipts they have; a light look."""
        async with self._world.backend.store.reading() as uow:
            profile = await uow.profiles.by_user_id(person.user_id)
            assert profile is not None, person
            found = await uow.receipts.seen_by(profile.id, account_id=None, limit=100, before=None)
            return len(found)

    async def give_pin(self, person: Person) -> None:
        """Let them prove by telephone who they are, as the demo customers do."""
        hashed = await self._hasher.hash(PIN)
        async with self._world.backend.store.writing() as uow:
            profile = await uow.profiles.by_user_id(person.user_id)
            assert profile is not None, person
            profile.phone_pin_hash = hashed
            await uow.commit()

    async def end_sessions(self, person: Person) -> None:
        """Their sessions end, as after too long a silence."""
        backend = self._world.backend
        async with backend.store.writing() as uow:
            profile = await uow.profiles.by_user_id(person.user_id)
            assert profile is not None, person
            await uow.sessions.end_all(profile.id, backend.now())
            await uow.commit()

    async def end_undo(self, person: Person) -> None:
        """What they did can't be taken back any more, as after its last day."""
        backend = self._world.backend
        async with backend.store.writing() as uow:
            profile = await uow.profiles.by_user_id(person.user_id)
            assert profile is not None, person
            for receipt in await uow.receipts.seen_by(profile.id, account_id=None, limit=100, before=None):
                if receipt.undo_until is not None:
                    receipt.undo_until = backend.now() - timedelta(minutes=1)
            await uow.commit()

    async def _bill(self, number: str, count: int) -> None:
        """The bills of the last months, as the monthly run makes them."""
        backend = self._world.backend
        async with backend.store.writing() as uow:
            account = await uow.accounts.by_number(number)
            assert account is not None, number
            comes, work = account.next_bill_on, Work(backend, uow, SYSTEM, backend.now())
            first = work.today - timedelta(days=31 * (count + 1))
            account.next_bill_on = next_month(first, on=comes.day)
            for _ in range(count):
                await make_bill(work, account.id)
            account.next_bill_on = comes
            await uow.commit()

    async def _session(self, user_id: str) -> str:
        """A session of theirs, opened without a password: the sign-in may be locked."""
        backend = self._world.backend
        now, ends = backend.now(), backend.now() + timedelta(minutes=10)
        async with backend.store.writing() as uow:
            profile = await uow.profiles.by_user_id(user_id)
            assert profile is not None, user_id
            digest = token_digest(new_token())
            session = Session(new_id(), digest, profile.id, created_at=now, used_at=now, expires_at=ends)
            uow.sessions.add(session)
            await uow.commit()
            return session.id

    async def _look(self, user_id: str, number: str | None = None) -> State:
        customer = self._client.as_customer(await self._session(user_id), channel="web", language="en")
        accounts = await customer.accounts()
        chosen = [one for one in accounts if one.number == number] or [
            one for one in accounts if one.is_default
        ]
        return State(await customer.summary(chosen[0].id), await customer.receipts(limit=100))


@dataclass(frozen=True)
class State:
    """An account in full, and the profile's receipts, the newest first."""

    summary: Summary
    receipts: list[Receipt]


def _private(user_id: str, person: dict[str, Any]) -> tuple[str, ...]:
    """Who they are and where they live."""
    holders = [account["holder"] for account in person["accounts"]]
    streets = [account["address"][0] for account in person["accounts"]]
    return tuple(dict.fromkeys((user_id, *holders, *streets)))

"""Load: operations per second and p95 with 1, 16 and 64 clients; see `python -m backend --help`.

It fills the database named by BACKEND_DATABASE_URL with accounts of its own: name one for it alone. With
`--http` the clients speak HTTP to a server in the same process, so that both share its processor.
"""

import asyncio
import itertools
import logging
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import aiohttp
import structlog
from aiohttp import web
from sqlalchemy import func, insert, select

from backend.api.app import create_app
from backend.assembly import assemble
from backend.domain.accounts import Delivery, Kind, Status
from backend.domain.address import make_address
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.people import Actor, ActorKind, Channel, Language, Session
from backend.service import addresses, plan_switch, views
from backend.service.backend import Backend, new_token, token_digest
from backend.service.perform import perform
from backend.settings import Settings
from backend.storage import tables as t
from backend.storage.database import Database

CLIENTS = (1, 16, 64)
SECONDS = 3.0
SIGNED_IN = 200
BATCH = 5_000
ADDRESS = make_address(line1="1, rue du Banc", city="Québec", province="QC", postal_code="G1R 2B5")
Step = Callable[[], Awaitable[object]]


def _id(order: int, kind: str) -> str:
    return f"{kind}{order:031x}"


async def fill(backend: Backend, database: Database, accounts: int) -> None:
    """Add accounts, each with its profile, until there are so many."""
    map_now = backend.now()
    async with database.engine.begin() as connection:
        there = (await connection.execute(select(func.count()).select_from(t.accounts))).scalar_one()
    for start in range(there, accounts, BATCH):
        orders = range(start, min(start + BATCH, accounts))
        async with database.engine.begin() as connection:
            await connection.execute(insert(t.accounts), [_account(order) for order in orders])
            profiles = [
                {
                    "id": _id(order, "b"),
                    "user_id": f"bench{order}",
                    "password_hash": "-",
                    "email": f"bench{order}@example.ca",
                    "language": Language.FR,
                    "created_at": map_now,
                    "last_used_at": map_now,
                    "default_account_id": _id(order, "a"),
                }
                for order in orders
            ]
            await connection.execute(insert(t.profiles), profiles)
            links = [
                {"profile_id": _id(order, "b"), "account_id": _id(order, "a"), "linked_at": map_now}
                for order in orders
            ]
            await connection.execute(insert(t.account_links), links)


def _account(order: int) -> dict[str, object]:
    return {
        "id": _id(order, "a"),
        "number": f"{order:09}",
        "holder": "Banc d’essai",
        "kind": Kind.RESIDENTIAL,
        "services": [{"kind": "telephone", "label": "", "monthly_cents": 3500}],
        "billing_address": ADDRESS,
        "opened_on": date(2020, 1, 1),
        "next_bill_on": date(2099, 1, 1),
        "plan_code": "basic",
        "balance_cents": 0,
        "status": Status.ACTIVE,
        "delivery": Delivery.PAPER,
        "autopay": False,
        "tags": {},
    }


async def measure(step: Step, clients: int) -> tuple[float, float]:
    """Operations per second, and the 95th percentile in milliseconds."""
    took: list[float] = []
    end = time.perf_counter() + SECONDS

    async def client() -> None:
        while time.perf_counter() < end:
            started = time.perf_counter()
            await step()
            took.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    return len(took) / (time.perf_counter() - started), p95


@dataclass
class Bench:
    """Somebody at random does something, at the services or over HTTP."""

    backend: Backend
    accounts: int
    chosen: random.Random = field(default_factory=lambda: random.Random(1))
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def someone(self) -> tuple[Actor, str]:
        """A customer and the customer's account."""
        order = self.chosen.randrange(self.accounts)
        profile = _id(order, "b")
        return Actor(ActorKind.CUSTOMER, profile, Channel.PORTAL, profile_id=profile), _id(order, "a")

    def key(self) -> str:
        """An idempotency key never used before."""
        return f"bench-{next(self.numbers)}-{time.time_ns()}"

    async def summary(self) -> None:
        """Look at an account."""
        await views.summarise(self.backend, *self.someone())

    async def switch(self) -> None:
        """Switch a plan there or back."""
        actor, account = self.someone()
        async with self.backend.store.reading() as uow:
            now = await uow.accounts.get(account)
        code = "world" if now is not None and now.plan_code == "basic" else "basic"
        command = plan_switch.SwitchPlan(account, code)
        with suppress(Refusal):  # two clients may have chosen the same account
            await perform(self.backend, actor, plan_switch.do_switch_plan, command, key=self.key())

    async def move(self) -> None:
        """Change an address."""
        actor, account = self.someone()
        command = addresses.ChangeAddress(account, make_address(**self.new_address()))
        await perform(self.backend, actor, addresses.do_change_address, command, key=self.key())

    def new_address(self) -> dict[str, str]:
        """An address nobody has."""
        line1 = f"{self.key()[6:]}, rue du Banc"
        return {"line1": line1, "city": "Québec", "province": "QC", "postal_code": "G1R 2B5"}


@dataclass
class Browser(Bench):
    """The same over HTTP, by customers who are signed in."""

    session: aiohttp.ClientSession | None = None
    url: str = ""
    tokens: list[tuple[str, str]] = field(default_factory=list)

    async def sign_in(self) -> None:
        """Open sessions straight in the database: hashing passwords is not what is measured."""
        now = self.backend.now()
        async with self.backend.store.writing() as uow:
            for _ in range(SIGNED_IN):
                actor, account = self.someone()
                token = new_token()
                record = Session(new_id(), token_digest(token), actor.id, now, now, now + timedelta(hours=12))
                self.tokens.append((token, account))
                await uow.flush()
                uow.sessions.add(record)
            await uow.commit()

    async def ask(self, method: str, tail: str, body: object = None) -> None:
        """One request, which must succeed or be refused with a reason."""
        token, account = self.chosen.choice(self.tokens)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": self.key()}
        assert self.session is not None
        url = f"{self.url}/v1/accounts/{account}{tail}"
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            await answer.read()
            assert answer.status in (200, 409), answer.status

    async def summary(self) -> None:
        """Look at an account."""
        await self.ask("GET", "")

    async def switch(self) -> None:
        """Switch a plan there or back; to the plan that one has is refused, after the same work."""
        await self.ask("POST", "/plan", {"plan": self.chosen.choice(["basic", "world"])})

    async def move(self) -> None:
        """Change an address."""
        await self.ask("POST", "/address", {"address": self.new_address()})


async def bench(settings: Settings, database: Database, accounts: int, *, over_http: bool = False) -> None:
    """Print one line for each kind of operation and number of clients."""
    backend = assemble(settings, database)
    await fill(backend, database, accounts)
    where = "over HTTP" if over_http else "at the services"
    print(f"{database.engine.dialect.name}, {accounts:,} accounts, {where}")  # noqa: T201 - this is what it is for
    if not over_http:
        await _measure_all(Bench(backend, accounts))
        return
    # A line for each request on a terminal would be most of what is measured.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    runner = web.AppRunner(create_app(settings, backend), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        browser = Browser(backend, accounts, session=session, url=f"http://127.0.0.1:{port}")
        await browser.sign_in()
        await _measure_all(browser)
    await runner.cleanup()


async def _measure_all(bench: Bench) -> None:
    for name, step in (
        ("summary", bench.summary),
        ("plan switch", bench.switch),
        ("address change", bench.move),
    ):
        for clients in CLIENTS:
            rate, p95 = await measure(step, clients)
            print(f"  {name:15} {clients:3} clients {rate:8.0f} a second   p95 {p95:7.1f} ms", flush=True)  # noqa: T201

"""Load: operations per second and p95 with 1, 16 and 64 clients; `python -m backend bench [--accounts N]`.

It fills an empty database of its own choosing (BACKEND_DATABASE_URL) with accounts that nobody else uses.
"""

import asyncio
import itertools
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date

from sqlalchemy import func, insert, select

from backend.assembly import assemble
from backend.domain.accounts import Delivery, Kind, Status
from backend.domain.address import make_address
from backend.domain.errors import Refusal
from backend.domain.people import Actor, ActorKind, Channel, Language
from backend.service import addresses, plan_switch, views
from backend.service.backend import Backend
from backend.service.perform import perform
from backend.settings import Settings
from backend.storage import tables as t
from backend.storage.database import Database

CLIENTS = (1, 16, 64)
SECONDS = 3.0
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


async def bench(settings: Settings, database: Database, accounts: int) -> None:
    """Print one line for each kind of operation and number of clients."""
    backend, chosen, keys = assemble(settings, database), random.Random(1), itertools.count()
    await fill(backend, database, accounts)

    def someone() -> tuple[Actor, str]:
        order = chosen.randrange(accounts)
        profile = _id(order, "b")
        return Actor(ActorKind.CUSTOMER, profile, Channel.PORTAL, profile_id=profile), _id(order, "a")

    async def summary() -> None:
        await views.summarise(backend, *someone())

    async def switch() -> None:
        actor, account = someone()
        async with backend.store.reading() as uow:
            now = await uow.accounts.get(account)
        code = "world" if now is not None and now.plan_code == "basic" else "basic"
        command = plan_switch.SwitchPlan(account, code)
        key = f"bench-{next(keys):09}-{time.time_ns()}"
        with suppress(Refusal):  # two clients may have chosen the same account
            await perform(backend, actor, plan_switch.do_switch_plan, command, key=key)

    async def move() -> None:
        actor, account = someone()
        number = f"{next(keys)}-{time.time_ns()}"
        to = make_address(line1=f"{number}, rue du Banc", city="Québec", province="QC", postal_code="G1R 2B5")
        command = addresses.ChangeAddress(account, to)
        await perform(backend, actor, addresses.do_change_address, command, key=f"bench-{number}")

    print(f"{database.engine.dialect.name}, {accounts:,} accounts")  # noqa: T201 - this is what it is for
    for name, step in (("summary", summary), ("plan switch", switch), ("address change", move)):
        for clients in CLIENTS:
            rate, p95 = await measure(step, clients)
            print(f"  {name:15} {clients:3} clients {rate:8.0f} a second   p95 {p95:7.1f} ms", flush=True)  # noqa: T201

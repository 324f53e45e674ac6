"""The desk of a running gateway, the true backend with its demo customers behind; the clock is ours."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gateway.desk.records import Role
from gateway.settings import Settings
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import Start, make_settings
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.desk.seat import Seat, add_rep
from tests.support.backend_db import sqlite_template
from tests.support.demo_town import MONDAY, Town, demo_template, town

__all__ = ["demo_template", "sqlite_template", "town"]

Json = dict[str, Any]
Web = TestClient[Any, Any]
Sit = Callable[..., Awaitable[Seat]]
DEVELOPMENT = {"backend_token": "development-assistant-token", "desk_token": "development-desk-token"}


@dataclass
class Clock:
    """The gateway's time; Monday morning in Toronto at first."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str, rasa_server: TestServer, town: Town) -> Settings:
    return make_settings(
        gateway_database_url=database_url,
        rasa_url=str(rasa_server.make_url("")),
        backend_url=str(town.server.make_url("")),
        gateway_environment="development",
        **DEVELOPMENT,
    )


@pytest.fixture
async def open_gateway(start: Start, clock: Clock) -> Start:
    """Start a gateway, or another on the same database, under this test's clock."""

    async def open_one(**changes: Any) -> Web:
        return await start({"clock": clock}, **changes)

    return open_one


@pytest.fixture
async def client(open_gateway: Start) -> Web:
    return await open_gateway()


@pytest.fixture
async def sit() -> AsyncIterator[Sit]:
    """A rep who is signed in, at a gateway; every browser is closed at the end."""
    seats: list[Seat] = []

    async def one(client: Web, user_id: str = "lea", *, role: Role = Role.REP, signs_in: bool = True) -> Seat:
        seat = Seat(client, await add_rep(client, user_id, role=role))
        seats.append(seat)
        if signs_in:
            await seat.sign_in()
        return seat

    yield one
    for seat in seats:
        await seat.http.close()


@pytest.fixture
async def seat(client: Web, sit: Sit) -> Seat:
    return await sit(client)


def wants_a_person(turn: Json, *, reason: str = "asked") -> Json:
    """What the bot answers to whoever asks for a person; else it echoes."""
    language = turn["metadata"]["language"]
    if turn["message"] != "une personne":
        return {"language": language, "messages": [message(f"echo: {turn['message']}", language)]}
    return {
        "language": language,
        "messages": [message("Bien sûr.", language, handoff={"reason": reason})],
    }


@pytest.fixture
async def waiting(client: Web, rasa: FakeRasa) -> Customer:
    """A customer who asked for a person and waits, behind whom nobody else does."""
    return await wait_for_person(client, rasa)


async def wait_for_person(client: Web, rasa: FakeRasa, language: str = "fr") -> Customer:
    """One more customer in the queue."""
    rasa.script = wants_a_person
    customer = await Customer.begin(client, language)
    await customer.say("une personne")
    return customer


@pytest.fixture
async def claimed(waiting: Customer, seat: Seat) -> Customer:
    """A customer whose conversation the rep has taken."""
    await seat.on(waiting.id, "claim")
    return waiting

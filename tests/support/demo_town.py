"""The real backend in process with the demo customers, and the bot's client of it, for conversations.

It is Monday, November 23, 2026, ten o'clock in Toronto; everybody's password is `demo2026`.
"""

import asyncio
import shutil
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import HttpUrl, SecretStr

from backend.api.app import create_app
from backend.demo.load import PASSWORD, load_demo_data
from backend.domain.people import Channel
from backend.service.signing_in import SignIn, sign_in
from backend.settings import Settings as BackendSettings
from backend.storage.database import open_database
from bot.actions.backend import Backend, Customer, Patience, Settings
from tests.support.backend_world import ASSISTANT, Clock, World
from tests.support.databases import run_apart

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # ten o'clock in Toronto
TODAY = date(2026, 11, 23)
# Tries follow each other at once; a busy machine has all the time it needs.
QUICK = Patience(call=60, one_try=30, connecting=15, pauses=(0.01, 0.02))

# lost: done, but the answer never comes; cut: the line goes dead before it is done; broken: 500.
Trouble = Literal["lost", "cut", "broken"]


@dataclass
class Weather:
    """What goes wrong on the way to the backend, one trouble a request; each try of a call is a request."""

    on_changes: deque[Trouble] = field(default_factory=deque)
    on_looks: deque[Trouble] = field(default_factory=deque)
    hold: asyncio.Event | None = None  # changes are done, and their answers wait for it
    held: int = 0  # so many answers have waited

    @web.middleware
    async def blow(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Let it happen; a change is what carries an idempotency key."""
        coming = self.on_changes if "Idempotency-Key" in request.headers else self.on_looks
        trouble = coming.popleft() if coming else None
        if trouble == "broken":
            return web.Response(status=500)
        response: web.StreamResponse | None = await handler(request) if trouble != "cut" else None
        if self.hold is not None and coming is self.on_changes:
            self.held += 1
            await self.hold.wait()
        if response is None or trouble == "lost":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return response


@dataclass(frozen=True)
class Pass:
    """What the gateway tells about somebody signed in."""

    session: str
    profile: str


@dataclass
class Town:
    """The backend (`world`), what is between (`weather`), and the bot's client (`backend`)."""

    world: World
    weather: Weather
    backend: Backend
    server: TestServer

    async def sign_in(self, user_id: str) -> Pass:
        """Sign a demo customer in, as the gateway does."""
        command = SignIn(user_id=user_id, password=PASSWORD, address="192.0.2.1", channel=Channel.CHAT)
        opened = await sign_in(self.world.backend, command)
        return Pass(opened.session.id, opened.profile.id)

    async def customer(
        self, user_id: str, *, language: Literal["fr", "en"] = "fr", channel: Literal["web", "voice"] = "web"
    ) -> Customer:
        """The backend as a demo customer sees it, in a session of their own."""
        opened = await self.sign_in(user_id)
        return self.backend.as_customer(opened.session, channel=channel, language=language)

    async def stop(self) -> None:
        """The backend is down: connections are refused."""
        await self.server.close()


@asynccontextmanager
async def a_town(database_url: str) -> AsyncIterator[Town]:
    """The town around a database where the demo customers are stored."""
    database = open_database(database_url)
    world, weather = World(database, clock=Clock(MONDAY)), Weather()
    app = create_app(BackendSettings(), world.backend)
    app.middlewares.insert(0, weather.blow)
    server = TestServer(app)
    async with server:
        settings = Settings(url=HttpUrl(str(server.make_url("/"))), token=SecretStr(ASSISTANT))
        backend = Backend(settings, patience=QUICK)
        yield Town(world, weather, backend, server)
        await backend.close()
    await database.close()


async def _store(path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{path}")
    await load_demo_data(World(database, clock=Clock(MONDAY)).backend)
    await database.close()


@pytest.fixture(scope="session")
def demo_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo customers."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("demo") / "template.db"))
    run_apart(_store(path))
    return path


@pytest.fixture
async def town(demo_template: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town of this test alone."""
    shutil.copy(demo_template, tmp_path / "backend.db")
    async with a_town(f"sqlite+aiosqlite:///{tmp_path / 'backend.db'}") as made:
        yield made

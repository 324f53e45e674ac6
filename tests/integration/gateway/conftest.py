"""A running gateway with a real small Rasa and a real small backend behind it, on either database."""

import io
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from faq import ContentStore
from gateway.app import create_app
from gateway.conversations.database import Database
from gateway.log import configure_logging
from gateway.migrations.run import upgrade
from gateway.settings import Settings
from tests.fakes.backend import TOKEN, FakeBackend
from tests.fakes.rasa import SECRET, FakeRasa
from tests.integration.gateway.customer import Customer

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.service)]
DESK_KEYS = ("Zm9yIHRlc3RzIG9ubHksIG5vYm9keSBlbHNlJ3M6IGs=",)
Start = Callable[..., Awaitable[TestClient[Any, Any]]]


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def rasa_server(rasa: FakeRasa) -> AsyncIterator[TestServer]:
    server = TestServer(rasa.app())
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
async def backend_server(backend: FakeBackend) -> AsyncIterator[TestServer]:
    server = TestServer(backend.app())
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite unless the test asks for others with indirect parameters."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url: str = request.getfixturevalue("postgres_url")
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await upgrade(database)
    await database.close()
    return url


@pytest.fixture
def settings(database_url: str, rasa_server: TestServer, backend_server: TestServer) -> Settings:
    return make_settings(
        gateway_database_url=database_url,
        rasa_url=str(rasa_server.make_url("")),
        backend_url=str(backend_server.make_url("")),
    )


def make_settings(**values: Any) -> Settings:
    """Settings fit for tests: patient, for busy machines, with room for many messages."""
    defaults = {
        "gateway_secret": "a-secret-of-the-gateway",
        "rasa_secret": SECRET,
        "rasa_timeout": 10.0,
        "backend_token": TOKEN,
        "desk_secret_keys": DESK_KEYS,
        "gateway_sign_ins_per_minute": 100,
        "gateway_messages_per_minute": 100,
        "gateway_conversations_per_minute": 1000,
        "gateway_waiting_messages": 50,
        "gateway_worker_inside": False,
    }
    return Settings(**{**defaults, **values})


@pytest.fixture(scope="session")
def content() -> ContentStore:
    """The real content, read once for all tests."""
    return ContentStore()


@pytest.fixture
async def start(settings: Settings, content: ContentStore) -> AsyncIterator[Start]:
    """Start a gateway, or another on the same database; all are stopped at the end."""
    clients: list[TestClient[Any, Any]] = []

    async def start_one(app_options: dict[str, Any] | None = None, **changes: Any) -> TestClient[Any, Any]:
        options = {"content": content, **(app_options or {})}
        app = create_app(settings.model_copy(update=changes), **options)
        client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield start_one
    for client in clients:
        await client.close()


@pytest.fixture
async def client(start: Start) -> TestClient[Any, Any]:
    return await start()


@pytest.fixture(params=["console", "json"])
def logs(request: pytest.FixtureRequest, settings: Settings) -> Iterator[io.StringIO]:
    """All that is logged, in the form the operator chose, and the servers' own loggers at their loudest."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logging(settings.model_copy(update={"gateway_log_format": request.param}))
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # ours is a StreamHandler
    loud = [
        logging.getLogger(name) for name in ("aiohttp.access", "aiohttp.server", "aiohttp.client", "asyncio")
    ]
    for logger in loud:
        logger.setLevel(logging.DEBUG)
    yield written
    for logger in loud:
        logger.setLevel(logging.NOTSET)
    root.handlers[:], root.level = before, level


@pytest.fixture
async def neighbour(client: TestClient[Any, Any]) -> Customer:
    """Somebody else's conversation, stored first, so that a missing condition shows."""
    customer = await Customer.begin(client, language="en")
    await customer.say("the neighbour's own words")
    return customer


@pytest.fixture
async def customer(neighbour: Customer, client: TestClient[Any, Any]) -> Customer:
    """A French customer who has just opened the chat."""
    return await Customer.begin(client, language="fr")

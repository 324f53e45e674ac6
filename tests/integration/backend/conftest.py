"""Fixtures of the backend's integration tests: each runs on SQLite and on PostgreSQL."""

import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from backend.domain.accounts import Kind
from backend.domain.people import Language
from backend.storage.database import Database
from tests.support.backend_client import Caller, signed_in
from tests.support.backend_db import database, migrated_postgres, sqlite_template
from tests.support.backend_world import Person, World
from tests.support.databases import ADMIN_URL, _execute, postgres_url, run_apart

__all__ = ["database", "migrated_postgres", "postgres_url", "sqlite_template"]


@pytest.fixture
def stairs_url(postgres_url: str) -> Iterator[str]:
    """A second, empty PostgreSQL database, to walk migrations in."""
    name = f"stairs_{uuid.uuid4().hex[:12]}"
    run_apart(_execute(ADMIN_URL, f"CREATE DATABASE {name}"))
    yield f"{postgres_url.rsplit('/', 1)[0]}/{name}"
    run_apart(_execute(ADMIN_URL, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def world(database: Database) -> World:
    """An empty world at noon on Tuesday, 24 November 2026."""
    return World(database)


@pytest.fixture
async def boris(world: World) -> Person:
    """The neighbour, stored first, so that a missing condition shows."""
    return await world.person("boris", "100000009", holder="Boris Côté")


@pytest.fixture
async def marie(world: World, boris: Person) -> Person:
    """A residential customer in French."""
    return await world.person("marie", "100000001")


@pytest.fixture
async def lavoie(world: World, boris: Person) -> Person:
    """A business customer in English."""
    return await world.person(
        "lavoie", "100000005", holder="Lavoie Bakery", kind=Kind.BUSINESS, language=Language.EN
    )


@pytest.fixture
async def client(world: World) -> AsyncIterator[TestClient[Any, Any]]:
    """The backend over HTTP."""
    async with world.served() as served:
        yield served


@pytest.fixture
async def as_marie(client: TestClient[Any, Any], marie: Person) -> Caller:
    """Marie, signed in."""
    return await signed_in(client, marie)

"""Databases for tests: a file for SQLite, one of our own for PostgreSQL, made and dropped once a session."""

import asyncio
import os
import uuid
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest

ADMIN_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def run_apart(work: Coroutine[object, object, None]) -> None:
    """Run a coroutine to its end on a loop of its own, whatever loop the test is in."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _skip_or_fail(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def a_postgres_database() -> Iterator[str]:
    """The address of an empty database, dropped in the end; skips when there is no server, fails in CI."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    try:
        run_apart(_execute(ADMIN_URL, f"CREATE DATABASE {name}"))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        _skip_or_fail(f"PostgreSQL is not reachable at {ADMIN_URL}: {error}")
    address = ADMIN_URL.removeprefix("postgresql://").rsplit("/", 1)[0]
    yield f"postgresql+asyncpg://{address}/{name}"
    run_apart(_execute(ADMIN_URL, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database of this session, empty at first."""
    with a_postgres_database() as url:
        yield url


@pytest.fixture
def own_postgres_url() -> Iterator[str]:
    """A PostgreSQL database of this test alone."""
    with a_postgres_database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file of this test alone."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"

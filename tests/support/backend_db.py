"""Backend databases for tests: migrated once a session, then copied or emptied for each test."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from backend.migrations.run import upgrade
from backend.storage.database import Database, open_database
from backend.storage.schema import metadata
from tests.support.databases import ADMIN_URL, _execute, run_apart


async def _migrated(url: str) -> None:
    database = open_database(url)
    await upgrade(database)
    await database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("backend") / "template.db"
    run_apart(_migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> str:
    """The session's PostgreSQL database, migrated; it needn't survive a power cut."""
    name = make_url(postgres_url).database
    run_apart(_execute(ADMIN_URL, f"ALTER DATABASE {name} SET synchronous_commit = off"))
    run_apart(_migrated(postgres_url))
    return postgres_url


def _url(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    if kind == "postgresql":
        return str(request.getfixturevalue("migrated_postgres"))
    shutil.copy(request.getfixturevalue("sqlite_template"), folder / "backend.db")
    return f"sqlite+aiosqlite:///{folder / 'backend.db'}"


async def empty(database: Database) -> None:
    """Forget every row; PostgreSQL's one database serves all tests in turn. Empty tables are left alone."""
    names = [table.name for table in metadata.sorted_tables]
    is_used = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    async with database.engine.begin() as connection:
        used = (await connection.scalars(text(is_used))).all()
        if used:
            tables = ", ".join(f'"{name}"' for name in used)
            await connection.execute(text(f"TRUNCATE {tables} CASCADE"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of each kind in turn."""
    opened = open_database(_url(request, request.param, tmp_path))
    if not opened.is_sqlite:
        await empty(opened)
    yield opened
    await opened.close()

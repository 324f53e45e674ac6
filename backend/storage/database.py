"""Opening a database: the engine with SQLite's hooks, sessions for reading and writing, closing it again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from backend.domain.errors import Refusal
from backend.storage.tables import map_records
from backend.storage.unit_of_work import SqlUnitOfWork

BUSY_MILLISECONDS = 15_000


class Database:
    """A database in use; implements the services' Store."""

    def __init__(self, engine: AsyncEngine) -> None:
        map_records()
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        reader = engine.execution_options(begin="BEGIN") if self.is_sqlite else engine
        self._write = async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
        self._read = async_sessionmaker(reader, expire_on_commit=False, autoflush=False)
        # SQLite lets one writer in and makes the others poll; in this process they queue in order instead.
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlUnitOfWork]:
        """A transaction that may change things; leaving without `commit()` rolls back."""
        async with self._turn, self._write() as session:
            try:
                yield SqlUnitOfWork(session)
            except IntegrityError as error:
                raise _refusal(error) from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """A transaction that only looks, and waits for nobody."""
        async with self._read() as session:
            yield SqlUnitOfWork(session)

    def session(self) -> AsyncSession:
        """A bare session, for tools and tests."""
        return self._write()

    async def ping(self) -> None:
        """Raise if the database doesn't answer."""
        async with self._read() as session:
            await session.connection()

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def open_database(url: str, *, pool_size: int = 10) -> Database:
    """The database at `url`; a SQLite file's folder is made when it is missing."""
    if not url.startswith("sqlite"):
        return Database(
            create_async_engine(
                url, pool_size=pool_size, max_overflow=0, pool_pre_ping=True, hide_parameters=True
            )
        )
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, hide_parameters=True)
    hook_sqlite(engine)
    return Database(engine)


def hook_sqlite(engine: AsyncEngine) -> None:
    """Real transactions on SQLite: the driver's own BEGIN is off, ours says IMMEDIATE for writers."""
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))


def _refusal(error: IntegrityError) -> Refusal:
    """Two at once where one is allowed: the database saw it first."""
    text = str(error.orig)
    if "profiles" in text and "user_id" in text:
        return Refusal("user_id_taken", field="user_id")
    return Refusal("busy")

"""Opens the database the same way everywhere: SQLite with WAL and foreign keys, or PostgreSQL."""

import asyncio
import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

WRITES = "gateway_writes"


class Database:
    """Sessions for reading and for writing; nothing is saved without `commit()`."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _open_sqlite(url) if self.is_sqlite else _open_postgresql(url)
        self._readers = async_sessionmaker(self.engine, expire_on_commit=False)
        self.writing_engine = self.engine.execution_options(**{WRITES: True})
        # SQLite has one writer: waiting here is first come, first served; waiting there is a lottery.
        self._turnstile = asyncio.Lock() if self.is_sqlite else nullcontext()
        self._writers = async_sessionmaker(self.writing_engine, expire_on_commit=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the database."""
        async with self._readers() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session that may write; leaving it without `commit()` rolls back."""
        async with self._turnstile, self._writers() as session:
            yield session

    @asynccontextmanager
    async def restructuring(self) -> AsyncIterator[AsyncConnection]:
        """One transaction in which tables may be rebuilt; what refers to them is checked at the end."""
        if not self.is_sqlite:
            async with self.writing_engine.begin() as connection:
                yield connection
            return
        # SQLite changes a table by copying it: dropping the old one must not delete what refers to it.
        engine = _open_sqlite(str(self.url), foreign_keys="OFF")
        try:
            async with engine.execution_options(**{WRITES: True}).begin() as connection:
                yield connection
                broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
                if broken:
                    raise RuntimeError(f"{len(broken)} rows refer to nothing any more")
        finally:
            await engine.dispose()

    async def ping(self) -> None:
        """Raise if the database doesn't answer."""
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


# Parameters are hidden because errors are logged, and what customers say must not be.
def _open_postgresql(url: str) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=10, max_overflow=10, pool_timeout=10, pool_pre_ping=True, hide_parameters=True
    )


def _open_sqlite(url: str, *, foreign_keys: str = "ON") -> AsyncEngine:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"timeout": 10}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", functools.partial(_prepare_sqlite, foreign_keys))
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(foreign_keys: str, connection: Any, _record: object) -> None:
    # Transactions are begun by us (below): the driver's own late BEGIN lets two writers collide halfway.
    connection.isolation_level = None
    cursor = connection.cursor()
    foreign = f"foreign_keys={foreign_keys}"
    for pragma in ("journal_mode=WAL", foreign, "synchronous=NORMAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

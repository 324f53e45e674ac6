"""One turn of a conversation at a time: in this process, and across processes where the database can."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from gateway.conversations.database import Database
from gateway.errors import GatewayError

LOCK_CONNECTIONS = 20
WAIT_SECONDS = 30


class LocalLocks:
    """First come, first served within this process; a lock nobody wants takes no memory."""

    def __init__(self) -> None:
        self._locks: dict[uuid.UUID, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, conversation_id: uuid.UUID) -> AsyncIterator[None]:
        """Wait for the conversation and keep it until the block ends."""
        lock, users = self._locks.get(conversation_id, (asyncio.Lock(), 0))
        self._locks[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(conversation_id)
            if users > 1:
                self._locks[conversation_id] = (lock, users - 1)

    async def close(self) -> None:
        """Nothing to give back."""


class PostgresLocks:
    """An advisory lock on a connection of its own, so that a process that dies lets go at once."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._local = LocalLocks()

    @asynccontextmanager
    async def hold(self, conversation_id: uuid.UUID) -> AsyncIterator[None]:
        """Wait for the conversation in this and every other process; raises busy when that takes too long."""
        async with self._local.hold(conversation_id), self._engine.connect() as connection:
            try:
                await _lock(connection, conversation_id)
            except (DBAPIError, PoolTimeoutError) as error:
                raise GatewayError("busy", headers={"Retry-After": "5"}) from error
            yield

    async def close(self) -> None:
        """Give every connection back."""
        await self._engine.dispose()


ConversationLocks = LocalLocks | PostgresLocks


async def _lock(connection: AsyncConnection, conversation_id: uuid.UUID) -> None:
    # Held until the connection's transaction ends, however it ends.
    key = int.from_bytes(conversation_id.bytes[:8], "big", signed=True)
    await connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def open_locks(database: Database) -> ConversationLocks:
    """The locks that suit the database: SQLite is one process's own."""
    if database.is_sqlite:
        return LocalLocks()
    engine = create_async_engine(
        database.url,
        pool_size=LOCK_CONNECTIONS,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
    )
    return PostgresLocks(engine)

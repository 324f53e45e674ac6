"""Hears of messages that other gateways stored in the same PostgreSQL, for those who follow them here."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import structlog

from gateway.background import in_background
from gateway.conversations.database import Database
from gateway.conversations.live import Live

log = structlog.get_logger(__name__)

CHANNEL = "gateway_messages"  # a trigger on the messages table speaks on it
RETRY_SECONDS = 2.0


@asynccontextmanager
async def listen(database: Database, live: Live) -> AsyncIterator[None]:
    """Listen in the background while the block runs; SQLite has one gateway and nothing to hear."""
    if database.is_sqlite:
        yield
        return
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with in_background(_keep_listening(address, live)):
        yield


async def _keep_listening(address: str, live: Live) -> None:
    while True:
        try:
            await _listen(address, live)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("notices_lost", error=repr(error))
        await asyncio.sleep(RETRY_SECONDS)


async def _listen(address: str, live: Live) -> None:
    connection = await asyncpg.connect(address, timeout=10)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _connection: lost.set())

    def heard(_connection: object, _pid: int, _channel: str, payload: object) -> None:
        live.wake(uuid.UUID(str(payload)))

    try:
        await connection.add_listener(CHANNEL, heard)
        live.wake_all()  # whatever was said while nobody listened
        await lost.wait()
    finally:
        await connection.close(timeout=2)

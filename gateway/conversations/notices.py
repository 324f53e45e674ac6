"""Hears of what other gateways stored in the same PostgreSQL, for those who follow it here."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import structlog

from gateway.background import in_background
from gateway.conversations import keystrokes
from gateway.conversations.database import Database
from gateway.conversations.keystrokes import Keystrokes
from gateway.conversations.live import Live

log = structlog.get_logger(__name__)

# Triggers on the tables speak on these: of messages, of conversations at the desk, of deliveries.
MESSAGES, DESK, DELIVERIES = "gateway_messages", "gateway_desk", "gateway_deliveries"
RETRY_SECONDS = 2.0


@asynccontextmanager
async def listen(database: Database, live: Live, typing: Keystrokes) -> AsyncIterator[None]:
    """Listen in the background while the block runs; SQLite has one gateway and nothing to hear."""
    if database.is_sqlite:
        yield
        return
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    channels: dict[str, Callable[[str], None]] = {
        MESSAGES: lambda payload: live.wake(uuid.UUID(payload)),
        DESK: lambda _payload: live.bell.ring(),
        DELIVERIES: lambda _payload: live.deliveries.ring(),
        keystrokes.CHANNEL: typing.read,
    }
    async with in_background(_keep_listening(address, live, channels)):
        yield


async def _keep_listening(address: str, live: Live, channels: Mapping[str, Callable[[str], None]]) -> None:
    while True:
        try:
            await _listen(address, live, channels)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("notices_lost", error=repr(error))
        await asyncio.sleep(RETRY_SECONDS)


async def _listen(address: str, live: Live, channels: Mapping[str, Callable[[str], None]]) -> None:
    connection = await asyncpg.connect(address, timeout=10)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _connection: lost.set())

    def heard(_connection: object, _pid: int, channel: str, payload: object) -> None:
        channels[channel](str(payload))

    try:
        for channel in channels:
            await connection.add_listener(channel, heard)
        live.wake_all()  # whatever was said while nobody listened
        await lost.wait()
    finally:
        await connection.close(timeout=2)

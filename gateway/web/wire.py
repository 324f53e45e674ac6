"""Sending frames over a WebSocket: in time, or not at all."""

import asyncio

import structlog
from aiohttp import web

from gateway.web.keys import SETTINGS
from gateway.web.replies import to_json

log = structlog.get_logger(__name__)

CLOSE_REFUSED = 4401
CLOSE_FAULTS = 4429
CLOSE_BROKEN = 1011


async def send_frame(request: web.Request, socket: web.WebSocketResponse, frame: dict[str, object]) -> None:
    """Send one frame; a reader too slow for it is cut off, and ConnectionResetError raised."""
    try:
        async with asyncio.timeout(request.app[SETTINGS].gateway_send_timeout):
            await socket.send_str(to_json(frame))
    except TimeoutError as error:
        log.info("slow_reader_cut_off")
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionResetError from error


async def run_both(*tasks: asyncio.Task[None], others: set[asyncio.Task[None]] | None = None) -> None:
    """Run until one of the tasks ends, then stop the rest; raises what it ended with."""
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        running = [*tasks, *(others or ())]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

"""Takes up the turns that a crash or a stop cut off: stored, but never answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from gateway.background import in_background
from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.turns import TurnWorker
from gateway.errors import GatewayError
from gateway.rasa import Rasa

log = structlog.get_logger(__name__)

LOOK_EVERY = 2.0  # seconds between two looks whether Rasa has started
PATIENCE = 300.0  # seconds; after that the turns are tried, and fail with a word to the customer


@asynccontextmanager
async def recover(database: Database, worker: TurnWorker, rasa: Rasa) -> AsyncIterator[None]:
    """Work on what was left over in the background, while the block runs."""
    async with in_background(_recover(database, worker, rasa)):
        yield


async def _recover(database: Database, worker: TurnWorker, rasa: Rasa) -> None:
    async with database.read() as session:
        waiting = await store.waiting_conversations(session)
    if not waiting:
        return
    log.info("turns_left_over", conversations=len(waiting))
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while not await rasa.is_ready():
                await asyncio.sleep(LOOK_EVERY)
    for conversation_id, seq in waiting:
        try:
            await worker.work(conversation_id, seq)
        except GatewayError as error:
            log.warning("turn_not_recovered", conversation=str(conversation_id), code=error.code)

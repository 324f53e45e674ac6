"""Who is typing in which conversation: known for a few seconds, stored nowhere, told to other gateways."""

import time
import uuid
from typing import Literal

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gateway.conversations.database import Database
from gateway.conversations.live import Live

log = structlog.get_logger(__name__)

Side = Literal["customer", "rep"]
LASTS = 6.0  # seconds after which somebody who didn't say so again has stopped
CHANNEL = "gateway_typing"


class Keystrokes:
    """Who is typing, as far as this process has heard."""

    def __init__(self, database: Database, live: Live) -> None:
        self._database = database
        self._live = live
        self._until: dict[tuple[uuid.UUID, Side], float] = {}

    async def tell(self, conversation_id: uuid.UUID, side: Side, *, on: bool) -> None:
        """Somebody began, goes on, or stopped; followers hear of it here and at the other gateways."""
        self.hear(conversation_id, side, on=on)
        if self._database.is_sqlite:
            return
        payload = f"{conversation_id} {side} {int(on)}"
        statement = text("SELECT pg_notify(:channel, :payload)")
        try:
            async with self._database.write() as session:
                await session.execute(statement, {"channel": CHANNEL, "payload": payload})
                await session.commit()
        except (SQLAlchemyError, OSError) as error:
            log.warning("typing_not_told", error=repr(error))

    def hear(self, conversation_id: uuid.UUID, side: Side, *, on: bool) -> None:
        """Somebody began or stopped, here or at another gateway."""
        self._forget_old()
        was = self.is_typing(conversation_id, side)
        if on:
            self._until[conversation_id, side] = time.monotonic() + LASTS
        else:
            self._until.pop((conversation_id, side), None)
        if was != on:
            self._live.wake(conversation_id)

    def is_typing(self, conversation_id: uuid.UUID, side: Side) -> bool:
        """Whether they are, now."""
        until = self._until.get((conversation_id, side))
        if until is not None and until < time.monotonic():
            del self._until[conversation_id, side]
            return False
        return until is not None

    def _forget_old(self) -> None:
        now = time.monotonic()
        self._until = {who: until for who, until in self._until.items() if until > now}

    def read(self, payload: str) -> None:
        """Take what another gateway told."""
        conversation_id, side, on = payload.split()
        self.hear(uuid.UUID(conversation_id), "rep" if side == "rep" else "customer", on=on == "1")

"""Codes of six digits that carry a conversation between page and telephone: used once, soon useless."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, or_

from gateway.conversations import store
from gateway.conversations.access import hash_token, new_token
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation
from gateway.errors import GatewayError
from gateway.settings import Settings
from gateway.voice.records import MoveCode
from gateway.voice.tries import TryCounter

DIGITS = 6
EVERYBODY = "everybody"
ALL_TOGETHER = 20  # times what one caller may try, for all of them together
Towards = Literal["phone", "page"]


@dataclass(frozen=True)
class Code:
    """A code as it is told once."""

    digits: str
    expires_at: datetime


class Codes:
    """Makes codes and takes them back; tries are limited for each who tries, and for all together."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._life = timedelta(minutes=settings.voice_code_minutes)
        self._key = hashlib.sha256(
            b"gateway-code:" + settings.gateway_secret.get_secret_value().encode()
        ).digest()
        self._clock = clock
        self._tries = TryCounter(database, self._key, clock)
        self._most = settings.voice_codes_per_minute

    async def make(self, conversation_id: uuid.UUID, towards: Towards) -> Code:
        """A new code for a conversation; the ones made before are of no more use."""
        now = self._clock()
        async with self._database.write() as session:
            await store.lock_conversation(session, conversation_id)
            mine = (MoveCode.conversation_id == conversation_id) & (MoveCode.towards == towards)
            await session.execute(delete(MoveCode).where(or_(mine, MoveCode.expires_at <= now)))
            digits = _digits()
            while await session.get(MoveCode, self._digest(digits, towards)) is not None:
                digits = _digits()
            made = MoveCode(
                digest=self._digest(digits, towards),
                conversation_id=conversation_id,
                towards=towards,
                expires_at=now + self._life,
            )
            session.add(made)
            await session.commit()
        return Code(digits, made.expires_at)

    async def use(self, digits: str, towards: Towards, *, tried_by: str) -> uuid.UUID:
        """The conversation of a code, which is thereby used up; raises code_invalid or too_many_codes."""
        await self._tries.count(EVERYBODY, self._most * ALL_TOGETHER, code="too_many_codes")
        await self._tries.count(tried_by, self._most, code="too_many_codes")
        async with self._database.write() as session:
            found = await session.get(MoveCode, self._digest(digits, towards), with_for_update=True)
            if found is None or found.expires_at <= self._clock():
                raise GatewayError("code_invalid")
            conversation_id = found.conversation_id
            await session.delete(found)
            await session.commit()
        return conversation_id

    async def open_on_page(self, digits: str, *, tried_by: str) -> tuple[Conversation, str]:
        """The conversation of a code told in a call, and its new token: the page's own from now on."""
        conversation_id = await self.use(digits, "page", tried_by=tried_by)
        token = new_token()
        async with self._database.write() as session:
            conversation = await store.lock_conversation(session, conversation_id)
            conversation.token_hash, conversation.channel = hash_token(token), "web"
            await session.commit()
        return conversation, token

    def _digest(self, digits: str, towards: Towards) -> str:
        return hmac.new(self._key, f"{towards}:{digits}".encode(), hashlib.sha256).hexdigest()


def _digits() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"

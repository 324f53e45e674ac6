"""How often somebody tries codes, counted where every gateway sees it; who tries is kept as a keyed hash."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from gateway.conversations.database import Database
from gateway.errors import too_often
from gateway.voice.records import Tries

MINUTE = timedelta(minutes=1)


class TryCounter:
    """So many tries a minute of the clock."""

    def __init__(self, database: Database, key: bytes, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._key = key
        self._clock = clock
        self._dialect: ModuleType = sqlite if database.is_sqlite else postgresql

    async def count(self, who: str, most: int, *, code: str) -> None:
        """Count one more; raises the refusal `code` with the seconds to wait when it is one too many."""
        now = self._clock()
        minute = now.replace(second=0, microsecond=0)
        one = self._dialect.insert(Tries).values(who=self._hash(who), minute=minute, count=1)
        one = one.on_conflict_do_update(
            index_elements=[Tries.who, Tries.minute], set_={"count": Tries.count + 1}
        )
        async with self._database.write() as session:
            await session.execute(delete(Tries).where(Tries.minute < minute))
            tried: int = (await session.execute(one.returning(Tries.count))).scalar_one()
            await session.commit()
        if tried > most:
            wait = minute + MINUTE - now
            raise too_often(code, retry_after=round(wait.total_seconds() + 0.5))

    def _hash(self, who: str) -> str:
        return hmac.new(self._key, who.encode(), hashlib.sha256).hexdigest()

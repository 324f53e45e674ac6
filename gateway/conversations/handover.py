"""From the bot to a person: the queue while somebody is there, a way to be called back when nobody is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners
from gateway.conversations.records import Conversation, Sender
from gateway.conversations.store import Line
from gateway.hours import Hours
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record
from gateway.opening import hours_in_words, moment_in_words
from gateway.settings import Language
from gateway.texts import Texts

# With these the customer wants a person now; with the others the bot offers one by a button.
AT_ONCE = ("asked", "complaint")
CALLBACK_CARD = {"kind": "callback"}


@dataclass(frozen=True)
class Handover:
    """Puts conversations in the queue and finds the words about it."""

    texts: Texts
    hours: Hours

    async def take(
        self, session: AsyncSession, conversation: Conversation, reasons: Sequence[str], *, now: datetime
    ) -> list[Line]:
        """Remember why a person is wanted; queue a locked conversation if one is wanted at once."""
        if not reasons:
            return []
        conversation.handoff_reason, conversation.handoff_at = reasons[-1], now
        if not set(reasons) & set(AT_ONCE):
            return []
        record(session, conversation, Kind.HANDOFF_REQUESTED, now=now, reason=reasons[-1])
        if not self.hours.is_open(now):
            key = self._for_door("nobody_there", conversation)
            return [self.closed_line(conversation.language, now, key=key)]
        owners.enqueue(conversation, now=now)
        await session.flush()
        return [await self.queued_line(session, conversation)]

    async def queued_line(
        self, session: AsyncSession, conversation: Conversation, *, key: str = "queued"
    ) -> Line:
        """The place in the queue, and the way back to the assistant."""
        language = conversation.language
        place = await owners.place_in_queue(session, conversation)
        values = {"place": place, "hours": hours_in_words(self.hours, self.texts, language)}
        button = {"title": self.texts.get("chat.back_to_bot", language), "payload": owners.RETURN}
        extras = {"buttons": [button], "values": {"place": place}}
        return self._line(self._for_door(key, conversation), language, values, extras)

    def closed_line(self, language: Language, now: datetime, *, key: str = "nobody_there") -> Line:
        """That nobody is there now, when somebody is again, and how to be reached."""
        opens = self.hours.next_opening(now)
        values = {"hours": hours_in_words(self.hours, self.texts, language)}
        if opens is None:
            return self._line(f"{key}_long", language, values, {"card": CALLBACK_CARD})
        values["opens"] = moment_in_words(opens, self.texts, language)
        return self._line(key, language, values, {"card": CALLBACK_CARD})

    def _for_door(self, key: str, conversation: Conversation) -> str:
        """The words for the telephone where they differ."""
        spoken = f"{key}_voice"
        return spoken if conversation.channel == "voice" and f"chat.{spoken}" in self.texts else key

    def _line(
        self, key: str, language: Language, values: Mapping[str, Any], extras: Mapping[str, Any]
    ) -> Line:
        text = self.texts.get(f"chat.{key}", language, values)
        return Line(Sender.SYSTEM, text, language, {"key": key, **extras})

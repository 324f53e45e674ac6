"""Plays one script in one language against the running product; says where the product departs from it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.demo.load import PIN
from tests.calls.lines import keys_of
from tests.calls.phone import CallError, Phone
from tests.calls.script import Script
from tests.conversations.people import People, Person
from tests.conversations.story import differences, fill, resolve
from tests.conversations.telling import Departure, today

OTHER = {"fr": "en", "en": "fr"}
LANGUAGE_KEYS = {"fr": "1", "en": "2"}
LANGUAGE_NAMES = {"fr": "français", "en": "English"}
YES, NO = {"fr": "oui", "en": "yes"}, {"fr": "non", "en": "no"}
NOT_ANSWERS = ("", "voice", "opening")  # the gateway's own lines, and the greeting
MOST = 2  # times that one line may be heard in a call of ladders
PATIENCE = 30.0  # seconds until what a caller who left had asked for is settled


@dataclass(frozen=True)
class Message:
    """One message of the conversation as stored."""

    seq: int
    text: str
    language: str
    extras: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Which text it is; FAQ answers are `faq:<id>`."""
        faq_id = self.extras.get("faq_id")
        return f"faq:{faq_id}" if faq_id else str(self.extras.get("key", ""))


@dataclass
class Calling:
    """One call under way."""

    script: Script
    language: str
    phone: Phone
    people: People
    customer: Person
    database: Path  # the gateway's
    names: dict[str, str]
    seen: int = 0  # the last message compared
    answer: list[Message] = field(default_factory=list)
    all_heard: Counter[str] = field(default_factory=Counter)

    async def play(self) -> None:
        """Every turn, then what the backend holds."""
        await self.begin()
        for place, turn in enumerate(self.script.turns, 1):
            await self.turn(turn, place)
        if not self.phone.is_over:
            await self.phone.hang_up()
        await self.look()
        thrice = [text for text, times in self.all_heard.items() if times > MOST]
        if self.script.never_thrice and thrice:
            raise Departure(f"heard more than twice: {thrice}")

    async def begin(self) -> None:
        """Ring, and choose the language, unless the script does it."""
        await self.phone.ring()
        if self.script.begins == "ring":
            return
        if self.script.begins == "keys":
            await self.phone.press(LANGUAGE_KEYS[self.language])
            if "remember" in keys_of(self.phone.heard):
                await self.phone.press("2")
            return
        await self.phone.say(LANGUAGE_NAMES[self.language])
        if "remember" in keys_of(self.phone.heard):
            await self.phone.say(NO[self.language])

    async def turn(self, turn: Mapping[str, Any], place: int) -> None:
        """One turn: do it, then compare; Departure names the turn."""
        try:
            await self._do(turn)
        except CallError as error:
            raise Departure(f"turn {place}: {error}") from error
        if turn.get("language") == "other":
            self.language = OTHER[self.language]
        self.answer = self._new_messages()
        self.all_heard.update(spoken.text for spoken in self.phone.heard)
        faults = self._compare(turn)
        if faults:
            raise Departure("\n".join(f"turn {place}: {fault}" for fault in faults))

    async def look(self) -> None:
        """Compare what the backend holds; what a caller who left had asked for may still be under way."""
        after, loop = self.script.after, asyncio.get_running_loop()
        until = loop.time() + (PATIENCE if after.get("later") else 0)
        while True:
            state = await self.people.state(self.customer)
            new = [one.operation for one in state.receipts[: len(state.receipts) - self.customer.receipts]]
            faults = differences(after.get("receipts", []), new, "receipts")
            account = resolve(after.get("account", {}), today(), self.names)
            faults += differences(account, state.summary.model_dump(mode="json"), "account")
            if not faults or loop.time() >= until:
                break
            await asyncio.sleep(0.5)
        if faults:
            raise Departure("\n".join(f"afterwards: {fault}" for fault in faults))

    async def _do(self, turn: Mapping[str, Any]) -> None:
        phone, part = self.phone, int(turn.get("part", 0))
        if "dial" in turn:
            phone.dial_ends = str(turn["dial"])
        if "hang_up" in turn:
            await phone.hang_up(while_asking=self._asking(turn))
        elif self.language in turn:
            confidence = float(turn.get("confidence", 0.93))
            await phone.say(fill(str(turn[self.language]), self.names), confidence=confidence, part=part)
        elif "press" in turn:
            await phone.press(fill(str(turn["press"]), self.names), part=part)
        elif "presses" in turn:
            for keys in str(turn["presses"]).split():
                await phone.press(fill(keys, self.names))
        elif "silence" in turn:
            await phone.be_silent()
        elif "prove" in turn:
            await self._prove(str(turn["prove"]))
        elif "replay" in turn:
            await self._replay()
        elif "stale" in turn:
            await self._stale()

    async def _prove(self, how: str) -> None:
        """The customer's own number and PIN, dialled; `spoken`: the number said; `wrong`: another PIN."""
        number = self.customer.numbers[0]
        if how == "spoken":
            await self.phone.say(" ".join(number))
            if "account_heard" not in keys_of(self.phone.heard):
                raise CallError(f"the number was not read back: {[one.text for one in self.phone.heard]}")
            await self.phone.say(YES[self.language])
        else:
            await self.phone.press(f"{number}#")
        await self.phone.press(f"{'9999' if how == 'wrong' else PIN}#")

    def _asking(self, turn: Mapping[str, Any]) -> dict[str, str] | None:
        """What is said or pressed at the moment of hanging up."""
        if self.language in turn:
            return {"SpeechResult": str(turn[self.language]), "Confidence": "0.93"}
        return {"Digits": str(turn["press"])} if "press" in turn else None

    async def _replay(self) -> None:
        """Twilio sends the last request once more: the same prompt comes back, and nothing is done again."""
        self.phone.log.append("  > (the last request again)")
        before = self._count()
        await self.phone.document(*self.phone.last)
        if self._count() != before:
            raise CallError("a request that came again was answered again")

    async def _stale(self) -> None:
        """A request for a prompt long gone: the present prompt comes back."""
        self.phone.log.append("  > (a request for the first prompt, late)")
        before = self._count()
        fields = {"CallStatus": "in-progress", "Digits": "1"}
        await self.phone.document(f"{self.phone.url}/voice/turn?p=1", fields)
        if self._count() != before:
            raise CallError("a request for an old prompt was answered")

    def _compare(self, turn: Mapping[str, Any]) -> list[str]:
        faults: list[str] = []
        keys = [message.key for message in self.answer]
        if "says" in turn:
            faults += differences(turn["says"], keys, "says")
        if "says_first" in turn:
            faults += differences(turn["says_first"], keys[0] if keys else None, "says first")
        own = keys_of(self.phone.heard)
        faults += [f"hears: no {key} in {own}" for key in turn.get("hears", []) if key not in own]
        faults += [f"hears {key}" for key in turn.get("not_hears", []) if key in own]
        values = {
            name: one for message in self.answer for name, one in message.extras.get("values", {}).items()
        }
        faults += differences(resolve(turn.get("values", {}), today(), self.names), values, "values")
        cards = [message.extras["card"] for message in self.answer if message.extras.get("card")]
        if "card" in turn:
            faults += differences(turn["card"], cards[-1] if cards else None, "card")
        if "transferred" in turn:
            faults += differences(turn["transferred"], self.phone.transfer, "transferred")
        if "task" in turn and str(turn["task"]) not in (self.phone.task or ""):
            faults.append(f"task: expected {turn['task']!r} in {self.phone.task!r}")
        if bool(turn.get("over", "hang_up" in turn)) != self.phone.is_over:
            faults.append(f"the call is {'' if self.phone.is_over else 'not '}over")
        wrong = {message.language for message in self.answer} - {self.language}
        return [*faults, *(f"said in {language}" for language in wrong)]

    def _new_messages(self) -> list[Message]:
        """What the bot said since the last look, with what is behind it."""
        found = self._rows()
        new = [message for message in found if message.seq > self.seen]
        self.seen = max([self.seen, *(message.seq for message in found)])
        return [message for message in new if message.key not in NOT_ANSWERS]

    def _count(self) -> int:
        return len(self._rows())

    def _rows(self) -> list[Message]:
        query = (
            "SELECT seq, text, lang, extras FROM messages WHERE sender != 'customer' AND conversation_id = "
            "(SELECT conversation_id FROM calls WHERE id = ?) ORDER BY seq"
        )
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as connection:
            rows = connection.execute(query, (self.phone.sid,)).fetchall()
        return [
            Message(seq, text, language, json.loads(extras or "{}")) for seq, text, language, extras in rows
        ]

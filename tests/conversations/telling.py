"""Tells one story in one language to the running product, and says where the product departs from it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from tests.conversations.backstage import Backstage
from tests.conversations.chat import PASSWORD, Chat, RefusedError, Said
from tests.conversations.people import People, Person
from tests.conversations.story import Story, differences, fill, resolve

TORONTO = ZoneInfo("America/Toronto")
OTHER = {"fr": "en", "en": "fr"}
DOMAIN = Path(__file__).parents[2] / "bot" / "domain.yml"
CARDS = {"approved": "4242 4242 4242 4242", "refused": "4000 0000 0000 0002"}


@dataclass
class Told:
    """How it went: the first departures from the story, and the transcript."""

    story: Story
    language: str
    faults: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)


class Departure(AssertionError):  # noqa: N818 - the product departs from the story
    """What was said is not what the story says; the rest of it makes no sense any more."""


@dataclass
class Telling:
    """One conversation under way."""

    story: Story
    language: str
    chat: Chat
    people: People
    backstage: Backstage
    customer: Person
    other: Person | None
    names: dict[str, str]
    private: tuple[str, ...] = ()  # of whoever is not speaking
    answer: list[Said] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)  # the newest of each name
    older: dict[str, str] = field(default_factory=dict)  # those of answers before the last
    page: str = ""  # the last link given
    done: set[str] = field(default_factory=set)  # the receipts shown, and the page that was paid

    async def tell(self) -> None:
        """Every turn of the story, then what it says of the backend."""
        for place, turn in enumerate(self.story.turns, 1):
            await self.turn(turn, place)
        await self.look(self.story.after)

    async def turn(self, turn: Mapping[str, Any], place: int, *, exact: bool = True) -> None:
        """One turn: do it, then compare; Departure names the turn."""
        answer = await self._do_unless_refused(turn)
        if answer is not None:
            self._remember(answer)
        if turn.get("language") == "other":
            self.language = OTHER[self.language]
        faults = self._compare(turn, exact=exact) if answer is not None else []
        if faults:
            raise Departure("\n".join(f"turn {place}: {fault}" for fault in faults))

    async def say(self, text: str) -> list[Said]:
        """Something that the story does not hold."""
        answer = await self.chat.say(fill(text, self.names))
        self._remember(answer)
        return answer

    async def look(self, after: Mapping[str, Any]) -> None:
        """Compare what the backend holds; Departure says what is different."""
        number = fill(str(after.get("number", "")), self.names) or None
        state = await self.people.state(self.customer, number)
        new = state.receipts[: len(state.receipts) - self.customer.receipts]
        faults = differences(after.get("receipts", []), [one.operation for one in new], "receipts")
        expected = self._real(after.get("account", {}))
        faults += differences(expected, state.summary.model_dump(mode="json"), "account")
        if self.other is not None and self.other.has_profile:
            theirs = (await self.people.state(self.other)).receipts
            seen = [one.operation for one in theirs[: len(theirs) - self.other.receipts]]
            faults += differences(after.get("other_receipts", []), seen, "the other customer's receipts")
        if faults:
            raise Departure("\n".join(f"afterwards: {fault}" for fault in faults))

    async def _do_unless_refused(self, turn: Mapping[str, Any]) -> list[Said] | None:
        """What the gateway answers; its refusal must be the one that the story expects."""
        refused, answer = None, None
        cut = asyncio.create_task(self.backstage.cut(str(turn["cut"]))) if "cut" in turn else None
        try:
            answer = await self._do(turn)
        except RefusedError as error:
            refused = error.code
            self.chat.transcript.append(f"    refused: {refused}")
        if cut is not None:
            await cut
        if refused != turn.get("refused"):
            raise Departure(f"expected the refusal {turn.get('refused')}, found {refused}")
        return answer

    async def _do(self, turn: Mapping[str, Any]) -> list[Said] | None:
        if self.language in turn or "press" in turn:
            return await self._say(turn)
        if "old_button" in turn:
            name = str(turn["old_button"])
            return await self.chat.press(self.older[name], f"old: {name}")
        if "elsewhere" in turn:
            name = str(turn["elsewhere"])
            return await self.chat.elsewhere(self._token(name), name)
        if "token" in turn:
            return await self.chat.press(str(turn["token"]), "a forged button")
        if "sign_in" in turn:
            return await self._sign_in(turn)
        if "sign_out" in turn:
            return await self.chat.sign_out()
        if "again" in turn:
            return await self.chat.again()
        if "switch" in turn:
            self.language = OTHER[self.language]
            await self.chat.switch(self.language)
        elif "pay" in turn:
            await self._pay(str(turn["pay"]))
        elif turn.get("wait") == "session ends":
            await self.people.end_sessions(self.customer)
        elif turn.get("wait") == "undo ends":
            await self.people.end_undo(self.customer)
        else:
            await self.backstage.arrange(turn)
        return None

    async def _say(self, turn: Mapping[str, Any]) -> list[Said]:
        """Words or a button; `quick`: twice at once; `notice`: a word meanwhile that it takes long."""
        if turn.get("notice"):
            async with self.chat.notices() as told:
                answer = await self._say({name: value for name, value in turn.items() if name != "notice"})
            if not told:
                raise Departure("nothing was said while the answer took long")
            return answer
        if "press" in turn:
            name = str(turn["press"])
            said, shown = {"button": self._token(name)}, f"[{name}]"
        else:
            shown = fill(str(turn[self.language]), self.names)
            said = {"text": shown}
        return await (self.chat.twice(said, shown) if turn.get("quick") else self.chat.send(said, shown))

    async def _pay(self, outcome: str) -> None:
        await self.chat.pay(self.page, CARDS[outcome])
        if outcome == "approved":
            self.done.add(self.page)

    def _token(self, name: str) -> str:
        if name not in self.buttons:
            raise Departure(f"no button {name!r} among {sorted(self.buttons)}")
        return self.buttons[name]

    async def _sign_in(self, turn: Mapping[str, Any]) -> list[Said]:
        is_other = turn["sign_in"] == "other" and self.other is not None
        speaker, silent = (self.other, self.customer) if is_other else (self.customer, self.other)
        assert speaker is not None
        password = "wrong2026" if turn["sign_in"] == "wrong" else PASSWORD
        answer = await self.chat.sign_in(speaker.user_id, password)
        self.private = silent.private if silent is not None else ()
        return answer

    def _remember(self, answer: list[Said]) -> None:
        self.older |= self.buttons
        self.answer = answer
        cards = [said.extras.get("card") or {} for said in answer]
        self.done |= {card["number"] for card in cards if card.get("kind") == "receipt"}
        links = [link["url"] for said in answer for link in said.extras.get("links") or []]
        self.page = links[-1] if links else self.page
        self.buttons = {name: token for said in answer for name, token in said.tokens.items()}

    def _compare(self, turn: Mapping[str, Any], *, exact: bool) -> list[str]:
        faults: list[str] = []
        keys = [said.key for said in self.answer]
        if "says" in turn:
            faults += differences(turn["says"], keys, "says")
        if "says_first" in turn:
            faults += differences(turn["says_first"], keys[0] if keys else None, "says first")
        if exact:
            faults += differences(self._real(turn.get("values", {})), self._values(), "values")
        cards = [said.extras["card"] for said in self.answer if said.extras.get("card")]
        if "card" in turn:
            faults += differences(self._real(turn["card"]), cards[-1] if cards else None, "card")
        if "handoff" in turn:
            reasons = [said.extras["handoff"]["reason"] for said in self.answer if said.extras.get("handoff")]
            faults += differences(turn["handoff"], reasons[-1] if reasons else None, "handoff")
        faults += [
            f"{said.key} was said in {said.lang}" for said in self.answer if said.lang != self.language
        ]
        faults += [
            f"{said.key} could not be said" for said in self.answer if said.text.startswith(apologies())
        ]
        texts = [said.text.replace("\u00a0", " ") for said in self.answer]
        faults += [f"told {one!r}" for one in self.private if any(one in text for text in texts)]
        return faults

    def _values(self) -> dict[str, Any]:
        return {name: value for said in self.answer for name, value in said.extras.get("values", {}).items()}

    def _real(self, expected: Any) -> Any:
        return resolve(expected, today(), self.names)


@cache
def apologies() -> tuple[str, ...]:
    """How what is said begins where the words of a key could not be written."""
    domain = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    return tuple(one["text"].partition(". ")[0] for one in domain["responses"]["utter_technical_problem"])


def today() -> date:
    """The date where the customers are."""
    return datetime.now(TORONTO).date()

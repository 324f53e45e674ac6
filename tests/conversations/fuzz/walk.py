"""One random conversation: turns of every kind, looked at after each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from tests.conversations.chat import PASSWORD, Chat, RefusedError, Said
from tests.conversations.fuzz.checks import Watch
from tests.conversations.fuzz.material import Words, sensible_words, words
from tests.conversations.fuzz.probes import PROBES, Fault
from tests.conversations.people import People, Person

# The gateway's own refusals of what it should refuse.
FAIR = ("message_empty", "message_too_long", "button_unknown", "sign_in_failed")
STEERED = 0.7  # share of the turns of a steered walk that answer what is asked
BACK = "resume"  # the button from the queue for a person back to the assistant


@dataclass
class Walk:
    """A customer of their own, another one, and the conversation between them and the product."""

    random: Random
    chat: Chat
    people: People
    customer: Person
    other: Person
    names: dict[str, str]
    watch: Watch = field(default_factory=Watch)
    speaker: Person | None = None
    buttons: dict[str, str] = field(default_factory=dict)
    older: dict[str, str] = field(default_factory=dict)
    asked: str = ""  # the key of what was said last
    receipts: int = 0
    done: int = 0  # operations
    is_steered: bool = False  # most turns answer what is asked, so that much is done
    has_agreed: bool = False

    async def go(self, steps: int) -> None:
        """So many turns. Raises Fault with what went wrong."""
        self.receipts = await self._count()
        for _step in range(steps):
            await self._step()
            if self.random.random() < 1 / 15:
                await self.random.choice(PROBES)(self)

    async def say(self, said: Words) -> list[Said]:
        """Type something, and look at what comes of it."""
        agrees = self.watch.is_yes(said.intent, None)
        again = said.intent == "repeat"
        return await self._do(said.text, lambda: self.chat.say(said.text), agrees=agrees, again=again)

    async def press(self, name: str, token: str | None = None) -> list[Said]:
        """Press a button that is shown, or another by its token."""
        known = token or self.buttons[name]
        agrees = self.watch.is_yes(None, name)
        return await self._do(f"[{name}]", lambda: self.chat.press(known, name), agrees=agrees)

    async def _step(self) -> None:
        if self.is_steered and self.random.random() < STEERED:
            await self._get_on()
        else:
            await self._anything()

    async def _get_on(self) -> None:
        """What a customer does who wants it done: sign in, say yes, choose, answer."""
        known = [name for name in self.buttons if name == "yes" or name.startswith("value:")]
        if self.speaker is None:
            await self._sign_in()
        elif known:
            await self.press(self.random.choice(known))
        else:
            await self.say(sensible_words(self.random, self.chat.language, self.asked))

    async def _anything(self) -> None:
        acts: list[tuple[int, Callable[[], Awaitable[object]]]] = [
            (50, self._type),
            (30 if self.buttons else 0, self._press_shown),
            (4 if self.older else 0, self._press_older),
            (1, self._press_forged),
            (3 if self.chat.last_body else 0, self._again),
            (6 if self.speaker is None else 1, self._sign_in),
            (1, self._sign_in_as_other),
            (1, self._sign_in_wrongly),
            (1, self._sign_out),
            (1, self._switch),
            (1, self._end_session),
        ]
        weights, choices = [weight for weight, _act in acts], [act for _weight, act in acts]
        await self.random.choices(choices, weights)[0]()

    async def _type(self) -> None:
        await self.say(words(self.random, self.chat.language, self.names, self.asked))

    async def _press_shown(self) -> None:
        await self.press(self.random.choice(list(self.buttons)))

    async def _press_older(self) -> None:
        name = self.random.choice(list(self.older))
        await self.press(name, self.older[name])

    async def _press_forged(self) -> None:
        await self.press("forged", "A" * 28)

    async def _again(self) -> None:
        await self._do("(again)", self.chat.again, agrees=False, again=True)

    async def _sign_in(self) -> None:
        await self._sign_in_as(self.customer)

    async def _sign_in_as_other(self) -> None:
        await self._sign_in_as(self.other)

    async def _sign_in_as(self, person: Person) -> None:
        self.speaker = person
        await self._do("(signs in)", lambda: self.chat.sign_in(person.user_id, PASSWORD), agrees=False)

    async def _sign_in_wrongly(self) -> None:
        await self._do(
            "(signs in)", lambda: self.chat.sign_in(self.customer.user_id, "wrong2026"), agrees=False
        )

    async def _sign_out(self) -> None:
        if self.speaker is not None:
            self.speaker = None
            await self._do("(signs out)", self.chat.sign_out, agrees=False)

    async def _switch(self) -> None:
        self.chat.language = "en" if self.chat.language == "fr" else "fr"
        await self.chat.switch(self.chat.language)

    async def _end_session(self) -> None:
        if self.speaker is not None:
            self.chat.transcript.append("  > (the session ends)")
            await self.people.end_sessions(self.speaker)
            self.speaker = None

    async def _do(
        self, said: str, act: Callable[[], Awaitable[list[Said]]], *, agrees: bool, again: bool = False
    ) -> list[Said]:
        """Do it, and check all that must hold."""
        try:
            answer = await act()
        except RefusedError as refused:
            self.chat.transcript.append(f"  > {said!r} refused: {refused.code}")
            if refused.code not in FAIR:
                raise Fault(f"refused: {refused}") from refused
            return []
        self.has_agreed = self.has_agreed or agrees
        faults = self.watch.look(said, answer, self._private(), again=again)
        self._remember(answer)
        await self._check_receipts(faults)
        if faults:
            raise Fault("\n".join(faults))
        if BACK in self.buttons:  # waiting for a person: nobody answers until the customer comes back
            await self.press(BACK)
        return answer

    def _remember(self, answer: list[Said]) -> None:
        self.older |= self.buttons
        self.buttons = {name: token for one in answer for name, token in one.tokens.items()}
        if answer:
            self.asked = answer[-1].key
            self.chat.language = answer[-1].lang
        if any(one.key == "utter_done_sign_out" for one in answer):
            self.speaker = None

    async def _check_receipts(self, faults: list[str]) -> None:
        """Each operation has had its yes, and only one receipt came of one yes."""
        count = await self._count()
        if count > self.receipts + 1 or (count > self.receipts and not self.has_agreed):
            faults.append(f"{count - self.receipts} receipts more without a yes")
        if count > self.receipts:
            self.receipts, self.has_agreed, self.done = count, False, self.done + 1

    async def _count(self) -> int:
        return await self.people.count_receipts(self.customer) + await self.people.count_receipts(self.other)

    def _private(self) -> list[str]:
        """What may not be told to whoever is speaking now."""
        silent = [one for one in (self.customer, self.other) if one is not self.speaker]
        return [value for one in silent for value in one.private]

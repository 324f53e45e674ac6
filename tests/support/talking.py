"""A conversation with the dialogue of operations: the real backend behind it, no Rasa and no gateway.

    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")
    await talk.press("yes")
    assert talk.said == ["utter_address_changed"]

Who tests keys and values needs no texts; `text()` and `titles()` put them into words.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from backend.domain.clock import toronto_date
from bot.actions.backend import Customer, Receipt, Summary
from bot.actions.dialogue.engine import Engine
from bot.actions.dialogue.heard import Channel, Heard, Language, Request
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.saying import Button, Saying
from bot.actions.operations import OPERATIONS
from bot.words import Writer
from bot.words.labels import label_of
from bot.words.texts import TextStore
from faq.store import ContentStore
from tests.support.demo_town import Pass, Town

# What Rasa's rules give to the dialogue while nothing is under way; they answer the rest themselves.
OURS = frozenset(
    {"ask_why", "dont_know", "refuse", "correct", "resume", "inform", "choose", "signed_in", "signed_out"}
)
SIGNED_IN, SIGNED_OUT = "signed_in", "signed_out"


@dataclass(frozen=True)
class Seen:
    """An account as the backend has it, and the profile's receipts, the newest first."""

    summary: Summary
    receipts: list[Receipt]

    @property
    def operations(self) -> list[str]:
        """What was done, the newest first."""
        return [receipt.operation for receipt in self.receipts]


class Talk:
    """One conversation; `said`, `values` and the rest speak of the answer to the last turn."""

    def __init__(
        self,
        town: Town,
        operations: Sequence[Operation] = OPERATIONS,
        *,
        language: Language = "fr",
        channel: Channel = "web",
    ) -> None:
        self.town = town
        self.language = language
        self.channel = channel
        self.answer: tuple[Saying, ...] = ()
        self.state: dict[str, Any] | None = None
        self.goes_on = False
        self.asks: str | None = None
        self._engine = Engine(operations)
        self._user: str | None = None
        self._pass: Pass | None = None
        self._turns = 0

    async def sign_in(self, user_id: str, *, says_so: bool = True) -> None:
        """Sign a demo customer in; the gateway tells the dialogue, unless it was before the first turn."""
        self._user, self._pass = user_id, await self.town.sign_in(user_id)
        if says_so:
            await self.say("", intent=SIGNED_IN)

    async def sign_out(self) -> None:
        """Sign out by the page's button: the session ends, then the gateway tells the dialogue."""
        assert self._pass is not None, "nobody is signed in"
        await self._customer(self._pass).sign_out()
        self._pass = None
        await self.say("", intent=SIGNED_OUT)

    async def say(
        self,
        text: str,
        *,
        intent: str = "inform",
        confidence: float = 1.0,
        requests: Sequence[Request] = (),
    ) -> None:
        """A message, as the model would understand it."""
        heard = self._heard(text, intent)
        await self._turn(replace(heard, confidence=confidence, requests=tuple(requests)))

    async def press(self, name: str) -> None:
        """Press a button of the last answer.

        `name` is its control ("yes", "cancel"), its slot ("slot:amount"), its place ("value:0"), its
        intent ("op_human"), or its title in words.
        """
        for button in self._buttons():
            if name == _control(button):
                return await self._choose(button.choice)
        for intent in self.intents:
            if name in (intent, label_of(intent, self.language, _content().current())):
                return await self.say("", intent=intent)
        for button in self._buttons():
            if name == _writer().value(button.label, self.language):
                return await self._choose(button.choice)
        raise AssertionError(f"no button {name!r} among {self.buttons + self.intents}")

    async def come_back(self, *done: str) -> None:
        """A person hands back, having done these operations; the gateway tells the dialogue."""
        await self._turn(replace(self._heard("", "resume"), done=frozenset(done)))

    async def choose(self, choice: str) -> None:
        """Press a button that may be far up in the conversation, by what it carries."""
        await self._choose(choice)

    @property
    def said(self) -> list[str]:
        """The keys of what was said."""
        return [saying.key for saying in self.answer]

    @property
    def values(self) -> dict[str, Any]:
        """The values of everything that was said; a later saying's win."""
        return {name: value for saying in self.answer for name, value in saying.values.items()}

    @property
    def buttons(self) -> list[str]:
        """What each button does: "yes", "slot:amount", "value:0"."""
        return [_control(button) for button in self._buttons()]

    @property
    def intents(self) -> list[str]:
        """The buttons that begin something else."""
        return [intent for saying in self.answer for intent in saying.intents]

    @property
    def cards(self) -> list[Mapping[str, Any]]:
        """The cards shown."""
        return [saying.card for saying in self.answer if saying.card is not None]

    @property
    def handoffs(self) -> list[str]:
        """Why a person should look, if they should."""
        return [saying.handoff for saying in self.answer if saying.handoff is not None]

    def saying(self, key: str) -> Saying:
        """The one utterance with this key."""
        (found,) = [saying for saying in self.answer if saying.key == key]
        return found

    @property
    def under_way(self) -> list[str]:
        """The operations under way, the one being talked about last."""
        return [task["operation"] for task in (self.state or {}).get("tasks", [])]

    def text(self) -> str:
        """What was said, in words, one utterance after the other."""
        return "\n".join(self.written(saying) for saying in self.answer)

    def written(self, saying: Saying) -> str:
        """One utterance in words, or its key in brackets when Rasa has the words."""
        if not _writer().knows(saying.key):
            return f"[{saying.key}]"
        return _writer().text(saying.key, saying.values, self.language, self.channel)

    def titles(self) -> list[str]:
        """What stands on the dialogue's buttons, in words."""
        return [_writer().value(button.label, self.language) for button in self._buttons()]

    async def backend_state(self, number: str | None = None) -> Seen:
        """What the backend now has: the account of this number, or else the default one."""
        assert self._user is not None, "nobody has signed in"
        customer = self._customer(await self.town.sign_in(self._user))
        accounts = await customer.accounts()
        chosen = [one for one in accounts if (one.number == number if number else one.is_default)]
        return Seen(await customer.summary(chosen[0].id), await customer.receipts())

    def _customer(self, opened: Pass) -> Customer:
        return self.town.backend.as_customer(opened.session, channel=self.channel, language=self.language)

    def _heard(self, text: str, intent: str) -> Heard:
        self._turns += 1
        return Heard(
            text=text,
            intent=intent,
            today=toronto_date(self.town.world.clock.now),
            language=self.language,
            channel=self.channel,
            turn_id=f"turn-{self._turns}",
            session=self._pass.session if self._pass else None,
            profile=self._pass.profile if self._pass else None,
        )

    async def _choose(self, choice: str) -> None:
        await self._turn(replace(self._heard("", "choose"), choice=choice))

    async def _turn(self, heard: Heard) -> None:
        is_ours = self.goes_on or heard.intent in OURS or heard.intent.startswith("op_")
        assert is_ours, f"nothing is under way: Rasa's rules would answer {heard.intent}"
        outcome = await self._engine.turn(self.state, heard, self._as_customer)
        self.answer, self.goes_on, self.asks = outcome.said, outcome.goes_on, outcome.asks
        self.state = json.loads(json.dumps(outcome.state))

    def _as_customer(self, heard: Heard) -> Customer:
        return self.town.backend.as_customer(heard.session, channel=heard.channel, language=heard.language)

    def _buttons(self) -> list[Button]:
        return [button for saying in self.answer for button in saying.buttons]


def _control(button: Button) -> str:
    return button.choice.partition(":")[2]


@cache
def _content() -> ContentStore:
    return ContentStore()


@cache
def _writer() -> Writer:
    return Writer(TextStore(), _content())

"""No dead end: at any moment a person, cancel, repeat and the other language work within two turns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.conversations.fuzz.material import Words

if TYPE_CHECKING:
    from tests.conversations.fuzz.walk import Walk

TURNS = 2
PERSON = {"fr": "je veux parler à une personne", "en": "I want to talk to a person"}
CANCEL = {"fr": "annuler", "en": "cancel"}
REPEAT = {"fr": "pouvez-vous répéter?", "en": "can you repeat that?"}
SWITCH = {"fr": "en français s’il vous plaît", "en": "English please"}
A_PERSON = ("utter_human", "utter_complaint")
CANCELLED = ("utter_cancelled", "utter_dropped", "utter_left_unknown", "utter_nothing_to_cancel")
NOT_UNDERSTOOD = ("utter_missed", "utter_rephrase", "utter_did_you_mean")


class Fault(AssertionError):  # noqa: N818 - what the fuzzer looks for
    """Something that must hold does not."""


async def person(walk: Walk) -> None:
    """A person, please."""
    await _within(walk, PERSON, A_PERSON, "a person")


async def cancel(walk: Walk) -> None:
    """Cancel whatever it is."""
    await _within(walk, CANCEL, CANCELLED, "cancelling")


async def repeat(walk: Walk) -> None:
    """Once more, please: never not understood."""
    before = walk.asked
    answer = await walk.say(Words(REPEAT[walk.chat.language], "repeat"))
    if any(said.key in NOT_UNDERSTOOD and said.key != before for said in answer):
        raise Fault("no way to hear it again")


async def language(walk: Walk) -> None:
    """The other language, please."""
    to = "en" if walk.chat.language == "fr" else "fr"
    answer = await walk.say(Words(SWITCH[to]))
    if {said.lang for said in answer} != {to}:
        raise Fault(f"no way to {to}")


async def _within(walk: Walk, said: dict[str, str], keys: tuple[str, ...], what: str) -> None:
    for _turn in range(TURNS):
        answer = await walk.say(Words(said[walk.chat.language]))
        if any(one.key.startswith(keys) for one in answer):
            return
    raise Fault(f"no way to {what}")


PROBES: tuple[Callable[[Walk], Awaitable[None]], ...] = (person, cancel, repeat, language)

"""Twins of the happy stories with something thrown in at each turn, made from the files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.conversations.story import Story, differences
from tests.conversations.telling import Departure, Telling

SWITCH = {"fr": "en français s’il vous plaît", "en": "English please"}
QUESTION = {"fr": "Est-ce que le service coûte quelque chose?", "en": "Does the service cost anything?"}
ANSWER = "faq:cost"
QUESTIONS = ("utter_ask_", "utter_sign_in_", "utter_confirm", "utter_which_value", "utter_what_to_change")
CANCEL = {"fr": "annulez tout ça", "en": "cancel that please"}
OTHER = {"fr": "en", "en": "fr"}


@dataclass(frozen=True)
class Twin:
    """A story with one thing thrown in before a turn (the first turn is 1)."""

    story: Story
    kind: str
    before: int

    @property
    def name(self) -> str:
        """As it is reported."""
        return f"{self.story.name} + {self.kind} before turn {self.before}"


def twins(stories: list[Story], kinds: tuple[str, ...]) -> Iterator[Twin]:
    """Every twin of the happy stories: each kind, at each turn after the first."""
    for story in stories:
        if story.situation != "happy":
            continue
        for kind in kinds:
            first = 2 if kind != "correction" else int((story.correction or {}).get("from", 0))
            if first:
                last = (story.correction or {}).get("to") if kind == "correction" else None
                places = range(first, (last or len(story.turns)) + 1)
                yield from (Twin(story, kind, place) for place in places if is_open(story, place))


def is_open(story: Story, place: int) -> bool:
    """Whether a question of an operation is open before a turn: elsewhere there is nothing to throw into."""
    said = [key for turn in story.turns[: place - 1] for key in turn.get("says") or []]
    return bool(said) and said[-1].startswith(QUESTIONS)


async def tell_twin(telling: Telling, twin: Twin) -> None:
    """Tell the story, throw the thing in, and go on as if nothing had happened (or stop, after a cancel)."""
    for place, turn in enumerate(twin.story.turns, 1):
        if place == twin.before and not await INJECT[twin.kind](telling):
            return
        await telling.turn(turn, place, exact=False)
    after: dict[str, Any] = dict(twin.story.after)
    if twin.kind == "correction" and twin.story.correction:
        after |= twin.story.correction.get("after", {})
    await telling.look(after)


async def _switch(telling: Telling) -> bool:
    to = OTHER[telling.language]
    answer = await telling.say(SWITCH[to])
    telling.language = to
    _expect(answer[0].key if answer else "", "utter_language_switched", "after the switch")
    _expect({said.lang for said in answer}, {to}, "the language after the switch")
    telling.story = replace(telling.story)
    return True


async def _question(telling: Telling) -> bool:
    answer = await telling.say(QUESTION[telling.language])
    _expect(answer[0].key if answer else "", ANSWER, "the answer to the question")
    if len(answer) < 2:
        raise Departure("nothing was asked again after the question")
    return True


async def _cancel(telling: Telling) -> bool:
    answer = await telling.say(CANCEL[telling.language])
    shown = "utter_cancelled_page" if telling.page else "utter_cancelled"
    _expect(answer[0].key if answer else "", shown, "after the cancel")
    done = list(telling.story.after.get("receipts", []))  # the newest first
    await telling.look({"receipts": done[len(done) - len(telling.done) :]})
    return False


async def _correct(telling: Telling) -> bool:
    correction = telling.story.correction
    assert correction is not None, "the story has no correction"
    await telling.say(str(correction[telling.language]))
    return True


def _expect(found: object, expected: object, where: str) -> None:
    faults = differences(expected, found, where)
    if faults:
        raise Departure("\n".join(faults))


INJECT: dict[str, Callable[[Telling], Awaitable[bool]]] = {
    "language": _switch,
    "question": _question,
    "cancel": _cancel,
    "correction": _correct,
}

"""A caller who gives a value that the recogniser mishears once, and the dialogue that reads it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, ClassVar

from bot.actions.dialogue.context import Context
from bot.actions.dialogue.engine import Engine, Outcome
from bot.actions.dialogue.heard import Heard, Language
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.reading import AccountNumberReader, EmailReader, PostalCodeReader
from bot.actions.dialogue.saying import Saying
from bot.actions.dialogue.slots import Slot
from tools.bench.spoken.saying import GROUPS, Voice

MOST_EXTRA = 2  # turns beside the value and the yes
_NAMES = ("marie", "nadia", "bob", "denis", "simon", "mathieu", "benoit", "samuel", "vanessa", "dominic")
_DOMAINS = ("gmail.com", "hotmail.com", "videotron.ca", "outlook.com")
_CODE_LETTERS, _FIRST_LETTERS = "ABCEGHJKLMNPRSTVWXYZ", "ABCEGHJKLMNPRSTVXY"


class _Dictation(Operation):
    """Nothing but the values; what is kept in the end is looked at."""

    name = "link_account"
    needs_session = needs_account = confirms = False

    async def act(self, context: Context, key: str) -> list[Saying]:
        """Say what was kept."""
        return [Saying("utter_kept", dict(context.values))]


class _Number(_Dictation):
    slots: ClassVar = (Slot("account_number", AccountNumberReader()),)


class _Code(_Dictation):
    slots: ClassVar = (Slot("postal_code", PostalCodeReader()),)


class _Email(_Dictation):
    slots: ClassVar = (Slot("ebill_email", EmailReader()),)


@dataclass(frozen=True)
class Kind:
    """One kind of value: how one is made, said and shown when it is read back."""

    operation: type[_Dictation]
    make: Callable[[Random], str]
    say: Callable[[Voice, str], str]


def _a_number(random: Random) -> str:
    return str(random.randrange(10**8, 10**9))


def _a_code(random: Random) -> str:
    first, *letters = (
        random.choice(_FIRST_LETTERS),
        random.choice(_CODE_LETTERS),
        random.choice(_CODE_LETTERS),
    )
    one, two, three = (random.randrange(10) for _ in range(3))
    return f"{first}{one}{letters[0]} {two}{letters[1]}{three}"


def _an_email(random: Random) -> str:
    return f"{random.choice(_NAMES)}@{random.choice(_DOMAINS)}"


KINDS = {
    "account number": Kind(_Number, _a_number, Voice.number),
    "postal code": Kind(_Code, _a_code, Voice.code),
    "e-mail address": Kind(_Email, _an_email, Voice.email),
}


@dataclass(frozen=True)
class Told:
    """One call: whether the right value was kept, after how many turns more than without an error."""

    value: str
    heard: list[str]
    kept: str | None
    extra: int

    @property
    def is_success(self) -> bool:
        """The right value, in time."""
        return self.kept == self.value and self.extra <= MOST_EXTRA


async def tell(kind: Kind, language: Language, random: Random, *, errs: bool) -> Told:
    """Give one value; with `errs` the recogniser mishears one word of the first sentence."""
    voice, value = Voice(language, random), kind.make(random)
    said = misheard(kind.say(voice, value), voice) if errs else kind.say(voice, value)
    while said is None:  # nothing in it is ever taken for something else: say another
        value = kind.make(random)
        said = misheard(kind.say(voice, value), voice)
    engine, state, turns = Engine([kind.operation()]), None, 0
    heard = [said]
    outcome = await _turn(engine, state, "", "op_link_account", language)
    outcome = await _turn(engine, outcome.state, said, "inform", language)
    while outcome.goes_on and turns <= MOST_EXTRA:
        back = _read_back(outcome)
        if back == value:
            outcome = await _turn(engine, outcome.state, voice.words["yes"], "affirm", language)
            break
        turns += 1
        again = _corrects(kind, voice, value, back, first=turns == 1)
        heard += [f"<{back}>", again]
        outcome = await _turn(engine, outcome.state, again, "deny" if back else "inform", language)
    kept = [saying.values for saying in outcome.said if saying.key == "utter_kept"]
    return Told(value, heard, _plain(next(iter(kept[-1].values()))) if kept else None, turns)


async def _turn(engine: Engine, state: Any, text: str, intent: str, language: Language) -> Outcome:
    heard = Heard(text, intent, today=date(2026, 11, 23), language=language, channel="voice")
    return await engine.turn(state, heard, _nobody)


def _nobody(_heard: Heard) -> Any:
    raise AssertionError("nobody signs in")


def _read_back(outcome: Outcome) -> str | None:
    said = [saying.values["value"] for saying in outcome.said if saying.key == "utter_read_back"]
    return _plain(said[-1]) if said else None


def _plain(value: Any) -> str:
    return str(next(iter(value.values()))) if isinstance(value, dict) else str(value)


def misheard(said: str, voice: Voice) -> str | None:
    """The sentence with one word as a recogniser may take it; None when no word of it is easily mistaken."""
    words = re.findall(r"[^\s,]+|,", said)
    confusions, letters = voice.words["confusions"], voice.words["letters"]
    choices: list[tuple[int, str]] = []
    for index, word in enumerate(words):
        alone = letters if len(word) == 1 else confusions
        if word in alone:
            choices.append((index, alone[word]))
        elif "-" in word:
            first, _, last = word.rpartition("-")
            choices += [(index, f"{confusions[first]}-{last}")] if first in confusions else []
            choices += [(index, f"{first}-{confusions[last]}")] if last in confusions else []
    if not choices:
        return None
    index, wrong = voice.random.choice(choices)
    return " ".join([*words[:index], wrong, *words[index + 1 :]]).replace(" ,", ",")


def _corrects(kind: Kind, voice: Voice, value: str, back: str | None, *, first: bool) -> str:
    """What the caller says to what was read back, or when nothing was."""
    whole = voice.one_by_one(value) if value.isdigit() else kind.say(voice, value)
    if back is None:
        return whole
    again = str(voice.words["say_again"].format(whole=whole))
    if not first or len(back) != len(value):
        return again
    wrong = [index for index, (a, b) in enumerate(zip(value, back, strict=True)) if a != b]
    if value.isdigit():
        return voice.random.choice([again, *_number_fixes(voice, value, back, wrong)])
    if len(wrong) == 1 and value[wrong[0]].isalpha():
        right, bad = value[wrong[0]].lower(), back[wrong[0]].lower()
        template = voice.random.choice(voice.words["fix_letter"])
        return str(template.format(right=voice.letter(right, example=True), wrong=bad))
    return again


def _number_fixes(voice: Voice, value: str, back: str, wrong: list[int]) -> list[str]:
    words, choose = voice.words, voice.random.choice
    fixes = []
    if len(wrong) == 1:
        digit = voice.one_by_one(value[wrong[0]])
        fixes.append(choose(words["fix_digit"]).format(rank=words["fix_place"][wrong[0]], right=digit))
    groups = [(start, end) for start, end in GROUPS if value[start:end] != back[start:end]]
    if len(groups) == 1:
        start, end = groups[0]
        said, not_said = (voice.one_by_one(text[start:end]) for text in (value, back))
        rank = words["fix_rank"][start // 3]
        fixes.append(choose(words["fix_group"]).format(rank=rank, right=voice.group(value[start:end])))
        if back.count(back[start:end]) == 1:
            fixes.append(choose(words["fix_instead"]).format(right=said, wrong=not_said))
    return fixes

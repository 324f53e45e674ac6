"""The phrases of a language made into patterns, and what a match of one names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.entities.content import words
from bot.entities.dates.marks import MONTH, WEEKDAY, mark_phrase, month_of, weekday_of
from bot.entities.dates.said import Said, YearWord
from bot.entities.patterns import WORD_START, choice, source_of, whole_words
from bot.entities.spoken import ORDINAL_END

_YEAR = r"(?:(?:19|20)\d\d|20 [2-4]\d)(?![\d]| ?\$|[.,]\d)"
_COUNT = r"\d{1,3}|une?|an?|one"
_ONE = {"un", "une", "a", "an", "one"}
_LAST = {"dernier", "derniere", "last"}
_YEAR_WORDS: tuple[YearWord, ...] = ("next_year", "last_year", "this_year", "next", "last")


@dataclass(frozen=True)
class Phrase:
    """One way of saying a date."""

    rule: str
    pattern: re.Pattern[str]
    needs: str  # a set of signs without which the pattern can't match


@cache
def vocabulary(language: str) -> dict[str, Any]:
    """The content file, its phrases written with signs for months and weekdays."""
    return {topic: _marked(lists, language) for topic, lists in words("dates", language).items()}


@cache
def phrases(language: str) -> tuple[Phrase, ...]:
    """All that a language says about dates, in the order of its content file."""
    lists = vocabulary(language)
    places = _placeholders(lists)
    made = [
        Phrase(rule, whole_words(source_of(template, places)), _needs(template))
        for rule, templates in lists["rules"].items()
        for template in templates
    ]
    made += [
        Phrase(f"{int(offset):+d}", whole_words(choice(said)), "")
        for offset, said in lists["relative"].items()
    ]
    return tuple(made)


@cache
def shifts(language: str) -> tuple[Phrase, ...]:
    """What is said right before another date, to name a day near it."""
    lists = vocabulary(language)
    places = _placeholders(lists)
    return tuple(
        Phrase(rule, re.compile(WORD_START + source_of(template, places)), "")
        for rule, templates in lists["shifts"].items()
        for template in templates
    )


def matches(text: str, language: str) -> Iterator[tuple[Phrase, re.Match[str]]]:
    """Every phrase that is found, also those inside others."""
    present = {sign: bool(re.search(sign, text)) for sign in (MONTH, WEEKDAY, r"\d")} | {"": True}
    for phrase in phrases(language):
        if present[phrase.needs]:
            for match in phrase.pattern.finditer(text):
                yield phrase, match


def named(match: re.Match[str], language: str) -> Said:
    """What the phrase named."""
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    lists = vocabulary(language)
    return Said(
        weekday=weekday_of(parts["weekday"]) if "weekday" in parts else None,
        day=int(parts["day"]) if "day" in parts else None,
        month=month_of(parts["month"]) if "month" in parts else None,
        year=int(parts["year"].replace(" ", "")) if "year" in parts else None,
        year_word=next((word for word in _YEAR_WORDS if word in parts), None),
        count=_count(parts.get("count")),
        unit=_meaning(lists["units"], parts.get("unit")),
        which=_meaning(lists["which"], parts.get("which")),
        nth=_nth(parts.get("nth")),
        holiday=_meaning(lists["holidays"], parts.get("holiday")),
    )


def _placeholders(lists: Mapping[str, Any]) -> dict[str, str]:
    tails = lists["tails"]
    tail_words = "|".join(f",? (?P<{word}>{choice(tails[word])})" for word in _YEAR_WORDS)
    return {
        "month": f"(?P<month>{MONTH})",
        "weekday": f"(?P<weekday>{WEEKDAY})",
        "day": rf"(?P<day>\d{{1,2}})(?!\d)(?: ?{ORDINAL_END}(?![a-z]))?",
        "day_rank": rf"(?P<day>\d{{1,2}})(?!\d) ?{ORDINAL_END}(?![a-z])",
        "tail": rf"(?:(?:[.,]|[.],)?[ -](?:de |en |of |in )?(?P<year>{_YEAR})|{tail_words})?",
        "no_story": r"(?! qu[e'])",  # "ça fait deux ans que" tells a story, no day
        "needed_year": f"(?P<year>{_YEAR})",
        "n": f"(?P<count>{_COUNT})",
        "unit": f"(?P<unit>{_all(lists['units'])})",
        "which": f"(?P<which>{_all(lists['which'])})",
        "nth": rf"(?P<nth>[1-5] ?{ORDINAL_END}|{'|'.join(sorted(_LAST))})",
        "holiday": f"(?P<holiday>{_all(lists['holidays'])})",
    }


def _marked(lists: Any, language: str) -> Any:
    if isinstance(lists, dict):
        return {name: _marked(phrases, language) for name, phrases in lists.items()}
    if isinstance(lists, list):
        return [mark_phrase(phrase, language) for phrase in lists]
    return lists


def _all(meanings: Mapping[str, list[str]]) -> str:
    """Any of these phrases; one that goes on where another may end comes first ("new year's eve")."""
    said = [phrase for phrases in meanings.values() for phrase in phrases]
    ordered = sorted(said, key=lambda phrase: len(re.sub(r"\[[^]]*\]", "", phrase)), reverse=True)
    return "(?:" + "|".join(source_of(phrase, {}) for phrase in ordered) + ")"


def _meaning(meanings: Mapping[str, list[str]], said: str | None) -> Any:
    if said is None:
        return None
    return next(name for name, said_so in meanings.items() if re.fullmatch(choice(said_so), said))


def _needs(template: str) -> str:
    for placeholder, sign in (("<month>", MONTH), ("<weekday>", WEEKDAY), ("<day>", r"\d")):
        if placeholder in re.sub(r"\[.*\]", "", template):
            return sign
    return ""


def _count(said: str | None) -> int | None:
    if said is None:
        return None
    return 1 if said in _ONE else int(said)


def _nth(said: str | None) -> int | None:
    if said is None:
        return None
    return -1 if said in _LAST else int(said[0])

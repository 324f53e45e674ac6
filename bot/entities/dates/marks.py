"""Months and weekdays, abbreviated or misspelled, become one sign each: phrases need no list of them."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from bot.entities.content import words
from bot.entities.patterns import choice
from bot.entities.text import Builder, Canonical

# Private characters: folding leaves none of them in a customer's text.
_MONTHS, _WEEKDAYS = 0xE000, 0xE020
MONTH = f"[{chr(_MONTHS + 1)}-{chr(_MONTHS + 12)}]"
WEEKDAY = f"[{chr(_WEEKDAYS)}-{chr(_WEEKDAYS + 6)}]"
_WORD = re.compile(r"(?<![a-z])[a-z]{3,12}(?![a-z])")
_AFTER_DAY = re.compile(r"(?<![\d.,])[0-3]?\d ?(?:er|e|st|nd|rd|th)?[ -]?(?:of |de )?$")
_DAY_NEXT = re.compile(r"\.?,? ?[0-3]?\d(?![\d:])")
_DAY_OR_MONTH_NEXT = re.compile(rf"\.?,? (?:le |the )?(?:[0-3]?\d(?![\d:])|[a-z]+ [0-3]?\d(?!\d)|{MONTH})")
_SHORTEST_WITH_TYPO, _LONG = 5, 8
_LOOK_BACK = 6


def month_of(mark: str) -> int:
    """1 to 12."""
    return ord(mark) - _MONTHS


def weekday_of(mark: str) -> int:
    """0 (Monday) to 6."""
    return ord(mark) - _WEEKDAYS


def mark_calendar(text: Canonical, language: str) -> Canonical:
    """The same text with a sign for each month and weekday."""
    builder = Builder(text.source)
    position = 0
    for word in _WORD.finditer(text.text):
        mark = _exact(language).get(word.group()) or _beside_day(text.text, word, language)
        mark = mark or _misspelled(word.group(), language)
        if mark is None:
            continue
        builder.copy(text, position, word.start())
        builder.add(mark, *text.span(word.start(), word.end()))
        position = word.end()
    builder.copy(text, position, len(text.text))
    return builder.build()


def mark_phrase(phrase: str, language: str) -> str:
    """A folded phrase of a content file, with signs for what it names ("lundi de Pâques")."""
    return _WORD.sub(lambda word: _exact(language).get(word.group(), word.group()), phrase)


def _beside_day(text: str, word: re.Match[str], language: str) -> str | None:
    month = _lookup("months_after_day", _MONTHS, language).get(word.group())
    weekday = _lookup("weekdays_before_day", _WEEKDAYS, language).get(word.group())
    if month is None and weekday is None:
        return None
    if weekday and _short_weekday(language).search(text, max(0, word.start() - _LOOK_BACK), word.start()):
        return weekday
    after_day = _AFTER_DAY.search(text, max(0, word.start() - 9), word.start())
    if month and (after_day or (weekday is None and _DAY_NEXT.match(text, word.end()))):
        return month
    if weekday and not after_day and _DAY_OR_MONTH_NEXT.match(text, word.end()):
        return weekday
    return None


@lru_cache(maxsize=8192)
def _misspelled(word: str, language: str) -> str | None:
    if len(word) < _SHORTEST_WITH_TYPO or word in _exceptions(language):
        return None
    allowed = 2 if len(word) >= _LONG else 1
    near = {
        mark: distance
        for name, mark in _exact(language).items()
        if len(name) >= _SHORTEST_WITH_TYPO and name[0] == word[0]
        if (distance := OSA.distance(word, name, score_cutoff=allowed)) <= allowed
    }
    return min(near, key=lambda mark: near[mark]) if near else None


@cache
def _short_weekday(language: str) -> re.Pattern[str]:
    before = words("dates", language)["before_short_weekday"]
    return re.compile(rf"(?<!\w){choice(before)} $" if before else r"(?!)")


@cache
def _exact(language: str) -> Mapping[str, str]:
    return {**_lookup("months", _MONTHS, language), **_lookup("weekdays", _WEEKDAYS, language)}


@cache
def _lookup(topic: str, base: int, language: str) -> Mapping[str, str]:
    lists: dict[str, list[str]] = words("dates", language)[topic]
    return {word: chr(base + int(number)) for number, spellings in lists.items() for word in spellings}


@cache
def _exceptions(language: str) -> frozenset[str]:
    return frozenset(words("dates", language)["not_typos"])

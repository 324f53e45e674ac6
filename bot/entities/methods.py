"""How a payment was made: the backend's code for the customer's words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from bot.entities.choice import without_overlaps
from bot.entities.content import words
from bot.entities.entity import Found, Kind, Reading
from bot.entities.patterns import choice, source_of, whole_words
from bot.entities.text import Builder, Canonical

_WORD = re.compile(r"(?<![a-z@])[a-z]{6,12}(?![a-z@])")
_LOOK_BACK = 20
_CERTAINTY = 4


def find_methods(text: Canonical, language: str, reading: Reading) -> tuple[Canonical, list[Found]]:
    """The methods named in a folded text, and the text with its typos corrected, where their places are."""
    corrected = _corrected(text, language)
    found = [
        Found(Kind.METHOD, match.start(), match.end(), code, certainty=_CERTAINTY)
        for code, pattern in _patterns(language)
        for match in pattern.finditer(corrected.text)
        if reading.asked is Kind.METHOD or _is_said_of_paying(corrected.text, match, language)
    ]
    return corrected, _joined(corrected.text, without_overlaps(found), language)


def _joined(text: str, found: Sequence[Found], language: str) -> list[Found]:
    """ "In branch at the Royal Bank" is one method said twice."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.value == one.value and _link(language).fullmatch(text, last.end, one.start):
            joined[-1] = replace(last, end=one.end)
        else:
            joined.append(one)
    return joined


def _is_said_of_paying(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a word with other meanings ("check", "ligne") stands where a method would."""
    if match.group() not in _ambiguous(language):
        return True
    return _saying_it(language).search(text[max(0, match.start() - _LOOK_BACK) : match.start()]) is not None


def _corrected(text: Canonical, language: str) -> Canonical:
    """The text with misspelled methods spelled right."""
    builder = Builder(text.source)
    position = 0
    for word in _WORD.finditer(text.text):
        right = _correct(word.group(), language)
        if right is None:
            continue
        builder.copy(text, position, word.start())
        builder.add(right, *text.span(word.start(), word.end()))
        position = word.end()
    builder.copy(text, position, len(text.text))
    return builder.build()


@lru_cache(maxsize=8192)
def _correct(word: str, language: str) -> str | None:
    def is_near(name: str) -> bool:
        return name[0] == word[0] and OSA.distance(word, name, score_cutoff=1) == 1

    names = words("methods", language)["corrected"]
    return None if word in names else next(filter(is_near, names), None)


@cache
def _patterns(language: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    phrases: Mapping[str, list[str]] = words("methods", language)["phrases"]
    return [(code, whole_words(source_of(one, {}))) for code, said in phrases.items() for one in said]


@cache
def _link(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?: {choice(words('methods', language)['links'])})* ")


@cache
def _ambiguous(language: str) -> frozenset[str]:
    return frozenset(words("methods", language)["only_when_said_of_paying"])


@cache
def _saying_it(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){choice(words('methods', language)['saying_it'])}[ ']$")

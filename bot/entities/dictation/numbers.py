"""Digits as people dictate them: "double five" is "5 5", "trois zéros" is "0 0 0", "4 euh 5" is "4 5"."""

import re
from functools import cache

from bot.entities.content import words
from bot.entities.patterns import choice
from bot.entities.text import Builder, Canonical

_LONGEST_GROUP = 4  # digits of a group beside which a hesitation is one


def repeats_written_out(text: Canonical, language: str) -> Canonical:
    """The same text, folded, with "double cinq" as "5 5" and "three zeros" as "0 0 0"."""
    builder, end = Builder(text.source), 0
    digits, plurals = _values(language, "digits"), _values(language, "plurals")
    times = _values(language, "repeats") | digits
    for match in _repeats(language).finditer(text.text):
        count = match["count"] or match["times"]
        digit = plurals[match["plural"]] if match["plural"] else match["digit"]
        builder.copy(text, end, match.start())
        written = " ".join(digits.get(digit, digit) * int(times.get(count, count)))
        builder.add(written, *text.span(*match.span()))
        end = match.end()
    builder.copy(text, end, len(text.text))
    return builder.build()


def without_hesitations(text: Canonical, language: str) -> Canonical:
    """The same text, where numbers are digits already, with nothing but spaces between dictated groups."""
    builder, end = Builder(text.source), 0
    for match in _hesitations(language).finditer(text.text):
        builder.copy(text, end, match.start())
        builder.add(" ", *text.span(*match.span()))
        end = match.end()
    builder.copy(text, end, len(text.text))
    return builder.build()


@cache
def _values(language: str, list_name: str) -> dict[str, str]:
    """What each phrase of a list stands for."""
    lists = words("dictation", language)[list_name]
    return {phrase: value for value, phrases in lists.items() for phrase in phrases}


@cache
def _repeats(language: str) -> re.Pattern[str]:
    counts = choice(phrase for phrase, digit in _values(language, "digits").items() if digit in "234")
    times, plural = choice(_values(language, "repeats")), choice(_values(language, "plurals"))
    digit = choice(_values(language, "digits"))
    return re.compile(
        rf"(?<![\w.,])(?:(?P<count>[2-4]|{counts}) (?P<plural>{plural})|"
        rf"(?P<times>{times}) (?P<digit>\d|{digit}))(?!\w)"
    )


@cache
def _hesitations(language: str) -> re.Pattern[str]:
    between = choice(words("dictation", language)["between"])
    short = rf"(?<!\d)\d{{1,{_LONGEST_GROUP}}}"
    before = "|".join(rf"(?<=\b\d{{{size}}})" for size in range(1, _LONGEST_GROUP + 1))
    return re.compile(rf"(?:{before})(?:,? {between},?)+ (?={short}(?!\d))")

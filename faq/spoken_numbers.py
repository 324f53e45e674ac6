"""Turns a telephone number in words back into digits, to check that what is read aloud is what is written."""

from __future__ import annotations

import re

_FR = {
    word: value
    for value, word in enumerate(
        [
            "zéro",
            "un",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
        ]
    )
} | {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_EN = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    "oh": 0,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBERS = {"fr": _FR, "en": _EN}
_HUNDRED = {"cent", "cents", "hundred"}
_AND = {"et", "and"}


def spoken_digits(words: str, language: str) -> str | None:
    """Return the digits that the words say, groups apart by commas; None when a word isn't a number."""
    said = [_group(group, _NUMBERS[language]) for group in words.split(",")]
    return None if None in said else "".join(group for group in said if group)


def _group(group: str, numbers: dict[str, int]) -> str | None:
    tokens = [word for word in re.split(r"[\s\u00a0-]+", group.strip().casefold()) if word not in _AND]
    if not all(word in numbers or word in _HUNDRED for word in tokens):
        return None
    values = [100 if word in _HUNDRED else numbers[word] for word in tokens]
    if all(value < 10 for value in values):
        return "".join(str(value) for value in values)
    leading = len(values) - len(values[next((i for i, v in enumerate(values) if v), 0) :])
    return "0" * leading + str(_number(values[leading:]))


def _number(values: list[int]) -> int:
    total = 0
    for value in values:
        if value == 100:
            total = (total or 1) * 100
        elif value == 20 and total % 100 == 4:
            total += 76
        else:
            total += value
    return total

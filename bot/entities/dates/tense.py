"""Whether a day is told as past ("since Saturday", "we moved on the 3rd"), whatever date is asked for."""

import re
from functools import cache

from bot.entities.content import words
from bot.entities.patterns import choice
from bot.entities.text import fold

_LOOK_BACK = 60


def is_told_as_past(text: str, start: int, language: str) -> bool:
    """Whether what stands before a date, in its own clause, says that it lies behind."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return _past(language).search(before) is not None


@cache
def _past(language: str) -> re.Pattern[str]:
    """Words of the past, and nothing after them that looks ahead again ("I moved, change it from Monday")."""
    lists = words("dates", language)
    past, ahead = (
        choice([fold(phrase) for phrase in lists[name]]) for name in ("told_as_past", "looks_ahead")
    )
    return re.compile(rf"(?<!\w){past}(?!\w)(?:(?!(?<!\w){ahead}(?!\w))[^.,;:!?])*$")

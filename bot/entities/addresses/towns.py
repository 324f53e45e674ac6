"""Towns known by name: where one follows a street without a comma, or was left at the end of its line."""

import re
from functools import cache

from bot.entities.content import in_both
from bot.entities.text import Canonical, fold

_SAINT, _SAINTE = r"(?:saint|st\.?)", r"(?:sainte|ste\.?)"
_SPELLINGS = {"saint": _SAINT, "st.": _SAINT, "sainte": _SAINTE, "ste.": _SAINTE}
_NUMBERS = {
    "trois": r"(?:trois|3)",
    "sept": r"(?:sept|7)",
    "deux": r"(?:deux|2)",
}  # words for numbers are digits here
_STREET_LINE = re.compile(
    r"\d+\S* \S+(?: (?:de|du|des|de la|de l'|la|le|les))? (?!(?:de|du|des|la|le|les)$)\S+"
)


def town_at(text: Canonical, start: int) -> int | None:
    """Where the town that begins there ends, when it is one we know."""
    match = _towns(everywhere=True).match(text.text, start)
    return match.end() if match else None


def town_ending(text: Canonical, start: int, end: int, *, has_place: bool) -> int | None:
    """Where a town that ends a street line begins, after at least one word of the street's name.

    Names that streets have too count only where a province or a postal code follows.
    """
    for space in re.finditer(" ", text.text[start:end]):
        match = _towns(everywhere=has_place).fullmatch(text.text, start + space.end(), end)
        if match:
            return match.start()
    return None


def without_town(line1: str, city: str) -> str:
    """A street line without the town that was left in it because nothing said that it was one."""
    rest = line1[: len(line1) - len(city)].rstrip(" ,")
    ends_with_it = fold(line1).endswith((f" {fold(city)}", f",{fold(city)}"))
    return rest if ends_with_it and _STREET_LINE.match(fold(rest)) else line1


@cache
def _towns(*, everywhere: bool) -> re.Pattern[str]:
    names = [*in_both("addresses", "towns"), *(in_both("addresses", "unsure_towns") if everywhere else ())]
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(_spellings, longest_first))})(?![\w'-])")


def _spellings(name: str) -> str:
    known = _NUMBERS | _SPELLINGS
    return "[ -]".join(known.get(word, re.escape(word)) for word in re.split("[ -]", name))

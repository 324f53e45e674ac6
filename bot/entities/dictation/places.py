"""Which part of what was read back is meant: "le deuxième groupe", "the last two digits", "au milieu"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.entities.content import words
from bot.entities.patterns import choice
from bot.entities.spoken import ORDINAL_END


@dataclass(frozen=True)
class Place:
    """A part: `rank` counts from 1, or from the end when it is negative; 0 is the middle.

    `unit` is group, character or edge ("at the end"), None when it was not said; `count` is of how many
    characters.
    """

    rank: int
    unit: str | None
    count: int
    start: int  # where it was said
    end: int


def find_place(text: str, language: str) -> Place | None:
    """The first part named in a folded text where numbers are digits."""
    for pattern in (_ranked(language), _numbered(language), _around(language)):
        match = pattern.search(text)
        if match is not None:
            return _place(match)
    return None


def _place(match: re.Match[str]) -> Place:
    said: Mapping[str, str | None] = match.groupdict()
    rank = 1
    if said.get("rank"):
        rank = int(said["rank"] or 1)
    elif said.get("second_last"):
        rank = -2
    elif said.get("last") or said.get("ending"):
        rank = -1
    elif said.get("middle"):
        rank = 0
    count = said.get("count") or said.get("count_after") or "1"
    return Place(rank, _unit(said), int(count), *match.span())


def _unit(said: Mapping[str, str | None]) -> str | None:
    if said.get("group"):
        return "group"
    if said.get("character"):
        return "character"
    return "edge" if said.get("starting") or said.get("ending") else None


@cache
def _ranked(language: str) -> re.Pattern[str]:
    lists = words("corrections", language)
    rank = (
        rf"(?:(?P<second_last>{choice(lists['second_last'])})|(?P<rank>\d) ?{ORDINAL_END}|"
        rf"(?P<last>{choice(lists['last'])})|(?P<first>{choice(lists['first'])})|(?P<middle>{choice(lists['middle'])}))"
    )
    units = _units(language)
    # "the last two digits", "les deux derniers chiffres", "le groupe du milieu"
    return re.compile(
        rf"(?<!\w)(?:(?P<count>[2-6]) )?{rank}(?: (?P<count_after>[2-6])(?= {choice(lists['character'])}))?"
        rf"(?: ?{units}| 1(?=s?[ ,]))?(?!\w)"
    )


@cache
def _numbered(language: str) -> re.Pattern[str]:
    lists = words("corrections", language)
    group, middle = choice(lists["group"]), choice(lists["middle"])
    last, first = choice(lists["last"]), choice(lists["first"])
    number = r"(?:(?:numero|no|number) )?(?P<rank>\d)(?!\w)(?=[ ,:]*[^\d ,:])"
    return re.compile(
        rf"(?<!\w)(?P<group>{group}) (?:{number}|(?P<middle>{middle})|(?P<last>{last})|(?P<first>{first}))"
    )


@cache
def _around(language: str) -> re.Pattern[str]:
    lists = words("corrections", language)
    return re.compile(
        rf"(?<!\w)(?:(?P<starting>{choice(lists['start'])})|(?P<ending>{choice(lists['end'])})|"
        rf"(?P<middle>{choice(lists['middle'])}))(?!\w)"
    )


def _units(language: str) -> str:
    lists = words("corrections", language)
    return rf"(?:(?P<group>{choice(lists['group'])})|(?P<character>{choice(lists['character'])}))"

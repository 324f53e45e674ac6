"""The words of addresses made into patterns; French and English forms together, as Quebec mixes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.entities.content import in_both, words
from bot.entities.patterns import choice
from bot.entities.spoken import ORDINAL_END

_TOPIC = "addresses"
CIVIC = (
    r"(?:\d{1,4}[a-z]?-)?\d{1,5}(?: ?[a-d](?![\w'])|(?<=\d)-[a-z](?!\w))?(?: ?1/2)?"
    rf"(?!\d|[.,]\d|{ORDINAL_END}(?!\w))"
)
_START = r"(?<![\w$./@#-])(?<!\d )"
_LEAD = r"[ ,;(-]{1,3}"
_NAME = r"[a-z0-9][\w'.-]*"


@dataclass(frozen=True)
class Grammar:
    """Patterns over folded text with numbers in digits."""

    typed_street: re.Pattern[str]  # "45, rue": the name follows
    named_street: re.Pattern[str]  # "123 Main St W"
    untyped_street: re.Pattern[str]  # "45 des": the name follows
    box: re.Pattern[str]
    rural: re.Pattern[str]
    unit: re.Pattern[str]
    unit_first: re.Pattern[str]
    station: re.Pattern[str]
    postal: re.Pattern[str]
    province: re.Pattern[str]
    country: re.Pattern[str]
    city_before: re.Pattern[str]
    around_city: re.Pattern[str]
    announcing: re.Pattern[str]
    direction: re.Pattern[str]
    links: re.Pattern[str]
    stops: frozenset[str]
    unit_words: frozenset[str]
    counted: frozenset[str]
    not_a_city: frozenset[str]
    provinces: Mapping[str, str]


@cache
def grammar() -> Grammar:
    """The patterns of both languages."""
    units = choice(_both("units"))
    unit_number = rf"{units}[.]?(?: no[.]?)? ?#? ?(?:\d+[a-z]?|[a-z])(?!\w)"
    unit = rf"(?:{unit_number}|# ?\d+[a-z]?(?!\w)|\d{{1,2}} ?{ORDINAL_END} etage)"
    provinces = _provinces()
    return Grammar(
        **_streets(),
        box=re.compile(rf"(?<!\w){choice(_both('boxes'))}[.]? ?#?(?:no[.]? ?)?\d{{1,6}}(?!\w)"),
        rural=re.compile(rf"(?<!\w){choice(_both('rural'))}[.]? ?#? ?(?:no[.]? ?)?\d{{1,3}}(?!\w)"),
        unit=re.compile(rf"{_LEAD}(?P<part>{unit})\)?"),
        unit_first=re.compile(rf"(?<!\w)(?P<part>{unit})[ ,-]{{1,3}}$"),
        station=re.compile(
            rf"{_LEAD}(?P<part>{choice(_both('stations'))}(?!\w)[.]?(?: {_NAME}){{1,3}}?)(?=[,;(]|$)"
        ),
        postal=re.compile(rf"{_LEAD}(?P<part>[a-z] ?\d ?[a-z][ -]{{0,2}}\d ?[a-z] ?\d)(?!\w)\)?"),
        province=re.compile(rf"{_LEAD}(?P<part>{choice(provinces)})(?![\w'-]| city| ville)[.]?\)?"),
        country=re.compile(rf"{_LEAD}{choice(_both('countries'))}(?!\w)\)?"),
        city_before=re.compile(rf" ?[,;]? {choice(_both('city_before'))} |[,;] ?(?=[a-z0-9])"),
        around_city=re.compile(rf"(?:{choice(_both('around_city'))}[ '])*"),
        announcing=re.compile(rf"(?<!\w){choice(_both('announcing'))}(?!\w)[^.!?;\d]*$"),
        direction=re.compile(rf"{choice(_both('directions'))}[.]?"),
        links=re.compile(rf"{choice(_both('links'))}[ '-]"),
        stops=frozenset(_both("stops")),
        unit_words=frozenset(_both("units")),
        counted=frozenset(in_both("small_words", "counted")) - frozenset(_both("street_types")),
        not_a_city=frozenset(_both("not_a_city")),
        provinces=provinces,
    )


def _streets() -> dict[str, re.Pattern[str]]:
    prefixes = choice([*words(_TOPIC, "fr")["street_types"], *_both("types_before_name")])
    suffixes, numbered = choice(words(_TOPIC, "en")["street_types"]), choice(_both("numbered_types"))
    directions = rf"(?:[ ,]{{1,2}}{choice(_both('directions'))}[.]?(?!\w))?"
    lead = rf"{_START}{CIVIC}[ ,]{{1,2}}"
    number_street = rf"\d{{1,3}} ?{ORDINAL_END} {numbered}(?!\w)"
    return {
        "typed_street": re.compile(
            rf"{lead}(?:(?P<numbered>{number_street}){directions}|{prefixes}(?!\w)[.]?)"
        ),
        "named_street": re.compile(
            rf"{lead}(?P<name>(?:(?!\d+[ ,]){_NAME} ){{1,4}}?){suffixes}(?![\w'-])[.]?{directions}"
        ),
        "untyped_street": re.compile(rf"{lead}(?=[a-z])"),
    }


def _provinces() -> dict[str, str]:
    return {
        name: code
        for language in ("fr", "en")
        for code, names in words(_TOPIC, language)["provinces"].items()
        for name in names
    }


def _both(name: str) -> tuple[str, ...]:
    return in_both(_TOPIC, name)

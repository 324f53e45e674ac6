"""Finds addresses: a street, box or rural route and what follows; when asked for, parts alone too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.entities.addresses.bare import bare_parts
from bot.entities.addresses.grammar import Grammar, grammar
from bot.entities.addresses.tail import Tail, may_be_city, read_tail, words_end
from bot.entities.addresses.towns import town_ending
from bot.entities.entity import AddressParts, Found, Kind, Reading
from bot.entities.text import Canonical

_STREET_WORDS = 7
_SURE, _LOCATED, _LIKELY = 7, 6, 4
_LOOK_BACK = 60
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")  # not the one of "Ave."
# Words that belong to the one after them in a town's name ("Saint Jérôme").
_TOWN_LINKS = {
    "saint",
    "sainte",
    "st",
    "ste",
    "la",
    "le",
    "les",
    "mont",
    "val",
    "lac",
    "baie",
    "cap",
    "port",
    "new",
    "north",
}
_STREET_LINKS = {"de", "du", "des", "la", "le", "les", "l", "saint", "sainte", "st", "ste"}


@dataclass(frozen=True)
class _Street:
    """Where a first line stands, and where its name begins (None: the name stands before the type)."""

    start: int
    end: int
    name: int | None
    certainty: int = _SURE


def find_addresses(text: Canonical, language: str, reading: Reading) -> list[Found]:
    """The addresses in a text where numbers are digits and months are signs."""
    asked = reading.asked is Kind.ADDRESS
    found: list[Found] = []
    over = 0
    for street in sorted(_streets(text, asked=asked), key=lambda one: (one.start, -one.certainty, -one.end)):
        if street.start < over:
            continue
        one = _address(text, street, asked=asked)
        found.append(one)
        over = one.end
    if asked and not found:
        found += bare_parts(text)
    return found


def _streets(text: Canonical, *, asked: bool) -> Iterator[_Street]:
    words = grammar()
    for pattern in (words.box, words.rural):
        yield from (_Street(*match.span(), None) for match in pattern.finditer(text.text))
    for match in words.typed_street.finditer(text.text):
        if match["numbered"]:
            yield _Street(*match.span(), None)
            continue
        start = match.end() + (text.text[match.end() : match.end() + 1] == " ")
        end = words_end(text.text, start, _STREET_WORDS, words)
        if end > start:
            yield _Street(match.start(), end, start)
    for match in words.named_street.finditer(text.text):
        name = set(match["name"].split())
        if not name & words.counted and not name & words.stops:
            yield _Street(*match.span(), None)
    for match in words.untyped_street.finditer(text.text):
        yield from _untyped(text, match, words, asked=asked)


def _untyped(text: Canonical, match: re.Match[str], words: Grammar, *, asked: bool) -> Iterator[_Street]:
    """ "45 des Érables", when the words around say that it is an address."""
    start = match.end()
    end = words_end(text.text, start, _STREET_WORDS, words)
    said = text.text[start:end].split(" ")
    if end <= start or said[0] in words.counted or said[0].rstrip(".") in words.unit_words:
        return
    linked = words.links.match(text.text, start) is not None
    before = text.text[max(0, match.start() - _LOOK_BACK) : match.start()]
    announced = words.announcing.search(before) is not None
    tail = read_tail(text, end)
    located = bool(tail.lines or tail.postal_code)
    if asked or (announced and (linked or located or tail.city)) or (linked and located):
        yield _Street(match.start(), end, start, _LOCATED if located else _LIKELY)


def _address(text: Canonical, street: _Street, *, asked: bool) -> Found:
    tail = read_tail(text, street.end, asked=asked)
    street_end = _split_town(text, street, tail)
    start, lines = _with_unit_before(text, street.start, tail)
    line2 = ", ".join(_clean(text, *line) for line in lines) or None
    parts = AddressParts(
        line1=_first_line(text, street.start, street_end),
        line2=line2,
        city=_clean(text, *tail.city) if tail.city else None,
        province=tail.province,
        postal_code=tail.postal_code,
    )
    return Found(Kind.ADDRESS, start, max(tail.end, street.end), parts, certainty=street.certainty)


def _split_town(text: Canonical, street: _Street, tail: Tail) -> int:
    """Where the street ends when the town follows it without a comma: "22 avenue du Parc Montréal QC"."""
    has_place = tail.province is not None or tail.postal_code is not None
    if street.name is None or tail.city is not None or tail.lines:
        return street.end
    start = town_ending(text, street.name, street.end, has_place=has_place)
    if start is None or not _is_named(text.text[street.name : start].split()):
        start = _unknown_town(text, street.name, street.end) if has_place else None
    if start is None:
        return street.end
    tail.city = (start, street.end)
    return start - 1


def _unknown_town(text: Canonical, name: int, end: int) -> int | None:
    """Where a town that we don't know may begin, before a province or a postal code: at the last word."""
    words, names = grammar(), text.text[name:end].split(" ")
    town = len(names) - 1
    while town > 0 and names[town - 1] in _TOWN_LINKS and _is_named(names[: town - 1]):
        town -= 1
    if not _is_named(names[:town]) or words.direction.fullmatch(names[-1]):
        return None
    start = end - len(" ".join(names[town:]))
    return start if may_be_city(text, start, end, words, announced=True) else None


def _is_named(names: Sequence[str]) -> bool:
    """Whether these are more of a street's name than "de la"."""
    return any(name.rstrip("'") not in _STREET_LINKS for name in names)


def _with_unit_before(text: Canonical, start: int, tail: Tail) -> tuple[int, list[tuple[int, int]]]:
    """ "App. 3, 45 rue X": the apartment may come first."""
    before = grammar().unit_first.search(text.text, max(0, start - 20), start)
    if before is None:
        return start, tail.lines
    return before.start("part"), [before.span("part"), *tail.lines]


def _first_line(text: Canonical, start: int, end: int) -> str:
    """The line as typed; a civic number said in words is written in digits."""
    civic = re.match(r"\d+", text.text[start:end])
    if civic is None or any(c.isdigit() for c in text.original(start, start + civic.end())):
        return _clean(text, start, end)
    rest = _clean(text, start + civic.end(), end) if start + civic.end() < end else ""
    return f"{civic.group()} {rest}".strip()


def _clean(text: Canonical, start: int, end: int) -> str:
    written = " ".join(text.original(start, end).split()).strip(" ,;")
    return _FULL_STOP.sub("", written)

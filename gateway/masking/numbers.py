"""Numbers that are somebody's: cards, social insurance, accounts, telephones; dates and amounts are not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gateway.masking.checks import ACCOUNT_DIGITS, CARD_DIGITS, has_luhn, is_card, is_phone, national_number
from gateway.masking.cue import Cue, is_near, nearest_cue
from gateway.masking.spans import Kind
from gateway.masking.spoken import cues

_FILLER = r"(?:tiret|dash|et|and|puis|then|pis|euh|heu|uh|um|espace|space|trait d[\u2019']union)"
_SEPARATOR = rf"(?:[\s.,/()_*\-\u2010-\u2015]{{1,3}}(?:{_FILLER}[\s,.]{{1,3}}){{0,2}})"
_CHAIN = re.compile(rf"\d+(?:{_SEPARATOR}\d+)*", re.IGNORECASE)
_STRONG = re.compile(r"[,/()]|\n|\.\s|\s(?:et|and|puis|then)\s", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d"
_HARMLESS = re.compile(
    rf"""
    (?<!\d) (?:
      {_YEAR}[-/.]\d\d?[-/.]\d\d? | \d\d?[-/.]\d\d?[-/.]{_YEAR}                       # dates
    | \$\s?\d{{1,3}}(?:[\s,]?\d{{3}}){{0,2}}(?:[.,]\d\d)?                             # $1,234.50
    | (?<!\d[\s.-]) \d{{1,3}}(?:[\s,]?\d{{3}}){{0,2}}(?:[.,]\d\d)?\s?(?:\$|dollars?\b|CAD\b|¢)   # 1 234,50 $
    | \d\d?\s?(?:[h:]\s?\d\d|[ap]\.?m\b)                                              # hours
    | \d+(?:[.,]\d+)?\s?(?:%|[MGk]bit\w*|[MG]bps|[GM][ob]\b)                          # rates
    | \d+\s?(?:jours?\b|days?\b|min\b|minutes?\b|mois\b|months?\b|ans\b)             # lengths of time
    ) (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INTERNATIONAL = re.compile(r"\+\s?(?!1\b)[2-9]\d{0,2}(?:[\s.\-()]{1,2}\d{1,4}){2,6}|\+[2-9]\d{7,14}")
_OPENING = re.compile(r"[(+]\s?(?:\d\s?[(])?$")
_CARD_WITH_A_SLIP = (15, 16)
_SHORT_ACCOUNT = range(7, 13)
_DICTATED = 5  # groups or more


@dataclass(frozen=True)
class Group:
    """Digits that stand together in the canonical text."""

    digits: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A number of a class (None: known to be harmless), by its place in the canonical text."""

    kind: Kind | None
    start: int
    end: int


def find_numbers(text: str, own_phones: frozenset[str]) -> Iterator[Found]:
    """Every number of a class; `own_phones` are the company's, as ten digits, and are left alone."""
    abroad = list(_INTERNATIONAL.finditer(text))
    yield from (Found(Kind.PHONE, *found.span()) for found in abroad)
    yield from _security_codes(text)
    barred = _INTERNATIONAL.sub(_barred, _HARMLESS.sub(_barred, text))
    for chain in _CHAIN.finditer(barred):
        groups = [
            Group(group.group(), *group.span())
            for group in re.compile(r"\d+").finditer(barred, chain.start(), chain.end())
        ]
        if sum(len(group.digits) for group in groups) >= _SHORT_ACCOUNT.start:
            yield from _in_chain(barred, groups, own_phones)


def _barred(found: re.Match[str]) -> str:
    return "\x00" * len(found.group())


def _in_chain(text: str, groups: Sequence[Group], own_phones: frozenset[str]) -> Iterator[Found]:
    candidates: list[tuple[int, int, Found]] = []
    for first in range(len(groups)):
        for last in range(first, len(groups)):
            digits = "".join(group.digits for group in groups[first : last + 1])
            if len(digits) > CARD_DIGITS.stop:
                break
            found = _classify(text, groups, first, last, digits, own_phones)
            if found is not None:
                candidates.append((first, last, found))
    taken: set[int] = set()
    edges = {first for first, _, _ in candidates} | {last + 1 for _, last, _ in candidates}
    for first, last, found in sorted(candidates, key=lambda candidate: _rank(text, groups, candidate)):
        is_whole = _may_end(text, groups, first, edges) and _may_end(text, groups, last + 1, edges)
        if taken.isdisjoint(range(first, last + 1)) and (found.kind is Kind.CARD or is_whole):
            taken.update(range(first, last + 1))
            if found.kind is not None:
                yield found


def _rank(
    text: str, groups: Sequence[Group], candidate: tuple[int, int, Found]
) -> tuple[bool, bool, int, int]:
    """Cards first, then what no comma or "and" divides, then what is longest."""
    first, last, found = candidate
    gaps = (text[groups[n].end : groups[n + 1].start] for n in range(first, last))
    is_divided = any(_STRONG.search(gap) and ")" not in gap for gap in gaps)
    return found.kind is not Kind.CARD, is_divided, -(found.end - found.start), first


def _may_end(text: str, groups: Sequence[Group], place: int, edges: set[int]) -> bool:
    """Whether a number may begin or end between groups `place - 1` and `place`."""
    if place in (0, len(groups)):
        return True
    before, after = groups[place - 1], groups[place]
    if _STRONG.search(text[before.end : after.start]) or len(before.digits) != len(after.digits):
        return True
    return place in edges and len(before.digits) > 1


def _classify(
    text: str, groups: Sequence[Group], first: int, last: int, digits: str, own_phones: frozenset[str]
) -> Found | None:
    start, end = groups[first].start, groups[last].end
    if is_card(digits):
        cue = nearest_cue(text, start, end)
        is_other = cue is not None and cue.kind == "device" and cue.is_adjacent
        return None if is_other else Found(Kind.CARD, start, end)
    if _is_part_of_a_name(text, start, end):
        return None
    if is_phone(digits) and _is_phone_shape(groups[first : last + 1]):
        return _phone(text, start, end, digits, own_phones)
    is_whole = first == 0 and last == len(groups) - 1
    if len(digits) == ACCOUNT_DIGITS:
        return _nine(text, start, end, digits, is_usual=_is_account_shape(groups[first : last + 1]))
    if not is_whole:
        return None
    cue = nearest_cue(text, start, end)
    return _by_words(digits, cue, start, end)


def _by_words(digits: str, cue: Cue | None, start: int, end: int) -> Found | None:
    """Numbers with a slip in them, which only the words before them give away."""
    if cue is None:
        return None
    if cue.kind == "card" and len(digits) in _CARD_WITH_A_SLIP and cue.distance < 40:
        return Found(Kind.CARD, start, end)
    if cue.kind == "account" and cue.is_adjacent and len(digits) in _SHORT_ACCOUNT:
        return Found(Kind.ACCOUNT, start, end)
    if cue.kind == "phone" and len(digits) == 7 and digits[0] in "23456789":
        return Found(Kind.PHONE, start, end)
    return None


def _phone(text: str, start: int, end: int, digits: str, own_phones: frozenset[str]) -> Found | None:
    if national_number(digits) in own_phones:
        return Found(None, start, end)
    cue = nearest_cue(text, start, end)
    if cue is not None and cue.kind in ("reference", "device") and cue.is_adjacent:
        return None
    return Found(Kind.PHONE, len(_OPENING.sub("", text[:start])), end)


def _nine(text: str, start: int, end: int, digits: str, *, is_usual: bool) -> Found | None:
    """Nine digits: social insurance where the words or the check digit say so, else an account."""
    cue = nearest_cue(text, start, end)
    adjacent = cue.kind if cue is not None and cue.is_adjacent else None
    if adjacent in ("reference", "device"):
        return None
    if adjacent == "sin" or (adjacent != "account" and has_luhn(digits) and is_near("sin", text, start, end)):
        return Found(Kind.SIN, start, end)
    return Found(Kind.ACCOUNT, start, end) if is_usual or adjacent == "account" else None


def _is_account_shape(groups: Sequence[Group]) -> bool:
    lengths = {len(group.digits) for group in groups}
    return len(groups) == 1 or lengths == {3} or len(groups) >= _DICTATED


def _is_phone_shape(groups: Sequence[Group]) -> bool:
    lengths = tuple(len(group.digits) for group in groups)
    if lengths[0] == 1 and groups[0].digits == "1" and len(lengths) > 1 and sum(lengths) == 11:
        lengths = lengths[1:]
    return lengths not in ((4, 4, 2), (4, 3, 3), (2, 4, 4), (5, 5))


def _is_part_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether letters are glued to it, as in a serial or an order number (`SN123456789`, `CMD-123`)."""
    glued = re.search(r"[^\W\d_](?:[-_/])?$", text[max(0, start - 2) : start])
    return glued is not None or re.match(r"[-_]?[^\W\d_]", text[end : end + 2]) is not None


@cache
def _security_code() -> re.Pattern[str]:
    words = "|".join(f"(?:{cue})" for cue in cues()["security_code"])
    return re.compile(
        rf"\b(?:{words})\b[\s:=#(]*(?:(?:est|is|le|the|de|c[\u2019']est)\s+){{0,3}}(\d{{3,4}})\b",
        re.IGNORECASE,
    )


def _security_codes(text: str) -> Iterator[Found]:
    for found in _security_code().finditer(text):
        yield Found(Kind.CARD, *found.span(1))

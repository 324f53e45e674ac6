"""Payment cards beyond their check digit: several readings, slips of the finger, security codes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from gateway.masking.cue import Cue
from gateway.masking.groups import Found, Group
from gateway.masking.spans import Kind
from gateway.masking.spoken import cues

_NEAR = 40  # characters between "card" and a number that may be one
_WITH_WORDS = range(13, 25)  # a card, and what was typed right behind it
_SHAPES = {(4, 4, 4, 4): "23456", (4, 6, 5): "3", (4, 6, 4): "3", (16,): "45"}
_EXPIRY = r"(?:0?[1-9]|1[0-2])\s?[-/]?\s?(?:20)?[2-4]\d"
_AFTER_EXPIRY = re.compile(
    rf"\D{{1,20}}{_EXPIRY}(?:\s|,|;|/|-){{1,3}}(\d{{3,4}})(?!\d|[.,]\d|\s?[$%:h])", re.IGNORECASE
)


def is_card_with_a_slip(
    groups: Sequence[Group], digits: str, cue: Callable[[], Cue | None], *, is_whole: bool
) -> bool:
    """Whether a number that isn't a card's was meant to be one; `cue` is only asked when it matters."""
    is_shaped = _is_shaped(groups, digits, is_whole=is_whole)
    is_long = len(digits) in _WITH_WORDS and (len(groups) == 1 or is_whole)
    if not (is_shaped or is_long):
        return False
    said = cue()
    if said is not None and said.kind == "card":
        return said.distance < _NEAR
    return is_shaped and (said is None or said.kind not in ("reference", "device"))


def _is_shaped(groups: Sequence[Group], digits: str, *, is_whole: bool) -> bool:
    if len(groups) <= 4:
        return digits[0] in _SHAPES.get(tuple(len(group.digits) for group in groups), "")
    is_read_out = is_whole and len(digits) == 16 and len({len(group.digits) for group in groups}) == 1
    return is_read_out and digits[0] in _SHAPES[(16,)]


def has_card_shape(groups: Sequence[Group]) -> bool:
    """Whether digits stand in the groups that are printed on cards."""
    return len(groups) == 1 or tuple(len(group.digits) for group in groups) in _SHAPES


@cache
def _announced() -> re.Pattern[str]:
    words = "|".join(f"(?:{cue})" for cue in cues()["security_code"])
    return re.compile(
        rf"\b(?:{words})[\s:=#(]*(?:(?:est|is|are|sont|le|the|de|c[\u2019']est)\s+){{0,3}}(\d{{3,4}})(?!\d)",
        re.IGNORECASE,
    )


@cache
def _behind() -> re.Pattern[str]:
    words = "|".join(cues()["security_code_behind_a_card"])
    return re.compile(rf"[^\n]{{0,{_NEAR}}}?\b(?:{words})\b\D{{1,20}}(\d{{3,4}})(?!\d)", re.IGNORECASE)


def find_security_codes(text: str, cards: Iterable[Found]) -> Iterator[Found]:
    """Where security codes stand: behind the words for one, or behind a card and its expiry date."""
    yield from (Found(Kind.CARD, *found.span(1)) for found in _announced().finditer(text))
    for card in cards:
        for pattern in (_AFTER_EXPIRY, _behind()):
            found = pattern.match(text, card.end)
            if found is not None:
                yield Found(Kind.CARD, *found.span(1))

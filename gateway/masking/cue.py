"""Which kind of number a number is, from the words around it: the nearest word that says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gateway.masking.spoken import cues

KINDS = ("sin", "card", "account", "phone", "device", "reference")
BEFORE, AFTER = 70, 30  # characters looked at on each side
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[A-ZÀ-Ý0-9])|\n\s*\n")
_LINK = re.compile(
    r"[\s:#=,(\-–—\u00ab\"\u201c]*(?:(?:num[\u00e9e]ros?|num|n[o°º]s?|number|est|is|was|c[\u2019']est|it[\u2019']s|s|suivant|following|"
    r"le|la|the|de|of|d[\u2019']|svp|voici|here|client(?:e)?|qui|est le|that|reads?|=|euh|uh|um|:|#)"
    r"[\s:#=.,(\-–]*){0,6}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """A word near a number; `is_adjacent` when nothing but link words stands between."""

    kind: str
    distance: int
    is_adjacent: bool


@cache
def _pattern() -> re.Pattern[str]:
    groups = [rf"(?P<{kind}>{'|'.join(f'(?:{cue})' for cue in cues()[kind])})" for kind in KINDS]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W_])", re.IGNORECASE)


@cache
def _negated() -> re.Pattern[str]:
    words = "|".join(cues()["negations"])
    articles = r"(?:mon|ma|mes|le|la|un|une|de|d[\u2019']|du|my|the|a|an|your|votre|num[\u00e9e]ro|number|of)"
    return re.compile(rf"\b(?:{words})\s+(?:{articles}[\s\u2019']*){{0,4}}$", re.IGNORECASE)


def nearest_cue(text: str, start: int, end: int) -> Cue | None:
    """The cue for the number at `text[start:end]`: the last one before it, else the first one just after."""
    before = _SENTENCE_END.split(text[max(0, start - BEFORE) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + AFTER])[0]
    return next(_cues_before(before), None) or next(_cues_after(after), None)


def is_near(kind: str, text: str, start: int, end: int) -> bool:
    """Whether a word of this kind stands near the number, in another sentence or farther than others too."""
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    return any(cue.kind == kind for cue in (*_cues_before(before), *_cues_after(after)))


def _cues_before(before: str) -> Iterator[Cue]:
    for found in reversed(list(_pattern().finditer(before))):
        if not _negated().search(before[: found.start()]):
            between = before[found.end() :]
            yield Cue(str(found.lastgroup), len(between), _LINK.fullmatch(between) is not None)


def _cues_after(after: str) -> Iterator[Cue]:
    for found in _pattern().finditer(after):
        if not _negated().search(after[: found.start()]):
            yield Cue(str(found.lastgroup), found.start(), False)

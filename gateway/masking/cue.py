"""Which kind of number a number is, from the words around it: the nearest word that says so."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from gateway.masking.spoken import cues

KINDS = ("sin", "card", "account", "phone", "device", "reference")
BEFORE, AFTER = 70, 45  # characters looked at on each side
_NEGATED = 40  # characters before a word in which a negation makes it say nothing
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[A-ZÀ-Ý0-9])|\n\s*\n")
_DIVIDED = re.compile(r"[,.;!?\n]")


@dataclass(frozen=True)
class Cue:
    """A word near a number; `is_adjacent` when it comes before and nothing but link words stands between."""

    kind: str
    distance: int
    is_before: bool
    is_adjacent: bool


@dataclass(frozen=True)
class _Said:
    """A word that says a kind, where it stands."""

    kind: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    words = {kind: [cue.replace(" ", r"[\s\-]") for cue in cues()[kind]] for kind in KINDS}
    groups = [rf"(?P<{kind}>{'|'.join(f'(?:{word})' for word in words[kind])})" for kind in KINDS]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W\d_])", re.IGNORECASE)


@cache
def _negated() -> re.Pattern[str]:
    words = "|".join(cues()["negations"])
    articles = r"(?:mon|ma|mes|le|la|un|une|de|d[\u2019']|du|my|the|a|an|your|votre|num[\u00e9e]ro|number|of)"
    return re.compile(rf"\b(?:{words})\s+(?:{articles}[\s\u2019']*){{0,4}}$", re.IGNORECASE)


@cache
def _link() -> re.Pattern[str]:
    words = "|".join(cues()["links"])
    return re.compile(
        rf"[\s:#=>,(\-–—\u00ab\"\u201c]*(?:(?:{words}|:|#)[\s:#=.,(\-–]*){{0,6}}", re.IGNORECASE
    )


class Surroundings:
    """The words of a text that say what its numbers are; read once, and only when a number asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _said(self) -> list[_Said]:
        return [
            _Said(str(found.lastgroup), *found.span())
            for found in _pattern().finditer(self._text)
            if not _negated().search(self._text[max(0, found.start() - _NEGATED) : found.start()])
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [said.start for said in self._said]

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.end() for found in _SENTENCE_END.finditer(self._text)]

    def nearest(self, start: int, end: int) -> Cue | None:
        """The cue for the number at `text[start:end]`: the last one before it, else the first one after."""
        place = bisect_left(self._breaks, start)
        opened = self._breaks[place - 1] if place else 0
        said = next(self._before(start), None)
        if said is not None and said.start >= opened:
            is_adjacent = _link().fullmatch(self._text, said.end, start) is not None
            return Cue(said.kind, start - said.end, is_before=True, is_adjacent=is_adjacent)
        following = next(self._after(end), None)
        place = bisect_right(self._breaks, end)
        closed = self._breaks[place] if place < len(self._breaks) else len(self._text)
        if following is None or following.start >= closed:
            return None
        return Cue(following.kind, following.start - end, is_before=False, is_adjacent=False)

    def is_near(self, kind: str, start: int, end: int) -> bool:
        """Whether a word of this kind stands near the number, in another sentence or farther than others."""
        return any(said.kind == kind for said in (*self._before(start), *self._after(end)))

    def is_in_one_breath(self, kind: str, start: int) -> bool:
        """Whether a word of this kind stands before the number without a stop or another number between."""
        return any(
            said.kind == kind
            and _DIVIDED.search(self._text, said.end, start) is None
            and not any(character.isdigit() for character in self._text[said.end : start])
            for said in self._before(start)
        )

    def _before(self, start: int) -> Iterator[_Said]:
        for place in range(bisect_left(self._starts, start) - 1, -1, -1):
            said = self._said[place]
            if said.start < start - BEFORE:
                return
            if said.end <= start:
                yield said

    def _after(self, end: int) -> Iterator[_Said]:
        for place in range(bisect_left(self._starts, end), len(self._said)):
            said = self._said[place]
            if said.end > end + AFTER:
                return
            yield said

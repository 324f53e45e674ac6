"""A customer's text without accents, capitals and typography, each character knowing where it came from."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’‘ʼ`´′"
_DASHES = "-‐‑‒–—―−"
_DROPPED = {"Mn", "Me", "Cf"}  # accents, joiners, soft hyphens
_BLANK = {"Cc", "Co", "Cs", "Cn", "No", "Zs", "Zl", "Zp"}


@dataclass(frozen=True)
class Canonical:
    """A text to search; character i of `text` was read between `starts[i]` and `ends[i]` of `source`."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the (non-empty) slice stands in the source."""
        return self.starts[start], self.ends[end - 1]

    def original(self, start: int, end: int) -> str:
        """The slice as the customer wrote it."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        return self.source[first:last]


class Builder:
    """Puts a canonical text together piece by piece."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._text: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, piece: str, start: int, end: int) -> None:
        """Append `piece`, all of which stands for that slice of the source."""
        self._text.append(piece)
        self._starts += [start] * len(piece)
        self._ends += [end] * len(piece)

    def copy(self, old: Canonical, start: int, end: int) -> None:
        """Append a slice of another canonical text of the same source."""
        self._text.append(old.text[start:end])
        self._starts += old.starts[start:end]
        self._ends += old.ends[start:end]

    def build(self) -> Canonical:
        """The whole."""
        return Canonical(self._source, "".join(self._text), tuple(self._starts), tuple(self._ends))


def fold_text(text: str) -> Canonical:
    """Lower case, no accents, ASCII digits, plain apostrophes, dashes and single spaces."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    previous = " "
    for index, character in enumerate(text):
        piece = _fold_character(character)
        if not piece:  # an accent of its own belongs to the letter before it
            if ends and ends[-1] == index:
                ends[-1] = index + 1
            continue
        if piece == " " and previous == " ":
            continue
        pieces.append(piece)
        starts += [index] * len(piece)
        ends += [index + 1] * len(piece)
        previous = piece
    return Canonical(text, "".join(pieces), tuple(starts), tuple(ends))


def fold(text: str) -> str:
    """The folded text alone."""
    return fold_text(text).text


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES:
        return "-"
    if character == "\n":  # a new line ends what is on it
        return ";"
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    if category in _BLANK:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKD", character).lower()
    kept = "".join(c for c in plain if unicodedata.category(c) not in _DROPPED | _BLANK)
    return {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o"}.get(kept, kept) or " "

"""Digits that stand together, and the numbers that they make."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.masking.spans import Kind


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


@dataclass(frozen=True)
class Candidate:
    """What groups `first` to `last` of a chain may be; sure with a card's check digit, or behind "SIN"."""

    first: int
    last: int
    found: Found
    is_sure: bool

    def overlaps(self, other: "Candidate") -> bool:
        """Whether they share a group."""
        return self.first <= other.last and other.first <= self.last

    def joined(self, other: "Candidate") -> "Candidate":
        """Both as one, of this one's class."""
        start, end = min(self.found.start, other.found.start), max(self.found.end, other.found.end)
        first, last = min(self.first, other.first), max(self.last, other.last)
        return Candidate(first, last, Found(self.found.kind, start, end), self.is_sure)


def are_alike(text: str, groups: Sequence[Group]) -> bool:
    """Whether the same stands between all groups, as when somebody reads one number out in parts."""
    gaps = {text[groups[n].end : groups[n + 1].start] for n in range(len(groups) - 1)}
    return {gap.strip() for gap in gaps} in ({""}, {"-"})

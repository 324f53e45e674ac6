"""What masking finds: where it stands, and of which class it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The classes of what is hidden; those of NEVER_STORED are hidden before a message is kept anywhere."""

    CARD = "card"
    SIN = "sin"
    ACCOUNT = "account"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"


NEVER_STORED = frozenset({Kind.CARD, Kind.SIN})


@dataclass(frozen=True, order=True)
class Span:
    """`text[start:end]` is a value of this class."""

    start: int
    end: int
    kind: Kind

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans in the order of the text; of two that overlap, the one given first stays."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept)


def replace_spans(text: str, spans: Iterable[Span], labels: Mapping[str, str]) -> str:
    """The text with each span's label (by class) in its place; `spans` in the order of the text."""
    parts, position = [], 0
    for span in spans:
        parts += [text[position : span.start], labels[span.kind]]
        position = span.end
    return "".join([*parts, text[position:]])

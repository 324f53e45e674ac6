"""The one way to ask what is personal in a text, and to hide it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.masking.emails import find_emails
from gateway.masking.numbers import find_numbers
from gateway.masking.places import find_addresses, find_postal_codes
from gateway.masking.spans import NEVER_STORED, Kind, Span, replace_spans, without_overlaps
from gateway.masking.spoken import read_spoken


@dataclass(frozen=True)
class Known:
    """What belongs to the company and is nobody's secret: ten-digit telephone numbers, e-mail addresses."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()
_UNNAMED: Mapping[str, str] = dict.fromkeys(NEVER_STORED, "***")
_FIRST = (Kind.CARD, Kind.SIN, Kind.EMAIL, Kind.ACCOUNT, Kind.PHONE, Kind.ADDRESS, Kind.POSTAL_CODE)


def find_spans(text: str, known: Known = NOTHING_KNOWN) -> list[Span]:
    """Everything personal in a text of either language, in order and without overlaps."""
    found = sorted(_all(text, known), key=lambda span: (_FIRST.index(span.kind), span.start - span.end))
    return without_overlaps(found)


def find_never_stored(text: str) -> list[Span]:
    """What must not be kept anywhere: card and social insurance numbers."""
    return [span for span in find_spans(text) if span.kind in NEVER_STORED]


def without_never_stored(text: str, labels: Mapping[str, str] = _UNNAMED) -> str:
    """The text with what must not be kept hidden, under its class's label or a sign of no language."""
    return replace_spans(text, find_never_stored(text), labels)


def mask_text(text: str, labels: Mapping[str, str], known: Known = NOTHING_KNOWN) -> str:
    """The text with everything personal replaced by its class's label."""
    return replace_spans(text, find_spans(text, known), labels)


def _all(text: str, known: Known) -> Iterator[Span]:
    for start, end in find_emails(text, known.emails):
        yield Span(start, end, Kind.EMAIL)
    canonical = read_spoken(text)
    for found in find_numbers(canonical.text, known.phones):
        if found.kind is not None:
            yield Span(*canonical.span(found.start, found.end), found.kind)
    for start, end in find_addresses(text):
        yield Span(start, end, Kind.ADDRESS)
    for start, end in find_postal_codes(text):
        yield Span(start, end, Kind.POSTAL_CODE)

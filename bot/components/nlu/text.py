"""Makes one spelling of a message out of the many a keyboard can produce, and keeps where each letter stood.

Everything after this step (language, tokens, features, entities) reads the normalised text; the offsets
lead back to what the customer typed, so that an entity is always a slice of the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_REPLACED = str.maketrans(
    {
        "\u2019": "'",  # the apostrophe of phones and word processors
        "\u2018": "'",
        "\u02bc": "'",
        "\u00b4": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u0153": "oe",
        "\u0152": "Oe",
        "\u00e6": "ae",
        "\u00c6": "Ae",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
    }
)


# Most messages need nothing done: printable ASCII and Latin letters with single spaces between words.
_PLAIN_WORD = r"[!-_a-~À-ÅÇ-åç-ÿ]+"
_ALREADY_NORMAL = re.compile(rf"{_PLAIN_WORD}(?: {_PLAIN_WORD})*")


@dataclass(frozen=True)
class NormalisedText:
    """A normalised text, and for each of its characters the index of the original one it came from."""

    text: str
    offsets: tuple[int, ...]
    original: str

    def fingerprint(self) -> str:
        """What Rasa hashes for its cache: the offsets follow from the text."""
        return self.original

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original text that a half-open span of the normalised one came from."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return at, at
        after = (at for at in self.offsets[end:] if at > self.offsets[end - 1])  # a ligature is never cut
        return self.offsets[start], next(after, len(self.original))


def normalise(text: str) -> NormalisedText:
    """NFC, one apostrophe, one hyphen, no ligatures, single plain spaces, nothing invisible."""
    if _ALREADY_NORMAL.fullmatch(text):
        return NormalisedText(text, tuple(range(len(text))), text)
    characters: list[str] = []
    offsets: list[int] = []
    for at, cluster in _clusters(text):
        for character in _plain(cluster):
            if character == " " and (not characters or characters[-1] == " "):
                continue
            characters.append(character)
            offsets.append(at)
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return NormalisedText("".join(characters), tuple(offsets), text)


def fold(text: str) -> str:
    """Lower case without accents: what n-gram features are counted on, as many customers type no accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each visible character with the combining marks that follow it, and where it starts."""
    start, cluster = 0, ""
    for at, character in enumerate(text):
        if _is_invisible(character):
            continue
        if cluster and unicodedata.combining(character):
            cluster += character
            continue
        if cluster:
            yield start, cluster
        start, cluster = at, character
    if cluster:
        yield start, cluster


@lru_cache(maxsize=8192)
def _plain(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster).translate(_REPLACED)
    if len(composed) > 1:  # what stood behind a ligature belongs to its last letter
        composed = unicodedata.normalize("NFC", composed)
    return "".join(" " if _is_space(character) else character for character in composed)


def _is_space(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Zs"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs") and not character.isspace()

"""A spoken answer is heard once: short, and nothing in it that a voice can't say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Field, Loaded

MAX_SENTENCES = 3
MAX_CHARACTERS = 350

_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_UNSAID = {
    "markup": re.compile(r"\]\(|\*\*|^- |[<>`#_]", re.MULTILINE),
    "a web address": re.compile(r"https?:|www\.", re.IGNORECASE),
    "an e-mail address in signs": re.compile(r"@"),
    "digits; write the words, or the fact's spoken form": re.compile(r"\d"),
    "brackets": re.compile(r"[()]"),
}
# Who listens can't look, click or write.
_FOR_THE_EYE = {
    "fr": re.compile(
        r"\bci-dess(?:ous|us)\b|\bcliqu\w+|\bboutons?\b|\b(?:copiez|tapez)\b"
        r"|\bécrivez\b(?!-nous| à | au )",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bbelow\b|\babove\b(?! zero)|\bclick\w*|\bbuttons?\b|\bcopy it\b|\btype (?:it|your|the|in)\b"
        r"|\bwrite\b(?! to | us )",
        re.IGNORECASE,
    ),
}


def spoken(loaded: Loaded) -> Iterator[Fault]:
    """Yield spoken texts that are too long or hold what can't be read aloud."""
    for field in loaded.fields():
        if field.name == "spoken":
            yield from _spoken(field, loaded.rendered(field, "spoken"))


def words_for_the_eye(said: str, language: str) -> list[str]:
    """Return the words of a text to be heard that only who reads could follow."""
    return [found.group() for found in _FOR_THE_EYE[language].finditer(said)]


def _spoken(field: Field, said: str) -> Iterator[Fault]:
    sentences = len(_SENTENCE_END.findall(said.strip()))
    if sentences > MAX_SENTENCES:
        yield field.fault(f"{sentences} sentences; {MAX_SENTENCES} is the most a caller can follow")
    if len(said) > MAX_CHARACTERS:
        yield field.fault(f"{len(said)} characters; {MAX_CHARACTERS} is the most a caller can follow")
    for what, pattern in _UNSAID.items():
        if pattern.search(said):
            yield field.fault(f"has {what}")
    for word in words_for_the_eye(said, field.language):
        yield field.fault(f"« {word} »: who listens can’t look, click or write")

"""Hides what is personal in a text for logs and traces: long numbers, e-mail addresses, postal codes."""

import re
from collections.abc import Iterator

from bot.entities.emails import FAULT, find_emails
from bot.entities.entity import Language
from bot.entities.postal import find_postal_codes
from bot.entities.spoken import spoken_numbers
from bot.entities.text import Canonical, fold_text

_HIDDEN = "***"
_SHORTEST = 7  # digits; a telephone number without its area code
_RUN = re.compile(r"(?:\+ ?)?\(?\d(?:[ ().,;:/_-]{0,3}\d)*")
_MONEY = r"\$? ?(?:\d{1,3}(?:[ ,]\d{3})+|\d{1,6})(?:[.,]\d\d)?"
_DAY = r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d"
_HARMLESS = re.compile(rf"{_MONEY}[.,]\d\d|{_DAY}")
_Hidden = tuple[int, int, str]  # start, end, what stands there instead


def mask_email(address: str) -> str:
    """`marie@example.ca` as `m***@example.ca`; what is no address is hidden whole."""
    name, _, domain = address.rpartition("@")
    return f"{name[0]}{_HIDDEN}@{domain}" if name and domain else _HIDDEN


def mask_text(text: str, language: Language) -> str:
    """The text without account, insurance, card and telephone numbers, e-mail addresses, postal codes."""
    folded = fold_text(text)
    spoken = spoken_numbers(folded, language)
    hidden = [*_emails(folded, spoken, language), *_postal_codes(spoken, language), *_numbers(spoken)]
    masked, position = [], 0
    for start, end, instead in sorted(hidden):
        if end <= position:
            continue
        if start >= position:
            masked += [text[position:start], instead]
        position = end
    return "".join([*masked, text[position:]])


def _emails(folded: Canonical, spoken: Canonical, language: Language) -> Iterator[_Hidden]:
    for canonical, found in find_emails(folded, spoken, language, asked=True):
        if found.fault != FAULT or "@" in canonical.text[found.start : found.end]:
            yield *canonical.span(found.start, found.end), mask_email(found.value or "")


def _postal_codes(spoken: Canonical, language: Language) -> Iterator[_Hidden]:
    for found in find_postal_codes(spoken.text, language, asked=False):
        yield *spoken.span(found.start, found.end), _HIDDEN


def _numbers(spoken: Canonical) -> Iterator[_Hidden]:
    for run in _RUN.finditer(spoken.text):
        digits = sum(character.isdigit() for character in run.group())
        if digits >= _SHORTEST and not _HARMLESS.fullmatch(run.group()):
            yield *spoken.span(*run.span()), _HIDDEN

"""How a telephone says what is written: SSML for numbers, dates, amounts, e-mail; the rest as it stands.

While a text is written, each value that needs a mark leaves a placeholder in it; then two texts are made
of it: one to be kept and read, one to be spoken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from babel import Locale

from faq import Content
from faq.patterns import PHONE, digits

LOCALES = {"fr": "fr_CA", "en": "en_CA"}
Say = Callable[[str, Mapping[str, Any]], str]
Phones = Mapping[str, str]  # the number to dial, by how it is read aloud

# Private-use characters: no text and no customer's words hold them, as `clean` sees to.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_SIGNS = {".": "dot", "-": "dash", "_": "underscore", "+": "plus"}  # of e-mail addresses
_SIGN = re.compile(r"([-._+])")
_PAUSE = '<break time="350ms"/>'


@dataclass
class Marks:
    """The values of one text that are said otherwise than they are written."""

    values: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, text: str, ssml: str) -> str:
        """What stands for the value in the text."""
        self.values.append((text, ssml))
        return f"{_OPEN}{len(self.values) - 1}{_CLOSE}"

    def text(self, marked: str) -> str:
        """The text as it is written."""
        return _PLACEHOLDER.sub(lambda found: self.values[int(found[1])][0], marked)

    def ssml(self, marked: str, phones: Phones) -> str:
        """The text as it is spoken: all escaped but our own marks; telephone numbers are marked too."""
        parts = _PLACEHOLDER.split(marked)
        return "".join(
            self.values[int(part)][1] if place % 2 else _with_phones(part, phones)
            for place, part in enumerate(parts)
        )


def clean(text: str) -> str:
    """The text without characters that could be taken for placeholders."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def phones_of(content: Content, language: str) -> dict[str, str]:
    """The telephone numbers among the facts, by how they are read aloud."""
    facts = (fact for fact in content.facts.values() if fact.kind == "phone")
    return {fact.texts[language].spoken: digits(str(fact.value)) for fact in facts}


def ssml_of_value(kind: str, value: Any, text: str, say: Say, language: str) -> str | None:
    """The marks of a typed value, or None for a kind that is read as it is written."""
    make = _KINDS.get(kind)
    return None if make is None else make(value, text, say, language)


def _with_phones(text: str, phones: Phones) -> str:
    pattern = re.compile("|".join([*map(re.escape, sorted(phones, key=len, reverse=True)), PHONE.pattern]))
    shown, end = [], 0
    for found in pattern.finditer(text):
        number = phones.get(found.group()) or digits(found.group())
        dialled = "-".join(
            part for part in (number[:-10], number[-10:-7], number[-7:-4], number[-4:]) if part
        )
        said = f'<say-as interpret-as="telephone">{dialled}</say-as>'
        shown += [escape(text[end : found.start()]), said]
        end = found.end()
    return "".join([*shown, escape(text[end:])])


def _alias(words: str, text: str) -> str:
    return f"<sub alias={quoteattr(words)}>{escape(text)}</sub>"


def _amount(cents: int, text: str, say: Say, language: str) -> str:
    return _alias(amount_in_words(cents, say, language), text)


def amount_in_words(cents: int, say: Say, language: str) -> str:
    """An amount as people say it: dollars, then cents if there are any."""
    whole, rest = divmod(abs(cents), 100)
    parts = [("dollars", whole)] if whole or not rest else []
    parts += [("cents", rest)] if rest else []
    said = [
        say(f"phrase_said_{unit}_{_plural(count, language)}", {"count": str(count)}) for unit, count in parts
    ]
    words = say("phrase_said_amount", {"dollars": said[0], "cents": said[1]}) if len(said) > 1 else said[0]
    return say("phrase_said_minus", {"amount": words}) if cents < 0 else words


def _plural(count: int, language: str) -> str:
    return "one" if Locale.parse(LOCALES[language]).plural_form(count) == "one" else "many"


def _date(iso: str, _text: str, _say: Say, _language: str) -> str:
    day = date.fromisoformat(iso)
    return f'<say-as interpret-as="date" format="dmy">{day:%d-%m-%Y}</say-as>'


def _digits(size: int) -> Callable[[str, str, Say, str], str]:
    def make(number: str, _text: str, _say: Say, _language: str) -> str:
        groups = [number[start : start + size] for start in range(0, len(number), size)]
        return _PAUSE.join(f'<say-as interpret-as="digits">{escape(group)}</say-as>' for group in groups)

    return make


def _slow_digits(number: str, text: str, say: Say, language: str) -> str:
    return f'<prosody rate="slow">{_digits(4)(number, text, say, language)}</prosody>'


def _email(address: str, text: str, say: Say, _language: str) -> str | None:
    name, at, domain = address.partition("@")
    if not at:
        return None
    place = domain.replace(".", f" {say('phrase_said_dot', {})} ")
    if "*" in name:
        return _alias(say("phrase_said_masked_email", {"start": name.split("*")[0], "domain": place}), text)
    return _alias(say("phrase_said_email", {"name": name, "domain": place}), text)


def _spelled(text: str, shown: str, say: Say, language: str) -> str:
    name, at, domain = text.partition("@")
    if not at:
        return _PAUSE.join(_characters(part) for part in text.split())
    signs = {sign: say(f"phrase_said_{word}", {}) for sign, word in _SIGNS.items()}
    parts = [escape(signs.get(part, "")) or _characters(part) for part in _SIGN.split(name) if part]
    place = domain.replace(".", f" {signs['.']} ")
    return f"{' '.join(parts)}{_PAUSE}{say('phrase_said_at', {})} {escape(place)}"


def _characters(text: str) -> str:
    return f'<say-as interpret-as="characters">{escape(text)}</say-as>'


_KINDS: dict[str, Callable[[Any, str, Say, str], str | None]] = {
    "cents": _amount,
    "date": _date,
    "account": _digits(3),
    "number": _slow_digits,
    "email": _email,
    "spelled": _spelled,
}

"""Writes typed values (amounts, dates, numbers, lists ...) as people of each language read or hear them.

A value is JSON: text, a whole number, or an object whose one key names its kind, such as {"cents": 5230}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from bot.words.errors import WordingError
from bot.words.speech import Marks, clean, ssml_of_value
from faq import LANGUAGES
from faq.model import VOICE

CURRENCY = "CAD"
LOCALES = {"fr": "fr_CA", "en": "en_CA"}
_DATES = {("fr", "web"): "EEEE d MMMM y", ("fr", VOICE): "d MMMM y"}
_DATES |= {("en", "web"): "EEEE, MMMM d, y", ("en", VOICE): "MMMM d, y"}
_FIRST_OF_THE_MONTH = re.compile(r"\b1(?= )")
_HARD_SPACE = "\u00a0"
_JOINER = "\u2060"  # invisible; what stands on its two sides is no longer markup
_MARKUP = re.compile(r"(?<=\])(?=\()|(?<=\*)(?=\*)")
_SENTENCE_ENDS = (".", "!", "?", "…")


def _no_texts(key: str, values: Mapping[str, Any]) -> str:
    raise WordingError(f"no texts to write {key} with")


@dataclass(frozen=True)
class Manner:
    """How to write: in which language, for which channel (`web` or `voice`), and how texts by key are said.

    `guarded` keeps what customers typed from being read as markup; `marks` takes what is said otherwise
    than it is written.
    """

    language: str
    channel: str = "web"
    say: Callable[[str, Mapping[str, Any]], str] = _no_texts
    guarded: bool = False
    marks: Marks | None = None


def written(value: Any, manner: Manner) -> str:
    """The value in words; WordingError for a kind that isn't known or a value that isn't of its kind."""
    if isinstance(value, str):
        line = clean(" ".join(re.split(r"\s*\n\s*", value)))
        return _MARKUP.sub(_JOINER, line) if manner.guarded else line
    if isinstance(value, int) and not isinstance(value, bool):
        return str(format_decimal(value, locale=LOCALES[manner.language]))
    if not isinstance(value, Mapping):
        raise WordingError(f"a {type(value).__name__} is not a value")
    if "key" in value:
        return manner.say(str(value["key"]), value.get("values") or {})
    if value and set(value) <= set(LANGUAGES):
        return written(value.get(manner.language) or next(iter(value.values())), manner)
    return _of_kind(value, manner)


def _of_kind(value: Mapping[str, Any], manner: Manner) -> str:
    kind = str(next(iter(value))) if len(value) == 1 else ""
    if kind not in _KINDS:
        raise WordingError(f"no such kind of value: {', '.join(sorted(map(str, value))) or 'empty'}")
    try:
        text = _KINDS[kind](value[kind], manner)
        if manner.marks is None:
            return text
        ssml = ssml_of_value(kind, value[kind], text, manner.say, manner.language)
        return text if ssml is None else manner.marks.keep(text, ssml)
    except WordingError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        raise WordingError(f"not a good value of the kind {kind}") from None


def _money(cents: Any, manner: Manner) -> str:
    if not isinstance(cents, int) or isinstance(cents, bool):
        raise WordingError("cents must be a whole number")
    return str(format_currency(Decimal(cents) / 100, CURRENCY, locale=LOCALES[manner.language]))


def _date(iso: str, manner: Manner) -> str:
    day = date.fromisoformat(iso)
    pattern = _DATES[manner.language, VOICE if manner.channel == VOICE else "web"]
    text = str(format_date(day, pattern, locale=LOCALES[manner.language]))
    first = manner.language == "fr" and day.day == 1
    return _FIRST_OF_THE_MONTH.sub("1er", text, count=1) if first else text


def _grouped(size: int) -> Callable[[str, Manner], str]:
    """Digits in groups, as people read them out; on the telephone one by one, with a pause between groups."""

    def write(number: str, manner: Manner) -> str:
        groups = [number[start : start + size] for start in range(0, len(number), size)]
        if manner.channel == VOICE:
            return ", ".join(" ".join(group) for group in groups)
        return _HARD_SPACE.join(groups)

    return write


def _spelled(text: str, manner: Manner) -> str:
    """A postal code sign by sign on the telephone; an e-mail address as it is, in whatever way it is said."""
    if manner.channel != VOICE or "@" in text:
        return written(text, manner)
    return ", ".join(" ".join(part) for part in text.split())


def _address(address: Mapping[str, str], manner: Manner) -> str:
    """On one line, as Canada Post orders it; spoken, the province in words, the code sign by sign."""
    code, province = address["postal_code"].upper().replace(" ", ""), address["province"]
    if manner.channel == VOICE:
        spelt = ", ".join(" ".join(part) for part in (code[:3], code[3:]) if part)
        town = f"{address['city']}, {manner.say(f'phrase_said_{province.lower()}', {})}, {spelt}"
    else:
        town = f"{address['city']} {province} {code[:3]}{_HARD_SPACE}{code[3:]}"
    lines = (address["line1"], address.get("line2"), town)
    return ", ".join(written(line, manner) for line in lines if line)


def _lines(items: list[Any], manner: Manner) -> str:
    rows = [written(item, manner) for item in items]
    if manner.channel == VOICE:
        return " ".join(row if row.endswith(_SENTENCE_ENDS) else f"{row}." for row in rows)
    return "\n".join(f"- {row}" for row in rows)


def _listed(style: Literal["or", "standard"]) -> Callable[[list[Any], Manner], str]:
    def write(items: list[Any], manner: Manner) -> str:
        rows = [written(item, manner) for item in items]
        return str(format_list(rows, style=style, locale=LOCALES[manner.language]))

    return write


_KINDS: dict[str, Callable[[Any, Manner], str]] = {
    "cents": _money,
    "date": _date,
    "account": _grouped(3),
    "number": _grouped(4),
    "email": written,
    "spelled": _spelled,
    "address": _address,
    "lines": _lines,
    "any": _listed("or"),
    "all": _listed("standard"),
}

"""Amounts of money, in cents: "52,30 $", "$1,200.50", "fifty bucks"; bare numbers when asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.entities.content import in_both, words
from bot.entities.dates.marks import MONTH, WEEKDAY
from bot.entities.entity import Found, Kind, Reading
from bot.entities.patterns import choice, source_of

ZERO, NEGATIVE, APPROXIMATE, FOREIGN = "zero", "negative", "approximate", "currency"
_NUMBER = r"(?:\d{1,3}(?:[ ,.']\d{3})+|\d+)(?:[.,]\d{1,2})?"
_BEFORE, _AFTER = r"(?<![\w.,/:])", r"(?!\d|[.,/:]\d)"
_LONGEST = 12  # characters of a sum that somebody could owe
_SURE, _LIKELY, _ASKED = 6, 3, 2
_LOOK_AROUND = 30


@dataclass(frozen=True)
class _Grammar:
    """The patterns of one language."""

    prefixed: re.Pattern[str]
    suffixed: re.Pattern[str]
    cents_only: re.Pattern[str]
    decimal: re.Pattern[str]
    pair: re.Pattern[str]
    bare: re.Pattern[str]
    minus: re.Pattern[str]
    about_before: re.Pattern[str]
    about_after: re.Pattern[str]
    about_whole: re.Pattern[str]
    announcing: re.Pattern[str]
    foreign: re.Pattern[str]
    not_money: re.Pattern[str]
    small_word: re.Pattern[str]
    counted: re.Pattern[str]


def find_amounts(text: str, language: str, reading: Reading) -> list[Found]:
    """The amounts in a text where numbers are digits; several readings of one place may be among them."""
    if not any(character.isdigit() for character in text) and not _grammar(language).about_whole.search(text):
        return []
    found = [*_with_currency(text, language), *_with_decimals(text, language)]
    found += _pairs(text, language, reading)
    if reading.asked is Kind.AMOUNT:
        found += _bare(text, language)
    return found


def cents_of(number: str) -> int | None:
    """The cents in "1 200,50", "1,200.5" or "52"; None when it is too long for money."""
    if len(number) > _LONGEST:
        return None
    whole, decimals = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", number).groups()  # type: ignore[union-attr]
    units = re.sub(r"\D", "", whole)
    return int(units or 0) * 100 + int((decimals or "").ljust(2, "0") or 0)


def _with_currency(text: str, language: str) -> Iterator[Found]:
    grammar = _grammar(language)
    for match in grammar.about_whole.finditer(text):
        yield Found(Kind.AMOUNT, *match.span(), fault=APPROXIMATE, certainty=_SURE)
    for match in grammar.suffixed.finditer(text):
        yield from _read(text, match, language, _SURE)
    for match in grammar.prefixed.finditer(text):
        yield from _read(text, match, language, _SURE)
    for match in grammar.cents_only.finditer(text):
        yield from _judged(text, match.start(), match.end(), int(match["minor"]), language, _SURE)


def _with_decimals(text: str, language: str) -> Iterator[Found]:
    for match in _grammar(language).decimal.finditer(text):
        if not _grammar(language).not_money.match(text, match.end()):
            yield from _read(text, match, language, _LIKELY)


def _pairs(text: str, language: str, reading: Reading) -> Iterator[Found]:
    """ "52 et 30", "fifty-two thirty": when money was asked for or announced."""
    grammar = _grammar(language)
    for match in grammar.pair.finditer(text):
        window = text[max(0, match.start() - _LOOK_AROUND) : match.start()]
        asked = reading.asked is Kind.AMOUNT
        if (asked or grammar.announcing.search(window)) and not grammar.counted.match(text, match.end()):
            yield from _read(text, match, language, _LIKELY)


def _bare(text: str, language: str) -> Iterator[Found]:
    grammar = _grammar(language)
    for match in grammar.bare.finditer(text):
        if _is_alone(text, match.end(), grammar):
            yield from _read(text, match, language, _ASKED)


def _is_alone(text: str, end: int, grammar: _Grammar) -> bool:
    """Whether what follows is not counted by the number before it."""
    return grammar.small_word.match(text, end) is not None


def _read(text: str, match: re.Match[str], language: str, certainty: int) -> Iterator[Found]:
    parts = match.groupdict()
    cents = cents_of(parts["whole"])
    if cents is None:
        return
    end = match.end()
    if parts.get("minor"):
        if cents % 100 or not _is_minor(text, match, language):
            end = match.start("joint")
        else:
            cents += int(parts["minor"].ljust(2, "0") if parts.get("decimal") else parts["minor"])
    if parts.get("foreign"):
        yield Found(Kind.AMOUNT, match.start(), end, fault=FOREIGN, certainty=certainty)
    else:
        yield from _judged(text, match.start(), end, cents, language, certainty)


def _is_minor(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the number after the currency is cents: "20 $ et 50 cents", "63 dollars et 20"."""
    if match.groupdict().get("cents") or "decimal" in match.groupdict():
        return True
    return _is_alone(text, match.end(), _grammar(language))


def _judged(text: str, start: int, end: int, cents: int, language: str, certainty: int) -> Iterator[Found]:
    """The amount with what the words around it say: negative, about so much, another country's."""
    grammar = _grammar(language)
    before, after = text[max(0, start - _LOOK_AROUND) : start], text[end : end + _LOOK_AROUND]
    fault = None
    if minus := grammar.minus.search(before):
        fault, start = NEGATIVE, start - len(before) + minus.start("sign")
    elif grammar.foreign.match(after):
        fault = FOREIGN
    elif grammar.about_before.search(before) or grammar.about_after.match(after):
        fault = APPROXIMATE
    elif cents == 0:
        fault = ZERO
    yield Found(Kind.AMOUNT, start, end, None if fault else cents, fault=fault, certainty=certainty)


@cache
def _grammar(language: str) -> _Grammar:
    lists = {**words("amounts", language), **words("small_words", language)}
    currency, cents, joint = choice(lists["currency"]), choice(lists["cents"]), choice(lists["and"])
    decimal_word = choice(lists["decimal_words"])
    whole = f"(?P<whole>{_NUMBER})"
    minor = (
        rf"(?P<joint> ?(?:{joint} )?)(?P<minor>\d{{1,2}})(?![\d.,/:]\d|\d| ?{currency})"
        rf"(?: ?(?P<cents>{cents})(?!\w))?"
    )
    place = {"currency": currency, "number": _NUMBER}
    return _Grammar(
        prefixed=re.compile(rf"(?<!\w)(?<!\d )(?:ca|c|cdn|cad ?)?\$ ?(?P<whole>{_NUMBER}|[.,]\d\d){_AFTER}"),
        suffixed=re.compile(
            rf"{_BEFORE}{whole} ?(?:(?P<foreign>{choice(lists['foreign'])})(?: {currency})?|{currency})"
            rf"(?!\w*[a-z])(?:{minor})?"
        ),
        cents_only=re.compile(rf"{_BEFORE}(?P<minor>\d{{1,3}}) ?{cents}(?!\w)"),
        decimal=re.compile(rf"{_BEFORE}(?P<whole>(?:\d{{1,3}}(?:[ ,.']\d{{3}})+|\d+)[.,]\d\d){_AFTER}"),
        pair=re.compile(
            rf"{_BEFORE}(?P<whole>\d{{1,4}})(?P<joint>(?: {joint})? |(?P<decimal> {decimal_word} ))"
            rf"(?P<minor>\d\d?(?<=\d\d)|(?<=[a-z] )\d){_AFTER}"
        ),
        bare=re.compile(rf"(?<![\w.,/:#])(?<!{MONTH} )(?<!{WEEKDAY} ){whole}{_AFTER}"),
        minus=re.compile(rf"(?:^|[ (])(?P<sign>{choice(lists['minus'])} ?\$? ?)$"),
        about_before=re.compile(rf"(?<!\w){choice(lists['about_before'])} ?$"),
        about_after=re.compile(rf"[ -]?{choice(lists['about_after'])}(?!\w)"),
        about_whole=re.compile(
            "|".join(rf"(?<!\w){source_of(t, place)}(?!\w)" for t in lists["about_whole"])
        ),
        announcing=re.compile(rf"(?<!\w){choice(lists['announcing'])}(?: (?:euh|uh|um|la))*[ :,]+$"),
        foreign=re.compile(rf" ?{choice(lists['foreign'])}(?!\w)"),
        not_money=re.compile(rf" ?{choice(lists['not_money'])}(?!\w)"),
        small_word=re.compile(
            rf"$| ?[,.;!?:)](?!\d)|[ ']{choice(lists['words'])}(?!\w)| {WEEKDAY}| \$?\d+[.,]\d\d|'"
        ),
        counted=re.compile(
            rf" ?(?:{choice([*in_both('small_words', 'counted'), *lists['not_money']])}(?!\w)|{MONTH})"
        ),
    )

"""Long numbers in any grouping: an account's nine digits, a receipt's twelve, a telephone's ten."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import phonenumbers

from bot.entities.cards import has_card_number
from bot.entities.content import words
from bot.entities.dates.marks import MONTH
from bot.entities.entity import Found, Kind, Reading
from bot.entities.patterns import choice

ACCOUNT_DIGITS, RECEIPT_DIGITS, PHONE_DIGITS = 9, 12, 10
WRONG_LENGTH, NOT_A_PHONE = "wrong_length", "not_a_phone"
_KINDS = (Kind.ACCOUNT_NUMBER, Kind.RECEIPT_NUMBER, Kind.PHONE)
_EXPECTED = {
    Kind.ACCOUNT_NUMBER: ACCOUNT_DIGITS,
    Kind.RECEIPT_NUMBER: RECEIPT_DIGITS,
    Kind.PHONE: PHONE_DIGITS,
}
# How long a number of another length may be and still be a slip.
_SLIP = {Kind.ACCOUNT_NUMBER: range(6, 13), Kind.RECEIPT_NUMBER: range(8, 17), Kind.PHONE: range(6, 13)}
_GROUPINGS = {
    (3, 3, 3): Kind.ACCOUNT_NUMBER,
    (4, 4, 4): Kind.RECEIPT_NUMBER,
    (3, 3, 3, 3): Kind.RECEIPT_NUMBER,
    (3, 3, 4): Kind.PHONE,
    (1, 3, 3, 4): Kind.PHONE,
}
_CARD_DIGITS, _CARD_GROUP = range(13, 20), 4
_RUN = re.compile(r"(?<![\w.,$/@])(?:\+ ?)?\(?\d+(?:(?:, |[ .()-]{1,3})\d+)*(?![\w/@%]|,\d| ?\$)")
_GROUP = re.compile(r"\d+")
_MONTH_NEXT = re.compile(rf" (?:de )?{MONTH}")
_LOOK_BACK = 30
_SURE, _SLIP_CERTAINTY = 5, 4


@dataclass(frozen=True)
class _Run:
    """Consecutive groups of digits, and which kind of number was announced or asked for."""

    start: int
    groups: Sequence[tuple[int, int]]
    text: str
    expected: Kind | None

    @property
    def digits(self) -> str:
        """All of them."""
        return "".join(self.text[start:end] for start, end in self.groups)

    def part(self, first: int, last: int) -> "_Run":
        """The groups from `first` up to `last`."""
        groups = self.groups[first:last]
        return _Run(self.start if first == 0 else groups[0][0], groups, self.text, self.expected)

    @property
    def end(self) -> int:
        """Where the last digit ends."""
        return self.groups[-1][1]


def find_numbers(text: str, language: str, reading: Reading) -> list[Found]:
    """The account, receipt and telephone numbers in a text where months are signs; never a card's number."""
    found: list[Found] = []
    for start, end in _runs(text, language):
        before = text[max(0, start - _LOOK_BACK) : start]
        announced = _announced(before, language)
        asked = reading.asked if reading.asked in _KINDS else None
        groups = [group.span() for group in _GROUP.finditer(text, start, end)]
        if _MONTH_NEXT.match(text, end):
            groups.pop()
        if groups:
            found += _read(_Run(start, groups, text, announced or asked))
    return found


def _runs(text: str, language: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _RUN.finditer(text))
    yield from (match.span("run") for match in _against(language).finditer(text))


def _read(run: _Run) -> Iterator[Found]:
    digits = run.digits
    in_fours = all(end - start == _CARD_GROUP for start, end in run.groups)
    if len(digits) in _CARD_DIGITS and (in_fours or has_card_number(digits)):
        return
    kind = run.expected
    if kind is not None and len(digits) in _SLIP[kind]:
        yield from _as_expected(run, kind)
        return
    whole = _by_length(run)
    if whole is not None:
        yield whole
        return
    yield from _parts(run)


def _as_expected(run: _Run, kind: Kind) -> Iterator[Found]:
    """The number that was asked for, or what is wrong with it; another number may stand beside it."""
    valid = _valid(run, kind)
    if valid is not None:
        yield valid
        return
    shown = [one for one in _parts(run) if one.kind is kind]
    if shown:
        yield from shown
        return
    fault = NOT_A_PHONE if kind is Kind.PHONE and len(run.digits) == PHONE_DIGITS else WRONG_LENGTH
    yield Found(kind, run.start, run.end, fault=fault, certainty=_SLIP_CERTAINTY)


def _by_length(run: _Run) -> Found | None:
    for kind in _KINDS:
        valid = _valid(run, kind)
        if valid is not None:
            return valid
    return None


def _parts(run: _Run) -> Iterator[Found]:
    """Numbers inside a longer run, when their grouping shows them."""
    first = 0
    while first < len(run.groups):
        found, first = _part_at(run, first)
        if found is not None:
            yield found


def _part_at(run: _Run, first: int) -> tuple[Found | None, int]:
    single = _by_length(run.part(first, first + 1))
    if single is not None:
        return single, first + 1
    for sizes, kind in _GROUPINGS.items():
        part = run.part(first, first + len(sizes))
        if tuple(end - start for start, end in part.groups) == sizes and (valid := _valid(part, kind)):
            return valid, first + len(sizes)
    return None, first + 1


def _valid(run: _Run, kind: Kind) -> Found | None:
    digits = run.digits
    if kind is Kind.PHONE:
        number = _phone(run)
        return Found(kind, run.start, run.end, number, certainty=_SURE) if number else None
    if len(digits) != _EXPECTED[kind] or (kind is Kind.RECEIPT_NUMBER and digits[0] == "0"):
        return None
    return Found(kind, run.groups[0][0], run.end, digits, certainty=_SURE)


def _phone(run: _Run) -> str | None:
    """E.164, or None when nobody can have this number."""
    international = run.text[run.start] == "+"
    length = len(run.digits)
    if not international and length != PHONE_DIGITS and (length != PHONE_DIGITS + 1 or run.digits[0] != "1"):
        return None
    if length > 15:
        return None
    typed = ("+" if international else "") + run.digits
    number = phonenumbers.parse(typed, "CA") if length > 1 else None
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _announced(before: str, language: str) -> Kind | None:
    """The kind that the nearest words before a number name."""
    last = None
    for match in _announcements(language).finditer(before):
        last = match
    return Kind(last.lastgroup) if last and last.lastgroup else None


@cache
def _announcements(language: str) -> re.Pattern[str]:
    lists = words("numbers_announced", language)
    groups = "|".join(rf"(?P<{kind.value}>{choice(lists[kind.value])})" for kind in _KINDS)
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)(?=[^\d.;!?]*\.?[^\d;!?]*$)")


@cache
def _against(language: str) -> re.Pattern[str]:
    """A number written against the word before it."""
    signs = choice(words("numbers_announced", language)["against"])
    return re.compile(rf"(?<!\w){signs}(?P<run>\d+(?:[ .-]\d+)*)(?![\w/@%]|,\d| ?\$)")

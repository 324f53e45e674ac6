"""Dates in figures: 2027-03-01, 15/12/2026, and 03/04/2026, which nobody can read for sure."""

import re
from collections.abc import Iterator
from datetime import date

from bot.entities.dates.calendar import make_day, nearest
from bot.entities.dates.rules import IMPOSSIBLE, Days
from bot.entities.entity import Kind, Reading

_BEFORE, _AFTER = r"(?<![\w$,./-])", r"(?![\w$%/]|[.,:-]\d| ?\$)"
_YEAR_FIRST = re.compile(rf"{_BEFORE}((?:19|20)\d\d) ?([-/.]) ?(\d\d?) ?\2 ?(\d\d?){_AFTER}")
_YEAR_LAST = re.compile(rf"{_BEFORE}(\d\d?) ?([-/.]) ?(\d\d?) ?\2 ?((?:19|20)\d\d){_AFTER}")
_SHORT_YEAR = re.compile(rf"{_BEFORE}(\d\d?)([-/])(\d\d?)\2(\d\d){_AFTER}")
_SPACED = re.compile(rf"{_BEFORE}(\d\d?) (\d\d?) ((?:19|20)\d\d){_AFTER}")
_COMPACT = re.compile(rf"{_BEFORE}(20\d\d)([01]\d)([0-3]\d){_AFTER}")
_NO_YEAR = re.compile(rf"{_BEFORE}(\d\d?)(/)(\d\d?){_AFTER}")
_NO_YEAR_DASHED = re.compile(rf"{_BEFORE}(\d\d?)([-.])(\d\d?){_AFTER}")
_CUE = re.compile(r"(?:^|[^a-z])(?:le|du|au|on|the|dated|date)[ :]+$")
_NEAR_YEARS = 2


def numeric_dates(text: str, reading: Reading) -> Iterator[tuple[int, int, Days]]:
    """Where a date in figures stands, and the days it may mean."""
    asked = reading.asked is Kind.DATE
    for match in _YEAR_FIRST.finditer(text):
        year, _, month, day = match.groups()
        yield *match.span(), _days([make_day(int(year), int(month), int(day))])
    for match in _YEAR_LAST.finditer(text):
        first, _, second, year = match.groups()
        yield *match.span(), _days(_both(int(first), int(second), int(year)))
    for match in _SHORT_YEAR.finditer(text):
        first, _, second, year = match.groups()
        yield *match.span(), _days(_short_year(int(first), int(second), int(year), reading.today))
    for pattern in [_NO_YEAR, _NO_YEAR_DASHED] if asked else [_NO_YEAR]:
        for match in pattern.finditer(text):
            days = _without_year(int(match[1]), int(match[3]), reading)
            # "52.30" is money, "32/13" a date that can't be.
            if (asked or _is_dated(text, match, reading)) and (days.days or match[2] == "/"):
                yield *match.span(), days
    if asked:
        for match in _SPACED.finditer(text):
            yield *match.span(), _days(_both(int(match[1]), int(match[2]), int(match[3])))
        for match in _COMPACT.finditer(text):
            yield *match.span(), _days([make_day(int(match[1]), int(match[2]), int(match[3]))])


def _is_dated(text: str, match: re.Match[str], reading: Reading) -> bool:
    """Whether "5/11" stands where a date would, and not for a fraction or "24/7"."""
    if (match[1], match[3]) == ("24", "7"):
        return False
    padded = match[1].startswith("0") or match[3].startswith("0")
    return padded or reading.direction is not None or bool(_CUE.search(text, 0, match.start()))


def _both(first: int, second: int, year: int) -> list[date | None]:
    return [make_day(year, second, first), make_day(year, first, second)]


def _short_year(first: int, second: int, third: int, today: date) -> list[date | None]:
    days = _both(first, second, 2000 + third)
    if abs(2000 + first - today.year) <= _NEAR_YEARS:
        days.append(make_day(2000 + first, second, third))
    near = [day for day in days if day and abs(day.year - today.year) <= _NEAR_YEARS]
    return [*near] or days


def _without_year(first: int, second: int, reading: Reading) -> Days:
    years = range(reading.today.year - 1, reading.today.year + 3)
    both = [[make_day(y, second, first) for y in years], [make_day(y, first, second) for y in years]]
    return _days([day for days in both for day in nearest(days, reading.today, reading.direction)])


def _days(days: list[date | None]) -> Days:
    known = tuple(sorted({day for day in days if day is not None}))
    return Days(known) if known else Days(fault=IMPOSSIBLE)

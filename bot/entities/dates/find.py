"""Finds the dates of a sentence: phrases, figures, days named from another day; not those in addresses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.entities.dates.context import stands_for_a_day, stands_in_a_place
from bot.entities.dates.grammar import Phrase, matches, named, shifts
from bot.entities.dates.marks import mark_calendar
from bot.entities.dates.numeric import numeric_dates
from bot.entities.dates.rules import RULES, WEEKDAY_MISMATCH, Days, shifted
from bot.entities.dates.said import Said
from bot.entities.dates.tense import is_told_as_past
from bot.entities.entity import Direction, Found, Kind, Reading
from bot.entities.text import Canonical

_ASKED = {"asked_day", "asked_month", "asked_today"}
_BARE = {"asked_day": 1, "asked_month": 1, "asked_today": 1, "day": 4, "vague": 2, "span": 4}
_FIRM = 6
_ARTICLE = 5  # characters, space included
_Dated = tuple[int, int, Days, int]  # start, end, days, certainty


def find_dates(text: Canonical, language: str, reading: Reading) -> tuple[Canonical, list[Found]]:
    """The dates, in the text where months and weekdays are signs (returned too: their places are there)."""
    marked = mark_calendar(text, language)
    dated = _longest(marked, [*_phrased(marked, language, reading), *_in_figures(marked, language, reading)])
    dated = _shifted(marked, dated, language)
    return marked, [_found(one) for one in dated]


def _phrased(text: Canonical, language: str, reading: Reading) -> Iterator[_Dated]:
    for phrase, match in matches(text.text, language):
        if phrase.rule in _ASKED and reading.asked is not Kind.DATE:
            continue
        if not stands_for_a_day(phrase.rule, match, text, language, reading):
            continue
        start, end = _trimmed(match)
        days = _resolve(phrase, named(match, language), _as_told(text, start, language, reading))
        yield start, end, days, _BARE.get(phrase.rule, _FIRM)


def _in_figures(text: Canonical, language: str, reading: Reading) -> Iterator[_Dated]:
    for start, end, days in numeric_dates(text.text, reading):
        if _as_told(text, start, language, reading) is not reading:
            days = dict(_in_the_past(text, reading)).get(start, days)
        if not stands_in_a_place(text.text, start, language):
            yield start, end, days, _FIRM


def _in_the_past(text: Canonical, reading: Reading) -> Iterator[tuple[int, Days]]:
    """The dates in figures by where they stand, looked for before today."""
    for start, _, days in numeric_dates(text.text, replace(reading, direction="past")):
        yield start, days


def _as_told(text: Canonical, start: int, language: str, reading: Reading) -> Reading:
    """How to read a date that stands there: behind today where the words before it tell of the past."""
    is_past = reading.direction == "future" and is_told_as_past(text.text, start, language)
    return replace(reading, direction="past") if is_past else reading


def _resolve(phrase: Phrase, said: Said, reading: Reading) -> Days:
    if phrase.rule[0] in "+-":
        return Days((reading.today + timedelta(days=int(phrase.rule)),))
    days = RULES[phrase.rule](said, reading.today, reading.direction)
    if said.weekday is None or said.day is None or not days.days:
        return days
    return _with_weekday(days.days, said.weekday, reading.today, reading.direction)


def _with_weekday(days: Sequence[date], weekday: int, today: date, direction: Direction | None) -> Days:
    """The days that fall on that weekday; if none does, the contradiction with both of its readings."""
    fitting = tuple(day for day in days if day.weekday() == weekday)
    if fitting:
        return Days(fitting)
    readings = set(days)
    for day in days:
        near = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
        if direction == "future" and near < today <= day:
            near += timedelta(weeks=1)
        elif direction == "past" and near > today >= day:
            near -= timedelta(weeks=1)
        readings.add(near)
    return Days(tuple(sorted(readings)), WEEKDAY_MISMATCH)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    said = match.group()
    return match.start() + len(said) - len(said.lstrip(" ,.-")), match.start() + len(said.rstrip(" ,.-"))


def _longest(text: Canonical, dated: Iterable[_Dated]) -> list[_Dated]:
    """Without those that overlap a longer one, as the customer wrote it (a month is one sign here)."""

    def rank(one: _Dated) -> tuple[int, int, int]:
        start, end = text.span(one[0], one[1])
        return start - end, -one[3], start

    kept: list[_Dated] = []
    taken: set[int] = set()
    for one in sorted(dated, key=rank):
        places = range(one[0], one[1])
        if not taken.intersection(places):
            kept.append(one)
            taken.update(places)
    return sorted(kept)


def _shifted(text: Canonical, dated: list[_Dated], language: str) -> list[_Dated]:
    """The day before Christmas, a week from Friday: counted from the date that follows."""
    ends = {
        match.end(): (phrase, match)
        for phrase in shifts(language)
        for match in phrase.pattern.finditer(text.text)
    }
    moved = []
    for one in dated:
        # The date may have begun with the article that ends the phrase ("la veille du 1er mars").
        joined = [place for place in range(one[0], min(one[0] + _ARTICLE, one[1])) if place in ends]
        moved.append(_shift(one, *ends[joined[0]], language) if joined and one[2].days else one)
    return _longest(text, moved)


def _shift(one: _Dated, phrase: Phrase, match: re.Match[str], language: str) -> _Dated:
    _, end, days, _ = one
    said = Said(count=1, unit="day") if phrase.rule.startswith("the_day") else named(match, language)
    sign = -1 if phrase.rule.endswith("before") else 1
    moved = tuple(sorted(shifted(day, said, sign=sign) for day in days.days))
    return match.start(), end, Days(moved, days.fault), _FIRM


def _found(one: _Dated) -> Found:
    start, end, days, certainty = one
    if days.fault or len(days.days) != 1:
        return Found(Kind.DATE, start, end, None, days.days, days.fault, certainty)
    return Found(Kind.DATE, start, end, days.days[0], certainty=certainty)

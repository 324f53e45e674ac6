"""What each way of saying a date means; the phrases are in bot/content/entities/dates_*.yml."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.entities.dates.calendar import (
    add_months,
    last_weekday,
    make_day,
    month_end,
    nearest,
    next_weekday,
    nth_weekday,
)
from bot.entities.dates.holidays import holiday
from bot.entities.dates.said import Said
from bot.entities.entity import Direction

SPAN, IMPOSSIBLE, WEEKDAY_MISMATCH = "span", "impossible_date", "weekday_mismatch"


@dataclass(frozen=True)
class Days:
    """The days that a phrase may mean, and what is wrong with it."""

    days: tuple[date, ...] = ()
    fault: str | None = None


Rule = Callable[[Said, date, Direction | None], Days]


def shifted(day: date, said: Said, *, sign: int) -> date:
    """`day` moved by the count and unit that were said."""
    assert said.count is not None
    count = sign * said.count
    match said.unit:
        case "month":
            return add_months(day, count)
        case "year":
            return add_months(day, 12 * count)
        case "week":
            return day + timedelta(weeks=count)
        case "fortnight":
            return day + timedelta(weeks=2 * count)
        case _:
            return day + timedelta(days=count)


def in_year(said: Said, make: Callable[[int], date | None], today: date, direction: Direction | None) -> Days:
    """The day that `make` gives for the year that was said, or for the nearest one."""
    explicit = {"next_year": today.year + 1, "last_year": today.year - 1, "this_year": today.year}
    year = said.year or explicit.get(said.year_word or "")
    if year is not None:
        day = make(year)
        return Days((day,)) if day else Days(fault=IMPOSSIBLE)
    sides: dict[str, Direction] = {"next": "future", "last": "past"}
    side = sides.get(said.year_word or "", direction)
    found = nearest([make(today.year + offset) for offset in range(-1, 3)], today, side)
    return Days(found) if found else Days(fault=IMPOSSIBLE)


def _exact(day: date | None) -> Days:
    return Days((day,)) if day else Days(fault=IMPOSSIBLE)


def _today(said: Said, today: date, direction: Direction | None) -> Days:
    return Days((today,))


def _in_units(said: Said, today: date, direction: Direction | None) -> Days:
    return Days((shifted(today, said, sign=1),))


def _ago_units(said: Said, today: date, direction: Direction | None) -> Days:
    return Days((shifted(today, said, sign=-1),))


def _weekday(said: Said, today: date, direction: Direction | None) -> Days:
    weekday = _named(said.weekday)
    same = today if today.weekday() == weekday else None
    return Days(nearest([last_weekday(today, weekday), same, next_weekday(today, weekday)], today, direction))


def _weekday_this(said: Said, today: date, direction: Direction | None) -> Days:
    return _weekday(said, today, direction or "future")


def _weekday_next(said: Said, today: date, direction: Direction | None) -> Days:
    return Days((next_weekday(today, _named(said.weekday)),))


def _weekday_last(said: Said, today: date, direction: Direction | None) -> Days:
    return Days((last_weekday(today, _named(said.weekday)),))


def _weekday_following(said: Said, today: date, direction: Direction | None) -> Days:
    """English "next Friday", said early in the week: for some this week's, for others the one after."""
    coming = next_weekday(today, _named(said.weekday))
    week_ends = next_weekday(today - timedelta(days=1), 5)  # weeks begin on Sunday
    return Days((coming, coming + timedelta(weeks=1)) if coming <= week_ends else (coming,))


def _weeks_after_weekday(weeks: int) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        coming = next_weekday(today - timedelta(days=1), _named(said.weekday))
        return Days((coming + timedelta(weeks=weeks),))

    return rule


def _weekday_of_week(weeks: int) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        monday = today - timedelta(days=today.weekday())
        return Days((monday + timedelta(weeks=weeks, days=_named(said.weekday)),))

    return rule


def _day(said: Said, today: date, direction: Direction | None) -> Days:
    months = [add_months(today.replace(day=1), offset) for offset in range(-2, 4)]
    found = nearest([make_day(m.year, m.month, _named(said.day)) for m in months], today, direction)
    return Days(found) if found else Days(fault=IMPOSSIBLE)


def _day_of_month(months: int) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        month = add_months(today.replace(day=1), months)
        return _exact(make_day(month.year, month.month, _named(said.day)))

    return rule


def _day_and_month(said: Said, today: date, direction: Direction | None) -> Days:
    month, day = _named(said.month), _named(said.day)
    return in_year(said, lambda year: make_day(year, month, day), today, direction)


def _in_named_month(place: Callable[[date], date]) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        month = _named(said.month)
        return in_year(said, lambda year: place(date(year, month, 1)), today, direction)

    return rule


def _in_month(months: int, place: Callable[[date], date]) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        return Days((place(add_months(today.replace(day=1), months)),))

    return rule


def _in_whole_year(years: int, month: int, day: int) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        return Days((date(today.year + years, month, day),))

    return rule


def _nth_weekday(said: Said, today: date, direction: Direction | None) -> Days:
    month, weekday, nth = _named(said.month), _named(said.weekday), _named(said.nth)
    return in_year(said, lambda year: nth_weekday(year, month, weekday, nth), today, direction)


def _nth_weekday_of_month(said: Said, today: date, direction: Direction | None) -> Days:
    month = add_months(today.replace(day=1), {"next": 1, "last": -1}.get(said.which or "", 0))
    return _exact(nth_weekday(month.year, month.month, _named(said.weekday), _named(said.nth)))


def _holiday(side: Direction | None) -> Rule:
    def rule(said: Said, today: date, direction: Direction | None) -> Days:
        name = said.holiday or ""
        return in_year(said, lambda year: holiday(name, year), today, side or direction)

    return rule


def _span(said: Said, today: date, direction: Direction | None) -> Days:
    return Days(fault=SPAN)


def _named(part: int | None) -> int:
    assert part is not None, "the phrase of this rule names it"
    return part


def _first(month: date) -> date:
    return month


def _middle(month: date) -> date:
    return month.replace(day=15)


RULES: dict[str, Rule] = {
    "in_units": _in_units,
    "ago_units": _ago_units,
    "vague": _span,
    "weekday": _weekday,
    "weekday_this": _weekday_this,
    "weekday_next": _weekday_next,
    "weekday_following": _weekday_following,
    "weekday_last": _weekday_last,
    "weekday_in_one_week": _weeks_after_weekday(1),
    "weekday_in_two_weeks": _weeks_after_weekday(2),
    "weekday_of_next_week": _weekday_of_week(1),
    "weekday_of_this_week": _weekday_of_week(0),
    "weekday_of_last_week": _weekday_of_week(-1),
    "day": _day,
    "asked_day": _day,
    "asked_today": _today,
    "day_of_some_month": _day,
    "day_of_next_month": _day_of_month(1),
    "day_of_this_month": _day_of_month(0),
    "day_of_last_month": _day_of_month(-1),
    "day_and_month": _day_and_month,
    "month_start": _in_named_month(_first),
    "month_middle": _in_named_month(_middle),
    "month_end": _in_named_month(month_end),
    "next_month_start": _in_month(1, _first),
    "next_month_middle": _in_month(1, _middle),
    "next_month_end": _in_month(1, month_end),
    "this_month_start": _in_month(0, _first),
    "this_month_middle": _in_month(0, _middle),
    "this_month_end": _in_month(0, month_end),
    "last_month_end": _in_month(-1, month_end),
    "year_end": _in_whole_year(0, 12, 31),
    "next_year_start": _in_whole_year(1, 1, 1),
    "next_year_end": _in_whole_year(1, 12, 31),
    "nth_weekday": _nth_weekday,
    "nth_weekday_of_month": _nth_weekday_of_month,
    "holiday": _holiday(None),
    "next_holiday": _holiday("future"),
    "last_holiday": _holiday("past"),
    "span": _span,
    "asked_month": _span,
}

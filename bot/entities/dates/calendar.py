"""Arithmetic on days: months that end early, the nearest of several days, the n-th Monday."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from bot.entities.entity import Direction

# A day without its year is the one of the coming or of the past twelve months.
_YEAR = timedelta(days=366)


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None when the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, count: int) -> date:
    """The same day `count` months away, or that month's last day."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday (0 is Monday) after `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def last_weekday(day: date, weekday: int) -> date:
    """The last such weekday before `day`."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th such weekday of the month (-1: the last), or None when it has fewer."""
    if nth == -1:
        return last_weekday(month_end(date(year, month, 1)) + timedelta(days=1), weekday)
    first = next_weekday(date(year, month, 1) - timedelta(days=1), weekday)
    found = first + timedelta(weeks=nth - 1)
    return found if found.month == month else None


def nearest(days: Iterable[date | None], today: date, direction: Direction | None) -> tuple[date, ...]:
    """The nearest of these days in that direction (today is in both); without one, the last and the next."""
    known = sorted({day for day in days if day is not None and abs(day - today) <= _YEAR})
    before = [day for day in known if day <= today][-1:]
    after = [day for day in known if day >= today][:1]
    if direction == "future":
        return tuple(after)
    if direction == "past":
        return tuple(before)
    return tuple(before) if before == after else (*before, *after)

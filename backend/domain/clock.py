"""Dates are dates in Toronto, times are UTC: the only place where one becomes the other."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TORONTO = ZoneInfo("America/Toronto")


def toronto_date(moment: datetime) -> date:
    """The calendar day in Toronto at `moment`."""
    return moment.astimezone(TORONTO).date()


def day_starts(day: date) -> datetime:
    """The UTC moment at which `day` begins in Toronto."""
    return datetime.combine(day, time(), tzinfo=TORONTO).astimezone(UTC)


def day_ends(day: date) -> datetime:
    """The UTC moment at which `day` is over in Toronto."""
    return day_starts(day + timedelta(days=1))


def one_year_after(day: date) -> date:
    """The same day a year later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def next_month(day: date, *, on: int) -> date:
    """The day `on` (1 to 28) of the month after `day`."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=on)

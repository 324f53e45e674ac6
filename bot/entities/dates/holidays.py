"""The days of holidays kept in Quebec, and of some days that everybody knows by name."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from bot.entities.dates.calendar import make_day

_EASTER_SUNDAY, _GOOD_FRIDAY = "Easter Sunday", "Good Friday"


def holiday(name: str, year: int) -> date | None:
    """The day in that year of a holiday (English name in the `holidays` library) or of a fixed `MM-DD`."""
    month, dash, day = name.partition("-")
    if dash and month.isdigit():
        return make_day(year, int(month), int(day))
    if name == _EASTER_SUNDAY:
        return _by_name(year)[_GOOD_FRIDAY] + timedelta(days=2)
    return _by_name(year).get(name)


@lru_cache(maxsize=32)
def _by_name(year: int) -> dict[str, date]:
    calendar = country_holidays(
        "CA",
        subdiv="QC",
        years=year,
        observed=False,
        language="en_CA",
        categories=("public", "optional", "government"),
    )
    return {name: day for day, names in sorted(calendar.items()) for name in names.split("; ")}

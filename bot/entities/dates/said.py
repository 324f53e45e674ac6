"""The parts of a phrase about a date: which weekday, day, month, year were named."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["day", "week", "fortnight", "month", "year"]
Which = Literal["next", "last"]
YearWord = Literal["next_year", "last_year", "this_year", "next", "last"]


@dataclass(frozen=True)
class Said:
    """What was named; None is what was not."""

    weekday: int | None = None  # 0 is Monday
    day: int | None = None  # as said, perhaps 45
    month: int | None = None
    year: int | None = None
    year_word: YearWord | None = None
    count: int | None = None
    unit: Unit | None = None
    which: Which | None = None
    nth: int | None = None  # -1 is the last
    holiday: str | None = None  # as bot.entities.dates.holidays names it

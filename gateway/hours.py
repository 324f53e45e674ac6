"""When people are there: weekly hours and holidays, in the company's own zone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

TORONTO = ZoneInfo("America/Toronto")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LOOK_AHEAD = 60  # days; whoever is closed longer than that has no next opening
_PART = re.compile(
    r"(?P<first>Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?P<last>Mo|Tu|We|Th|Fr|Sa|Su))? "
    r"(?P<opens>\d{2}:\d{2})-(?P<closes>\d{2}:\d{2})"
)


@dataclass(frozen=True)
class Span:
    """The same hours on some days in a row, by their number from Monday 0; `closes` is exclusive."""

    first: int
    last: int
    opens: time
    closes: time

    def holds(self, weekday: int) -> bool:
        """Whether the day is one of them."""
        return self.first <= weekday <= self.last


def parse_hours(text: str) -> tuple[Span, ...]:
    """Spans out of "Mo-Fr 08:00-20:00; Sa 09:00-17:00"; ValueError says which part is wrong."""
    spans = tuple(_span(part.strip()) for part in text.split(";") if part.strip())
    days = [day for span in spans for day in range(span.first, span.last + 1)]
    if len(days) != len(set(days)):
        raise ValueError("a day may have one span only")
    return spans


def _span(part: str) -> Span:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f'{part!r} is not like "Mo-Fr 08:00-20:00"')
    first = DAYS.index(found["first"])
    last = DAYS.index(found["last"] or found["first"])
    opens, closes = time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])
    if last < first or closes <= opens:
        raise ValueError(f"{part!r} ends before it begins")
    return Span(first, last, opens, closes)


@dataclass(frozen=True)
class Hours:
    """The hours of the desk; times given and returned are in UTC or any zone, never naive."""

    spans: Sequence[Span]
    holidays: frozenset[date] = frozenset()

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is there."""
        return any(opens <= now < closes for opens, closes in self._on(now.astimezone(TORONTO).date()))

    def next_opening(self, now: datetime) -> datetime | None:
        """When it opens next; None while it is open, and when it does not open within two months."""
        if self.is_open(now):
            return None
        today = now.astimezone(TORONTO).date()
        days = (today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD))
        return next((opens for day in days for opens, _ in self._on(day) if opens > now), None)

    def _on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day in self.holidays:
            return
        for span in self.spans:
            if span.holds(day.weekday()):
                opens = datetime.combine(day, span.opens, TORONTO)
                yield opens, datetime.combine(day, span.closes, TORONTO)


def written_spans(spans: Sequence[Span]) -> list[Span]:
    """The spans in the order of the week, days in a row with the same hours joined, for writing them out."""
    ordered = sorted(spans, key=lambda span: span.first)
    joined = ordered[:1]
    for before, span in pairwise(ordered):
        if (before.last + 1, before.opens, before.closes) == (span.first, span.opens, span.closes):
            joined[-1] = replace(joined[-1], last=span.last)
        else:
            joined.append(span)
    return joined

"""Adds conversations up to series for charts, and to lines for a spreadsheet."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from typing import Any

from gateway.figures.definitions import SETTLED, Outcome, share
from gateway.figures.reading import Case, Period
from gateway.ledger.kinds import Kind

Json = dict[str, Any]
OPERATION_FIGURES = {
    Kind.OPERATION_BEGUN: "begun",
    Kind.OPERATION_DONE: "done",
    Kind.OPERATION_REFUSED: "refused",
    Kind.OPERATION_LEFT: "left",
}
CSV_HEAD = ("day", "language", "channel", "figure", "key", "count")


class Figures:
    """Counts by day, language and channel; everything shown is a sum of these."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[date, str, str, str, str]] = Counter()

    async def take(self, cases: AsyncIterator[Case]) -> "Figures":
        """Count these conversations."""
        async for case in cases:
            self.add(case)
        return self

    def add(self, case: Case) -> None:
        """Count one conversation and what happened in it, under where it began."""
        self._count(case, "outcome", case.outcome)
        answered = set()
        for event in case.events:
            if event.kind == Kind.ANSWERED:
                answered.add(event.faq_id or "")
                self._count(case, "faq_answered", event.faq_id or "")
            elif event.kind == Kind.HANDOFF_REQUESTED:
                self._count(case, "handoff", event.reason or "")
            elif event.kind == Kind.RATED and event.faq_id:
                self._count(case, f"faq_{event.reason}", event.faq_id)
            elif event.kind in OPERATION_FIGURES:
                self._count(case, f"operation_{OPERATION_FIGURES[Kind(event.kind)]}", event.operation or "")
            elif event.kind in (Kind.ABANDONED, Kind.TICKET_CREATED, Kind.CORRECTED):
                self._count(case, event.kind, "")
            if event.kind in (Kind.NOT_UNDERSTOOD, Kind.TURNED_AWAY):
                self._count(case, event.kind, event.reason or "")
        for faq_id in answered:
            self._count(case, f"faq_in_{case.outcome}", faq_id)

    def to_json(self, period: Period) -> Json:
        """The series, with every day of the period, also those on which nothing happened."""
        return {
            "days": [
                {"day": day.isoformat(), "outcomes": self._sum("outcome", day=day)} for day in _days(period)
            ],
            "totals": self._total(self._sum("outcome")),
            "languages": self._split(1, "language"),
            "channels": self._split(2, "channel"),
            "handoffs": [{"reason": key, "count": n} for key, n in _largest(self._sum("handoff"))],
            "not_understood": [
                {"reason": key, "count": n} for key, n in _largest(self._sum("not_understood"))
            ],
            "operations": self._table("operation", OPERATION_FIGURES.values(), first="done"),
            "faq": self._table(
                "faq",
                ("answered", "useful", "not_useful", f"in_{Outcome.RESOLVED}", f"in_{Outcome.HANDED_OVER}"),
                first="answered",
            ),
        }

    def to_csv(self) -> str:
        """One line for each count; with a byte order mark, for spreadsheets."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(CSV_HEAD)
        for (day, language, channel, figure, key), count in sorted(self._counts.items()):
            writer.writerow((day.isoformat(), language, channel, figure, key, count))
        return "\ufeff" + out.getvalue()

    def _count(self, case: Case, figure: str, key: str) -> None:
        begun = case.begun
        self._counts[(begun.day, begun.language, begun.channel, figure, key)] += 1

    def _sum(self, figure: str, **only: object) -> dict[str, int]:
        names = ("day", "language", "channel")
        total: Counter[str] = Counter()
        for (*where, counted, key), count in self._counts.items():
            if counted == figure and all(where[names.index(name)] == value for name, value in only.items()):
                total[key] += count
        return dict(sorted(total.items()))

    def _total(self, outcomes: dict[str, int]) -> Json:
        settled = sum(count for outcome, count in outcomes.items() if outcome in SETTLED)
        found = share(outcomes.get(Outcome.RESOLVED, 0), settled)
        resolved = None if found is None else dict(zip(("share", "low", "high"), found, strict=True))
        return {
            "conversations": sum(outcomes.values()),
            "outcomes": outcomes,
            "settled": settled,
            "resolved": resolved,
        }

    def _split(self, place: int, name: str) -> list[Json]:
        values = sorted({str(where[place]) for where in self._counts})
        return [{name: value, **self._total(self._sum("outcome", **{name: value}))} for value in values]

    def _table(self, name: str, figures: Any, *, first: str) -> list[Json]:
        rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
        columns = tuple(figures)
        for column in columns:
            for key, count in self._sum(f"{name}_{column}").items():
                rows[key][column] += count
        ordered = sorted(rows.items(), key=lambda row: (-row[1][first], row[0]))
        return [{"id": key, **{column: row[column] for column in columns}} for key, row in ordered]


def _days(period: Period) -> Iterator[date]:
    for number in range((period.last - period.first).days + 1):
        yield period.first + timedelta(days=number)


def _largest(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

"""What the bench measured, kept as JSON beside the table so that parts can be run on different days."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools.bench.sets import BenchSet, is_public
from tools.labelled import Row
from tools.metrics import ASKS, Judged, Parse, percentile_ms, scores

_ORDER = ("ours", "diet", "nlpjs")


@dataclass(frozen=True)
class Result:
    """One contestant's measures on one set, with all that is needed to measure them again."""

    contest: str
    contestant: str
    title: str
    per_intent: int | None
    training_rows: int
    digest: str
    files: dict[str, dict[str, float | None]]
    measures: dict[str, float]
    command: str
    machine: str
    commit: str
    date: str

    @property
    def key(self) -> tuple[str, int, int, str]:
        """The order of the tables; a later result with the same key takes the place of an earlier one."""
        return self.contest, self.per_intent or 0, _ORDER.index(self.contestant), self.title


def measure(bench: BenchSet, measured: dict[str, Any]) -> tuple[dict[str, Any], dict[str, float]]:
    """The scores of each test file and the measures of the two processes."""
    parses = [Parse(p["intent"], tuple(p["ranking"]), p["seconds"]) for p in measured.pop("parses")]
    seconds = [parse.seconds for parse in parses]
    files: dict[str, Any] = {}
    for path, rows in bench.tests.items():
        own, parses = parses[: len(rows)], parses[len(rows) :]
        files[path.name] = top_intent(rows, own) if is_public(bench.name) else faq_scores(rows, own)
    times = {"p50_ms": percentile_ms(seconds, 50), "p95_ms": percentile_ms(seconds, 95)}
    return files, {**measured, **times}


def faq_scores(rows: Sequence[Row], parses: Sequence[Parse]) -> dict[str, float | None]:
    """As `make evaluate` scores."""
    return scores([Judged(row, parse) for row, parse in zip(rows, parses, strict=True)])


def top_intent(rows: Sequence[Row], parses: Sequence[Parse]) -> dict[str, float | None]:
    """Public labels are intents: the likeliest is right or wrong, no decision on it."""
    first = [next((name for name in parse.ranking if name != ASKS), None) for parse in parses]
    right = [name == row.label for name, row in zip(first, rows, strict=True)]
    return {"n": len(rows), "accuracy": round(statistics.fmean(right), 4)}


def load(path: Path) -> list[Result]:
    """The results of earlier runs."""
    if not path.exists():
        return []
    return [Result(**stored) for stored in json.loads(path.read_text(encoding="utf-8"))]


def add(results: Sequence[Result], new: Result) -> list[Result]:
    """`new` instead of what it measures again."""
    return sorted([*(old for old in results if old.key != new.key), new], key=lambda result: result.key)


def save(path: Path, results: Sequence[Result]) -> None:
    """Write them, readable in a diff."""
    text = json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")

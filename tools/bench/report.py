"""Writes docs/measurements.md from the results: tables first, then the command behind each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.bench.results import Result
from tools.bench.sets import FAQ

# Accuracy in percent: what we aim for, and what the same features gave with a plain linear machine.
GOALS = {"banking77": (93.7, 93.15), "massive_fr": (87.3, 86.9), "massive_en": (88.0, None)}
_HEAD = """# Measurements

Written by `make bench` from `docs/measurements.json`; don't edit by hand. What each measure means is said in
`tools/metrics.py`, one function a measure. The command behind each row is in the last section.

- *Training* is the time of the training itself, wall clock (and CPU), from empty caches. Starting Python and
  importing Rasa, the same for every Rasa pipeline, is not in it.
- *Peak memory* is that of a process which loads the model and parses the test sentences; *parse* times are
  those sentences', one at a time, after a warm-up.
- A "did you mean" counts as its first suggestion, here and for Rasa's default (its fallback). nlp.js's `None`
  is out of scope; it guesses each sentence's language itself, as our assistant does.

How long turns take is in [turn-measurements.md](turn-measurements.md).
Opposite operations, and several requests in one sentence, are in
[understanding-measurements.md](understanding-measurements.md).
"""
_RESOURCES = ("training, s (CPU)", "parse p50 / p95, ms", "peak memory, MB")


def document(results: Sequence[Result]) -> str:
    """The whole page."""
    parts = [_HEAD]
    for rows in _by_cap(results):
        cap = f", at most {rows[0].per_intent} sentences an intent and language" if rows[0].per_intent else ""
        parts += [f"## Our FAQ{cap}", table(*faq_table(rows)), "### File by file", table(*file_table(rows))]
        if len({result.digest for result in rows}) > 1:
            parts.append(
                "**Not all rows were trained and scored on the same sentences**: see their digests below."
            )
    public = [result for result in results if result.contest != FAQ]
    if public:
        parts += ["## Public data sets", "Likeliest intent, no decision.", table(*public_table(public))]
    parts += ["## What was run", *(f"{number}. {origin(result)}" for number, result in enumerate(results, 1))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; a vertical bar in a cell would end it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def faq_table(results: Sequence[Result]) -> tuple[list[str], list[list[str]]]:
    """A row a contestant: accuracy on each file, and what it costs."""
    files = sorted({name for result in results for name in result.files})
    head = ["contestant", "training rows", *(name.removesuffix(".tsv") for name in files), *_RESOURCES]
    rows = [
        [
            result.title,
            str(result.training_rows),
            *(percent(result.files.get(name, {}).get("accuracy")) for name in files),
            *resources(result),
        ]
        for result in results
    ]
    return head, rows


def file_table(results: Sequence[Result]) -> tuple[list[str], list[list[str]]]:
    """A row a contestant and file: all the scores."""
    measures = ["accuracy", "in_scope_accuracy", "top3", "oos_recall", "false_oos", "asked"]
    rows = [
        [result.title, name, str(scored["n"]), *(percent(scored.get(measure)) for measure in measures)]
        for result in results
        for name, scored in sorted(result.files.items())
    ]
    return ["contestant", "file", "n", *measures], rows


def public_table(results: Sequence[Result]) -> tuple[list[str], list[list[str]]]:
    """A row a set and contestant, beside the goal."""
    rows = []
    for result in results:
        goal, floor = GOALS.get(result.contest, (None, None)) if not result.per_intent else (None, None)
        scored = next(iter(result.files.values()))
        wanted = f"{goal} (floor {floor})" if floor else str(goal or "")
        cap = f", {result.per_intent} an intent" if result.per_intent else ""
        name, trained = result.contest + cap, str(result.training_rows)
        tested = f"{scored['n']}"
        rows.append(
            [name, result.title, trained, tested, percent(scored["accuracy"]), wanted, *resources(result)]
        )
    return ["set", "contestant", "trained on", "tested on", "accuracy", "goal", *_RESOURCES], rows


def resources(result: Result) -> list[str]:
    """The cells of `_RESOURCES`."""
    cost = result.measures
    return [
        f"{cost['train_wall_s']:.0f} ({cost['train_cpu_s']:.0f})",
        f"{cost['p50_ms']:.1f} / {cost['p95_ms']:.1f}",
        f"{cost['peak_mb']:.0f}",
    ]


def origin(result: Result) -> str:
    """Where a row comes from."""
    return (
        f"{result.contest}, {result.title}: `{result.command}`, {result.date}, commit {result.commit}, "
        f"{result.machine}, rows {result.digest}; imports {result.measures['imports_s']:.0f} s, "
        f"model ready after {result.measures['load_s']:.0f} s, "
        f"training's peak memory {result.measures['train_peak_mb']:.0f} MB"
    )


def percent(share: float | None) -> str:
    """0.9652 -> 96.5; nothing where nothing was measured."""
    return "" if share is None else f"{100 * share:.2f}".removesuffix("0")


def _by_cap(results: Sequence[Result]) -> Iterator[list[Result]]:
    """The FAQ's results, those with the same cap together."""
    chosen = [result for result in results if result.contest == FAQ]
    for cap in sorted({result.per_intent or 0 for result in chosen}):
        yield [result for result in chosen if (result.per_intent or 0) == cap]

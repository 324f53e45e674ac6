"""Trains and scores the contestants, prints the table and writes it to docs/measurements.md.

    python -m tools.bench DATA [--part faq,banking77,massive] [--only ours,diet,nlpjs]
        [--per-intent N] [--diet-epochs N] [--train FILE...] [--test FILE...] [--out FOLDER]

Runs in Rasa's environment. DATA holds banking77/ and massive/; the FAQ part needs no data folder. Public
parts run ours alone unless --only names others: Rasa's default would take hours on them.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from tools.bench import processes, report, results, sets
from tools.bench.contestants import ROOT, Contestant, compete, contestants
from tools.bench.results import Result
from tools.bench.sets import FAQ, PARTS, BenchSet
from tools.labelled import BadFilesError

_WORK = ROOT / "var" / "bench"
_TRAINING = [ROOT / "bot" / "data" / name for name in ("nlu_en.yml", "nlu_fr.yml")]


def main(arguments: Sequence[str]) -> int:
    """Run every contest asked for; results are written after each, so that a stop loses one at most."""
    options = _parser().parse_args(arguments)
    command = shown_command(arguments)
    known = contestants(options.diet_epochs)
    try:
        contests = list(chosen_sets(options))
        for bench in contests:
            names = options.only or (list(known) if bench.name == FAQ else ["ours"])
            for name in names:
                keep(hold(known[name], bench, options.per_intent, command), options.out)
    except (BadFilesError, processes.WorkerFailed) as fault:
        print(fault, file=sys.stderr)
        return 2
    print((options.out / "measurements.md").read_text(encoding="utf-8"))
    return 0


def chosen_sets(options: argparse.Namespace) -> Iterator[BenchSet]:
    """The sets of the parts asked for, all read before the first training starts."""
    for part in options.part:
        for name in PARTS[part]:
            if name == FAQ:
                yield sets.faq_set(options.train or _TRAINING, options.test, options.per_intent)
            elif options.data:
                yield sets.public_set(name, options.data, options.per_intent)


def hold(contestant: Contestant, bench: BenchSet, per_intent: int | None, command: str) -> Result:
    """One contestant's result on one set."""
    folder = processes.fresh(_WORK / bench.name / contestant.name)
    files, measures = results.measure(bench, compete(contestant, bench, folder, processes.run))
    print(contestant.name, bench.name, {name: scored["accuracy"] for name, scored in files.items()})
    return Result(
        contest=bench.name,
        contestant=contestant.name,
        title=contestant.title,
        per_intent=per_intent,
        training_rows=len(bench.training),
        digest=bench.digest,
        files=files,
        measures=measures,
        command=command,
        machine=machine(),
        commit=commit(),
        date=date.today().isoformat(),
    )


def keep(result: Result, folder: Path) -> None:
    """Add a result to the page and to the file it is made from."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = folder / "measurements.json"
    everything = results.add(results.load(stored), result)
    results.save(stored, everything)
    (folder / "measurements.md").write_text(report.document(everything), encoding="utf-8")


def shown_command(arguments: Sequence[str]) -> str:
    """The command as anyone can repeat it: paths from the repository's root, others by their name alone."""
    return "python -m tools.bench " + shlex.join(map(_shown, arguments))


def _shown(argument: str) -> str:
    path = Path(argument).resolve()
    if not path.exists():
        return argument
    inside = path.is_relative_to(ROOT)
    return str(path.relative_to(ROOT)) if inside else "DATA" if path.is_dir() else path.name


def machine() -> str:
    """Enough to judge the times by."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores"


def commit() -> str:
    """The commit measured, with a + when files differ from it."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return described.stdout.strip() or "unknown"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Compare ours, Rasa's default and nlp.js.")
    parser.add_argument("data", nargs="?", type=Path, help="folder with banking77/ and massive/")
    parser.add_argument("--part", type=_among(PARTS), default=list(PARTS), help="faq,banking77,massive")
    parser.add_argument("--only", type=_among(contestants(100)), help="ours,diet,nlpjs")
    parser.add_argument(
        "--per-intent", type=int, metavar="N", help="at most N sentences an intent and language"
    )
    parser.add_argument("--diet-epochs", type=int, default=100, metavar="N")
    parser.add_argument("--train", nargs="+", type=Path, help="train on these files instead of the product's")
    parser.add_argument(
        "--test", nargs="+", type=Path, default=sorted((ROOT / "tests/data/heldout").glob("*.tsv"))
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="where the page is written")
    return parser


def _among(names: Collection[str]) -> Callable[[str], list[str]]:
    """A parser of comma-separated choices."""

    def choices(given: str) -> list[str]:
        chosen = given.split(",")
        if unknown := sorted(set(chosen) - set(names)):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(names)}")
        return chosen

    return choices


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Trains and scores the contestants, prints the table and writes it to docs/measurements.md.

    python -m tools.bench [--data FOLDER] [--part faq,banking77,massive] [--only ours,diet,nlpjs]
        [--per-intent N] [--diet-epochs N] [--train FILE...] [--test FILE...] [--out FOLDER]

The data folder holds banking77/ and massive/; without it the FAQ part alone is run. Public parts run ours
alone unless --only names others: Rasa's default would take hours on them.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tools.bench import processes, report, results, sets
from tools.bench.contestants import ROOT, Contestant, compete, contestants, prepare
from tools.bench.options import parser, shown_command
from tools.bench.results import Result
from tools.bench.sets import FAQ, PARTS, BenchSet
from tools.labelled import BadFilesError

_WORK = ROOT / "var" / "bench"
_TRAINING = [ROOT / "bot" / "data" / name for name in ("nlu_en.yml", "nlu_fr.yml")]


def main(arguments: Sequence[str]) -> int:
    """Run every contest asked for; results are written after each, so that a stop loses one at most."""
    options = parser().parse_args(arguments)
    command = shown_command(arguments)
    known = contestants(options.diet_epochs)
    try:
        for bench in list(chosen_sets(options)):
            names = options.only or (list(known) if bench.name == FAQ else ["ours"])
            prepare(names, processes.run)
            for name in names:
                keep(hold(known[name], bench, options.per_intent, command), options.out)
    except (BadFilesError, OSError, processes.WorkerFailed) as fault:
        print(fault, file=sys.stderr)
        return 2
    page = options.out / "measurements.md"
    print(page.read_text(encoding="utf-8") if page.exists() else "nothing was run")
    return 0


def chosen_sets(options: argparse.Namespace) -> Iterator[BenchSet]:
    """The sets of the parts asked for, all read before the first training starts."""
    for part in options.part:
        for name in PARTS[part]:
            if name == FAQ:
                yield sets.faq_set(options.train or _TRAINING, options.test, options.per_intent)
            elif options.data is None:
                print(f"{name}: left out, no data folder", file=sys.stderr)
            else:
                yield sets.public_set(name, options.data, options.per_intent)


def hold(contestant: Contestant, bench: BenchSet, per_intent: int | None, command: str) -> Result:
    """One contestant's result on one set."""
    # Other rows, another folder: two benches at once would wipe each other's models.
    folder = processes.fresh(_WORK / f"{bench.name}_{bench.digest}" / contestant.name)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

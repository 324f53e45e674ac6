"""Trains a Rasa model, or parses with one, in a process whose memory and time are only its own.

    python -m tools.bench.rasa_worker train CONFIG NLU_FOLDER MODEL [DOMAIN]
    python -m tools.bench.rasa_worker parse MODEL TEXTS.json PARSES.json

The last line of standard output is a JSON object with what was measured.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from tools.quiet import quiet_rasa, quiet_tensorflow


def main(arguments: list[str]) -> None:
    """Run one of the two commands and print its measures."""
    quiet_tensorflow()
    command, *rest = arguments
    measured = train(*map(Path, rest)) if command == "train" else parse(*map(Path, rest))
    print(json.dumps(measured))


def train(config: Path, nlu: Path, model: Path, domain: Path | None = None) -> dict[str, Any]:
    """Train; imports are timed apart, as they are the same ten seconds for every Rasa pipeline."""
    start = time.perf_counter()
    from rasa.model_training import train_nlu  # type: ignore[import-not-found,unused-ignore]

    imported, cpu = time.perf_counter(), _cpu_seconds()
    made = train_nlu(
        str(config),
        str(nlu),
        str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        domain=str(domain) if domain else None,
    )
    if made is None:
        raise SystemExit("Rasa made no model")
    wall = time.perf_counter() - imported
    return {
        "imports_s": imported - start,
        "train_wall_s": wall,
        "train_cpu_s": _cpu_seconds() - cpu,
        "train_peak_mb": _peak_mb(),
    }


def parse(model: Path, texts: Path, parses: Path) -> dict[str, Any]:
    """Load the model, parse every sentence one at a time, write what was understood."""
    start = time.perf_counter()
    from tools.understanding import Model

    quiet_rasa()
    loaded = Model(model)
    seconds = time.perf_counter() - start
    found = [vars(loaded.parse(text)) for text in json.loads(texts.read_text(encoding="utf-8"))]
    parses.write_text(json.dumps(found), encoding="utf-8")
    return {"load_s": seconds, "peak_mb": _peak_mb()}


def _cpu_seconds() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _peak_mb() -> float:
    unit = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main(sys.argv[1:])

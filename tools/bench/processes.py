"""Runs a contestant's commands, shows that they are alive, and keeps what they say in a log."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_EVERY_SECONDS = 10.0


class WorkerFailed(RuntimeError):  # noqa: N818 - an event, not an error of ours
    """A contestant's process ended badly; the message names its log."""


def run(what: str, command: Sequence[str], folder: Path) -> dict[str, Any]:
    """Run a command in `folder` and return the JSON object on its last line of output.

    The folder is also where Rasa's cache and ours lie: an empty one makes every training a first one.
    """
    log = folder / (what.replace(" ", "_") + ".log")
    start = time.monotonic()
    print(f"{what} ...", flush=True)
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdout=subprocess.PIPE, stderr=errors, text=True
        )
        output = _wait(process, what, start)
    if process.returncode != 0:
        raise WorkerFailed(f"{what}: failed ({process.returncode}), see {log}")
    print(f"{what}: {time.monotonic() - start:.0f} s", flush=True)
    measured: dict[str, Any] = json.loads(output.splitlines()[-1]) if output.strip() else {}
    return measured


def fresh(folder: Path) -> Path:
    """An empty folder, whatever was there before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _wait(process: subprocess.Popen[str], what: str, start: float) -> str:
    while True:
        try:
            return process.communicate(timeout=_EVERY_SECONDS)[0]
        except subprocess.TimeoutExpired:
            print(f"  {what}: {time.monotonic() - start:.0f} s", flush=True)
        except KeyboardInterrupt:
            process.kill()
            raise


def _environment(folder: Path) -> dict[str, str]:
    root = Path(__file__).resolve().parents[2]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # as in production
    places = {"PYTHONPATH": str(root), "RASA_CACHE_DIRECTORY": str(folder / ".rasa" / "cache")}
    # Node may be the one of the services' environment.
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(root / ".venv" / "bin")])
    return {**os.environ, **threads, **places, "PATH": path, "RASA_TELEMETRY_ENABLED": "false"}

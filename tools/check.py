"""Runs every check one after the other, all of them even when one fails, and sums up at the end."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from tools.model import ROOT, rasa_environment, rasa_python

PYTHON = sys.executable
BIN = Path(PYTHON).parent
OURS = ("faq", "bot", "backend", "gateway", "tools", "tests")
RASA_TYPES = ("--python-version=3.10", f"--python-executable={rasa_python()}", "--cache-dir=.mypy_cache/rasa")
# "loadgroup" deals tests out one by one in our order; "load" deals out long rows, "loadscope" whole files.
WORKERS = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadgroup")
TYPED = ("faq", "bot/logs.py", "bot/words", "bot/actions", "backend", "gateway", "tools")


@dataclass(frozen=True)
class Step:
    """One check: a name, a command, where it runs and in which environment (None: as it is).

    What is slow and needs nothing of the others may begin `early`: its turn is when it is waited for.
    """

    name: str
    command: Sequence[str]
    folder: Path = ROOT
    environment: dict[str, str] | None = None
    early: bool = False

    def start(self, output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
        """Set it going; its output goes to the terminal, or to a file."""
        errors = subprocess.STDOUT if output else None
        return subprocess.Popen(
            self.command, cwd=self.folder, env=self.environment, stdout=output, stderr=errors
        )


def lint_steps() -> list[Step]:
    """Style, types and content: a minute at most."""
    return [
        Step("style", [str(BIN / "ruff"), "check", *_present(OURS)]),
        Step("format", [str(BIN / "ruff"), "format", "--check", "--quiet", *_present(OURS)]),
        Step("types", [str(BIN / "mypy"), *_present(TYPED)]),
        Step(
            "types in Rasa's environment",
            [str(BIN / "mypy"), *RASA_TYPES, "bot/logs.py", "bot/words", "bot/components"],
        ),
        Step("content", [PYTHON, "-m", "faq", "lint"]),
        Step("texts", [PYTHON, "-m", "bot.words", "lint"]),
        Step("data", [PYTHON, "-m", "pytest", "-q", "tests/data"]),
    ]


def test_steps() -> list[Step]:
    """Everything; the suite of the services' environment comes last, so that its closing line is the last."""
    npm = [shutil.which("npm", path=f"{os.environ['PATH']}:{BIN}") or "npm"]
    rasa_tests = [str(rasa_python()), "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rasa"]
    return [
        *lint_steps()[:-1],
        Step("pages: types", [*npm, "run", "--silent", "types"], ROOT / "web"),
        Step(
            "pages: tests", [*npm, "run", "--silent", "test"], ROOT / "web", {**os.environ, "NO_COLOR": "1"}
        ),
        Step("model", [PYTHON, "-m", "tools.model"], early=True),
        Step("suite in Rasa's environment", rasa_tests, environment=rasa_environment()),
        Step("suite", [PYTHON, "-m", "pytest", "-q", *WORKERS]),
    ]


def run(steps: Sequence[Step]) -> int:
    """Run them; 1 if any failed."""
    failed = []
    with TemporaryDirectory() as folder:
        begun = {step.name: _begin(step, Path(folder)) for step in steps if step.early}
        for step in steps:
            print(f"\n=== {step.name}", flush=True)
            started = time.monotonic()
            status = _finish(*begun[step.name]) if step.early else step.start().wait()
            took = time.monotonic() - started
            print(f"=== {step.name}: {'ok' if not status else 'FAILED'}, {took:.0f} s", flush=True)
            failed += [step.name] if status else []
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def _begin(step: Step, folder: Path) -> tuple[subprocess.Popen[bytes], Path]:
    output = folder / "output"
    with output.open("wb") as file:
        return step.start(file), output


def _finish(process: subprocess.Popen[bytes], output: Path) -> int:
    """Wait for what began early, then show what it said."""
    status = process.wait()
    sys.stdout.write(output.read_text(encoding="utf-8", errors="replace"))
    return status


def _present(names: Sequence[str]) -> list[str]:
    return [name for name in names if (ROOT / name).exists()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint", action="store_true", help="only what needs no model, service or browser")
    sys.exit(run(lint_steps() if parser.parse_args().lint else test_steps()))

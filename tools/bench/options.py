"""The options of `make bench`, and the command as the page shows it."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tools.bench.contestants import ROOT, contestants
from tools.bench.sets import PARTS

HELD_OUT = ROOT / "tests" / "data" / "heldout"


def parser() -> argparse.ArgumentParser:
    """What may be asked for."""
    options = argparse.ArgumentParser(prog="bench", description="Compare ours, Rasa's default and nlp.js.")
    options.add_argument("--data", type=_folder, help="folder with banking77/ and massive/")
    options.add_argument("--part", type=_among(PARTS), default=list(PARTS), help="faq,banking77,massive")
    options.add_argument("--only", type=_among(contestants(100)), help="ours,diet,nlpjs")
    options.add_argument(
        "--per-intent", type=int, metavar="N", help="at most N sentences an intent and language"
    )
    options.add_argument("--diet-epochs", type=int, default=100, metavar="N")
    options.add_argument(
        "--train", nargs="+", type=Path, help="train on these files instead of the product's"
    )
    options.add_argument("--test", nargs="+", type=Path, default=labelled_files())
    options.add_argument("--out", type=Path, default=ROOT / "docs", help="where the page is written")
    return options


def labelled_files() -> list[Path]:
    """The held-out files with one label a row; a row of `requests_*` may have several."""
    return [path for path in sorted(HELD_OUT.glob("*.tsv")) if not path.stem.startswith("requests_")]


def _folder(given: str) -> Path | None:
    if given and not Path(given).is_dir():
        raise argparse.ArgumentTypeError(f"{given}: no such folder")
    return Path(given) if given else None


def _among(names: Collection[str]) -> Callable[[str], list[str]]:
    """A parser of comma-separated choices."""

    def choices(given: str) -> list[str]:
        chosen = given.split(",")
        if unknown := sorted(set(chosen) - set(names)):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(names)}")
        return chosen

    return choices


def shown_command(arguments: Sequence[str]) -> str:
    """The command as anyone can repeat it: paths from the repository's root, others by their name alone."""
    return "python -m tools.bench " + shlex.join(map(_shown, arguments))


def _shown(argument: str) -> str:
    path = Path(argument).resolve()
    if not argument or not path.exists():
        return argument
    inside = path.is_relative_to(ROOT)
    return str(path.relative_to(ROOT)) if inside else "DATA" if path.is_dir() else path.name

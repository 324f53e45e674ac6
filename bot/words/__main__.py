"""The command line: `python -m bot.words lint`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.words.lint import lint_texts
from bot.words.texts import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong with the texts; 0 when nothing is, 1 on faults, 2 when asked wrongly."""
    parser = argparse.ArgumentParser(prog="python -m bot.words", description=__doc__)
    commands = parser.add_subparsers(required=True)
    lint = commands.add_parser("lint", help="list everything wrong with the texts of operations")
    lint.add_argument("path", type=Path, nargs="?", default=ROOT, help="folder of texts")
    chosen = parser.parse_args(arguments)
    faults = lint_texts(chosen.path)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""The command line: `python -m faq lint` and `python -m faq stamp`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from faq.faults import ContentError, Fault
from faq.lint import lint_content, lint_source
from faq.loader import CONTENT_ROOT
from faq.source_text import UnreadableError
from faq.stamp import stamp_content

USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is well, 1 on faults, 2 when asked wrongly."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.path
    if not folder.is_dir():
        return _usage(f"{folder} is not a folder")
    if chosen.command == "stamp":
        return _stamp(folder)
    if chosen.source is None:
        return _usage("--ids goes with --source") if chosen.ids else _report(lint_content(folder))
    try:
        return _report(lint_source(chosen.source, chosen.ids))
    except UnreadableError as error:
        return _usage(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m faq", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    lint = commands.add_parser("lint", help="list everything wrong with the content or with a printed FAQ")
    lint.add_argument("path", type=Path, nargs="?", default=CONTENT_ROOT, help="content folder")
    lint.add_argument("--source", type=Path, help="check this printed FAQ (text) instead of the content")
    lint.add_argument("--ids", type=Path, help="table (id, section, number) naming the printed questions")
    stamp = commands.add_parser("stamp", help="mark the English as up to date with the French")
    stamp.add_argument("path", type=Path, nargs="?", default=CONTENT_ROOT, help="content folder")
    return parser


def _stamp(folder: Path) -> int:
    try:
        changed = stamp_content(folder)
    except ContentError as error:
        return _report(list(error.faults))
    for path in changed:
        print(f"stamped {_short(path)}")
    return 0


def _report(faults: list[Fault]) -> int:
    for fault in faults:
        print(replace(fault, path=_short(fault.path)))
    errors = sum(fault.level == "ERROR" for fault in faults)
    print(f"{errors} errors, {len(faults) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0


def _short(path: Path) -> Path:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else Path(relative)


def _usage(message: str) -> int:
    print(f"python -m faq: {message}", file=sys.stderr)
    return USAGE_ERROR


if __name__ == "__main__":
    sys.exit(main())

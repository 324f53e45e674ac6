"""Scores labelled files through the trained model as customers meet it: one JSON object a line for each file.

    python -m tools.evaluate [--model PATH] [--errors] [--personas] FILE...
    python -m tools.evaluate --requests [--model PATH] [--errors] FILE...

Runs in Rasa's environment (bot/.venv). Results go to standard output, everything else to standard error.
Exit code 2: a file can't be measured on; every fault is listed with its file and line.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faq import OPERATIONS, ContentError, load_content
from tools.labelled import BadFilesError, Row, read_files
from tools.metrics import (
    OUT_OF_SCOPE,
    TALK,
    Judged,
    NoModelError,
    Parse,
    by_persona,
    heard_requests,
    in_scope_labels,
    request_scores,
    scores,
)
from tools.quiet import quiet_rasa, quiet_tensorflow

if TYPE_CHECKING:
    from tools.understanding import Model

_QUIET_SECONDS = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files, then load the model: a bad file shouldn't cost ten seconds of waiting."""
    options = _parser().parse_args(arguments)
    try:
        files = read_files(options.files, None if options.requests else known_labels())
        model = _load(options.model)
    except (BadFilesError, ContentError, NoModelError) as faults:
        print(faults, file=sys.stderr)
        return 2
    for path, rows in files.items():
        judged = judge(rows, model.parse)
        lines = (
            report_requests(path, judged, errors=options.errors)
            if options.requests
            else report(path, judged, errors=options.errors, personas=options.personas)
        )
        for line in lines:
            print(line, flush=True)
    return 0


def _load(path: Path) -> Model:
    """Load the model; Rasa is imported only here."""
    if not path.exists():
        raise NoModelError(f"{path}: no trained model there")
    print(f"loading {path} ...", file=sys.stderr)
    quiet_tensorflow()
    from tools.understanding import Model

    quiet_rasa()
    return Model(path)


def known_labels() -> list[str]:
    """The labels a row may have: every FAQ entry, every operation, answers to our questions, out_of_scope."""
    entries = [f"faq/{entry}" for entry in load_content().entries]
    operations = [f"op/{operation}" for operation in OPERATIONS]
    return [*entries, *operations, *(f"talk/{intent}" for intent in TALK), OUT_OF_SCOPE]


def judge(rows: Sequence[Row], parse: Callable[[str], Parse]) -> list[Judged]:
    """Each row beside what the model makes of it, with a sign of life while it lasts."""
    judged: list[Judged] = []
    said = time.monotonic()
    for row in rows:
        judged.append(Judged(row, parse(row.text)))
        if time.monotonic() - said > _QUIET_SECONDS:
            said = time.monotonic()
            print(f"  {len(judged)} of {len(rows)} rows", file=sys.stderr)
    return judged


def report(path: Path, judged: Sequence[Judged], *, errors: bool, personas: bool) -> Iterator[str]:
    """The lines to print for a file: its scores and, on request, its wrong rows."""
    result: dict[str, object] = {"file": str(path), **scores(judged)}
    if personas:
        result["personas"] = by_persona(judged)
    yield json.dumps(result, ensure_ascii=False)
    if errors:
        yield from (json.dumps(error_of(one), ensure_ascii=False) for one in judged if not one.right)


def report_requests(path: Path, judged: Sequence[Judged], *, errors: bool) -> Iterator[str]:
    """The same for a file of sentences with several requests."""
    yield json.dumps({"file": str(path), **request_scores(judged)}, ensure_ascii=False)
    for one in judged:
        heard = heard_requests(one.parse)
        if errors and heard != one.row.label:
            shown = {"text": one.row.text, "expected": one.row.label, "heard": heard}
            yield json.dumps(shown, ensure_ascii=False)


def error_of(judged: Judged) -> dict[str, object]:
    """A wrong row: the sentence, the label it should get, the one it got, the three likeliest answers."""
    shown: dict[str, object] = {
        "text": judged.row.text,
        "expected": judged.row.label,
        "predicted": judged.predicted,
        "top3": in_scope_labels(judged.parse.ranking)[:3],
    }
    return {**shown, "persona": judged.row.persona} if judged.row.persona else shown


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluate", description="Score files through the model.")
    parser.add_argument("--model", type=Path, default=Path("models"), help="a model, or a folder with models")
    parser.add_argument("--errors", action="store_true", help="list the wrong rows, one JSON object a line")
    parser.add_argument("--personas", action="store_true", help="add the accuracy for each third column")
    parser.add_argument(
        "--requests", action="store_true", help="the files hold sentences with several requests"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="text<TAB>label[<TAB>persona]")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""`python -m gateway.masking measure [FILE …]`: precision and recall by class and language."""

import argparse
import sys
from pathlib import Path

from faq import load_content
from gateway.masking.known import known_from
from gateway.masking.measure import Score, measure, read_sentences
from gateway.masking.spans import Kind

SENTENCES = Path(__file__).resolve().parents[2] / "tests" / "data" / "masking"


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gateway.masking", description=__doc__)
    parser.add_argument("command", choices=("measure",))
    parser.add_argument("files", nargs="*", type=Path, help="marked sentences; those of the tests by default")
    parser.add_argument("--faults", action="store_true", help="print every sentence that went wrong")
    options = parser.parse_args(arguments)
    known = known_from(load_content())
    for path in options.files or sorted(SENTENCES.glob("*.tsv")):
        _print(path.stem, measure(read_sentences(path), known), faults=options.faults)
    return 0


def _print(name: str, score: Score, *, faults: bool) -> None:
    print(f"{name:14}{'marked':>8}{'recall':>10}{'precision':>11}")
    for kind in Kind:
        numbers = f"{score.marked[kind]:>8}{score.recall(kind):>10.3f}{score.precision(kind):>11.3f}"
        print(f"  {kind:12}{numbers}")
    print(f"  false masking: {score.harmed} of {score.harmless} sentences ({score.false_masking:.1%})\n")
    for fault in score.faults if faults else []:
        print(f"  {fault}")


if __name__ == "__main__":
    sys.exit(main())

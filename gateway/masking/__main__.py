"""`python -m gateway.masking measure|speed [FILE …]`: precision and recall by class, or milliseconds."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from faq import load_content
from gateway.masking.known import known_from
from gateway.masking.measure import Score, measure, read_sentences
from gateway.masking.spans import Kind
from gateway.masking.speed import timed

SENTENCES = Path(__file__).resolve().parents[2] / "tests" / "data" / "masking"


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gateway.masking", description=__doc__)
    parser.add_argument("command", choices=("measure", "speed"))
    parser.add_argument("files", nargs="*", type=Path, help="marked sentences; those of the tests by default")
    parser.add_argument("--faults", action="store_true", help="print every sentence that went wrong")
    options = parser.parse_args(arguments)
    known = known_from(load_content())
    for path in options.files or sorted(SENTENCES.glob("*.tsv")):
        if options.command == "speed":
            _print_times(path.stem, timed(read_sentences(path), known))
        else:
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


def _print_times(name: str, times: Iterable[tuple[str, float]]) -> None:
    print(f"{name:18}{'ms':>8}")
    for text, milliseconds in times:
        print(f"  {text:16}{milliseconds:>8.1f}")


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tools.bench.spoken [--calls N] [--seed N] [--show]`: calls in which one word is misheard."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from random import Random
from typing import get_args

from bot.actions.dialogue.heard import Language
from tools.bench.spoken.calls import KINDS, MOST_EXTRA, Told, tell

GOAL = 95.0  # percent


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when a kind of value is understood less often than the goal."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.spoken", description=__doc__)
    parser.add_argument("--calls", type=int, default=500, help="calls for each kind and language")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the calls that failed")
    chosen = parser.parse_args(arguments)
    shares = asyncio.run(_all(chosen.calls, chosen.seed, show=chosen.show))
    return 0 if min(shares) >= GOAL else 1


async def _all(calls: int, seed: int, *, show: bool) -> list[float]:
    print(f"| value | language | calls | right, no error % | right, one error, {MOST_EXTRA} turns more % |")
    print("| --- | --- | --- | --- | --- |")
    shares = []
    for name, kind in KINDS.items():
        for language in get_args(Language):
            random = Random(f"{seed} {name} {language}")
            clean = [await tell(kind, language, random, errs=False) for _ in range(calls)]
            told = [await tell(kind, language, random, errs=True) for _ in range(calls)]
            shares.append(_share(told))
            print(f"| {name} | {language} | {calls} | {_share(clean):.1f} | {shares[-1]:.1f} |")
            if show:
                _show([one for one in (*clean, *told) if not one.is_success])
    return shares


def _share(told: Sequence[Told]) -> float:
    return 100 * sum(one.is_success for one in told) / len(told)


def _show(failed: Sequence[Told]) -> None:
    for one in failed:
        print(f"  {one.value}: kept {one.kept}, {' / '.join(one.heard)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

"""Of readings that overlap, the most certain is kept, then the longest."""

from collections.abc import Sequence

from bot.entities.entity import Found


def without_overlaps(found: Sequence[Found]) -> list[Found]:
    """Those that are kept, in the order of the text."""
    ranked = sorted(found, key=lambda one: (-one.certainty, one.start - one.end, one.start))
    kept: list[Found] = []
    taken: set[int] = set()
    for one in ranked:
        places = range(one.start, one.end)
        if not taken.intersection(places):
            kept.append(one)
            taken.update(places)
    return sorted(kept, key=lambda one: one.start)

"""A label is a button: short, on one line, without links."""

from __future__ import annotations

from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Loaded

MAX_LABEL = 60


def labels(loaded: Loaded) -> Iterator[Fault]:
    """Yield labels that are too long, and questions, labels or titles with markup in them."""
    for field in loaded.fields():
        if field.name not in ("question", "label", "title"):
            continue
        shown = loaded.rendered(field)
        if field.name == "label" and len(shown) > MAX_LABEL:
            yield field.fault(f"{len(shown)} characters long; {MAX_LABEL} is the most a button holds")
        if "\n" in shown or "](" in shown or "**" in shown:
            yield field.fault("must be one plain line, without links or markup")

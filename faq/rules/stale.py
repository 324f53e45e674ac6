"""The English must be read again whenever the French it translates has changed."""

from __future__ import annotations

from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Loaded

_HOW = "read it again, then run `python -m faq stamp`"


def stale(loaded: Loaded) -> Iterator[Fault]:
    """Yield English texts that don't carry the stamp of the French beside them."""
    for entry in loaded.content.entries.values():
        english = entry.texts["en"]
        if english.question and entry.texts["fr"].question:
            yield from _stale(loaded, f"entry:{entry.id}", english.translates, entry.texts["fr"].stamp())
    for page in loaded.content.pages.values():
        english_page = page.texts["en"]
        if english_page.body and page.texts["fr"].body:
            yield from _stale(loaded, f"page:{page.id}", english_page.translates, page.texts["fr"].stamp())


def _stale(loaded: Loaded, key: str, translates: str | None, stamp: str) -> Iterator[Fault]:
    if translates is None:
        yield loaded.fault(key, f"the English has no `translates` stamp: {_HOW}", "en")
    elif translates != stamp:
        yield loaded.fault(
            key, f"the French has changed since the English was written: {_HOW}", "en", "translates"
        )

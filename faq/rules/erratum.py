"""Where our answer differs in substance from the printed one, the entry must say why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from faq.facts import Fact, FactText, fill, names_in
from faq.faults import Fault
from faq.loaded import Loaded
from faq.model import Entry
from faq.patterns import hard_values
from faq.printed_checks import findings
from faq.source_text import Item

_POLARITY = re.compile(r"\s*(oui|non)\b", re.IGNORECASE)


def errata(loaded: Loaded) -> Iterator[Fault]:
    """Yield entries without an erratum that differ from their source in facts, or whose source is faulty."""
    bare = {entry.id: entry for entry in loaded.content.entries.values() if not entry.erratum}
    for entry in bare.values():
        for reason in _differences(entry, loaded.content.facts):
            yield _fault(loaded, entry, reason)
    for finding in findings([_item(entry) for entry in loaded.content.entries.values()]):
        if finding.item.name in bare and finding.level == "ERROR":
            yield _fault(loaded, bare[finding.item.name], f"the source is faulty ({finding.message})")


def _fault(loaded: Loaded, entry: Entry, reason: str) -> Fault:
    return loaded.fault(f"entry:{entry.id}", f"{reason}, and there is no `erratum` to explain", "source")


def _item(entry: Entry) -> Item:
    return Item(entry.section, entry.number, 0, entry.source.question, entry.source.answer, name=entry.id)


def _differences(entry: Entry, facts: Mapping[str, Fact]) -> Iterator[str]:
    answer = entry.texts["fr"].answer
    if not answer or not entry.source.answer or not set(names_in(answer)) <= set(facts):
        return
    shown = fill(answer, _without_hours(facts), "fr")
    ours, theirs = hard_values(shown), hard_values(entry.source.answer)
    if ours != theirs:
        changed = ", ".join(sorted(ours ^ theirs))
        yield f"our facts differ from the source's ({changed})"
    said, printed = _POLARITY.match(shown), _POLARITY.match(entry.source.answer)
    if printed and (said is None or said.group(1).casefold() != printed.group(1).casefold()):
        yield f"the source says « {printed.group(1)} »"


def _without_hours(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Opening hours are ours to add: they don't change what an answer says."""
    blank = {language: FactText("", "") for language in ("fr", "en")}
    return {
        name: Fact(name, fact.kind, fact.value, blank, "") if fact.kind == "hours" else fact
        for name, fact in facts.items()
    }

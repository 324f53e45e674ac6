"""Runs every check over the content, or over a printed FAQ, and lists all faults at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from faq.faults import Fault, in_file_order
from faq.loader import CONTENT_ROOT, read_content
from faq.patterns import phones
from faq.printed_checks import findings
from faq.rules import RULES
from faq.source_text import Printed, named, read_ids, read_printed
from faq.words import normalise


def lint_content(root: Path = CONTENT_ROOT) -> list[Fault]:
    """Return all faults of a content folder, in file order."""
    loaded, faults = read_content(root)
    for rule in RULES:
        faults.extend(rule(loaded))
    return in_file_order(faults)


def lint_source(path: Path, ids: Path | None = None) -> list[Fault]:
    """Return all faults of a printed FAQ, named by id when a table is given; may raise UnreadableError."""
    printed = read_printed(path)
    rows = read_ids(ids) if ids else []
    if rows:
        printed = named(printed, rows)
    faults = [
        Fault(path, finding.item.line, f"{finding.item.title}: {finding.message}", finding.level)
        for finding in findings(printed.items)
    ]
    faults.extend(_nothing_found(printed))
    faults.extend(_index_and_body(printed))
    faults.extend(_telephones(printed))
    faults.extend(_missing_ids(printed, [row["id"] for row in rows]))
    return in_file_order(faults)


def _nothing_found(printed: Printed) -> Iterator[Fault]:
    if not printed.items:
        yield Fault(printed.path, 1, "no numbered question with an answer was found")


def _index_and_body(printed: Printed) -> Iterator[Fault]:
    index = {(item.section, item.number): item for item in printed.index}
    for item in printed.items:
        announced = index.pop((item.section, item.number), None)
        if announced and normalise(announced.question) != normalise(item.question):
            message = f"{item.title}: not worded as in the index (line {announced.line})"
            yield Fault(printed.path, item.line, message)
        if announced is None and printed.index:
            yield Fault(printed.path, item.line, f"{item.title}: missing from the index")
    for left in index.values():
        yield Fault(printed.path, left.line, f"{left.title}: has no answer")


def _telephones(printed: Printed) -> Iterator[Fault]:
    found = [(number, line) for line in printed.lines for number in sorted(phones(line.text))]
    counts = Counter(number for number, _ in found)
    if len(counts) < 2:
        return
    main, _ = counts.most_common(1)[0]
    for number, line in found:
        if number != main:
            yield Fault(
                printed.path, line.number, f"two customer-service numbers: {number}, elsewhere {main}"
            )


def _missing_ids(printed: Printed, ids: list[str]) -> Iterator[Fault]:
    names = {item.name for item in printed.items}
    for name in ids:
        if name not in names:
            yield Fault(printed.path, 1, f"`{name}` of the table of ids is not in the text")

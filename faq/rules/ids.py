"""Every question of the source keeps its id, section and number for ever; `ids.tsv` says which."""

from __future__ import annotations

from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Loaded
from faq.source_text import UnreadableError, read_ids

TABLE = "ids.tsv"


def ids(loaded: Loaded) -> Iterator[Fault]:
    """Yield ids that are missing, unknown, or stand at another place than in the table."""
    path = loaded.documents["facts"].path.parent / TABLE
    try:
        rows = read_ids(path)
    except UnreadableError as error:
        yield Fault(path, 1, f"the table of ids can't be used: {error}")
        return
    places = {row["id"]: (row["section"], row["number"]) for row in rows}
    for line, row in enumerate(rows, start=2):
        if row["id"] not in loaded.content.entries and row["id"] not in loaded.unread:
            yield Fault(path, line, f"`{row['id']}` has no entry")
    for entry in loaded.content.entries.values():
        if entry.id not in places:
            yield loaded.fault(f"entry:{entry.id}", f"id `{entry.id}` is not in {TABLE}", "id")
        elif places[entry.id] != (entry.section, str(entry.number)):
            section, number = places[entry.id]
            message = f"{TABLE} says section {section}, number {number}"
            yield loaded.fault(f"entry:{entry.id}", message, "number")

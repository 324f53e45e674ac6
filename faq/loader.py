"""Reads the whole content folder; gives either good content or the full list of what is wrong, with lines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from faq.faults import ContentError, Fault, in_file_order
from faq.loaded import Loaded
from faq.model import Content, Entry, Page
from faq.parse import read_entry, read_facts, read_page, read_sections
from faq.reader import Reader
from faq.references import broken_references
from faq.yamlfile import Document, parse_yaml

# FAQ_CONTENT names another folder: an operator's own copy, a test's.
CONTENT_ROOT = Path(os.environ.get("FAQ_CONTENT") or Path(__file__).parent / "content")

Parse = Callable[[Path], Document]


def load_content(root: Path = CONTENT_ROOT) -> Content:
    """Return the content of a folder, or raise ContentError with every fault that keeps it from use."""
    loaded, faults = read_content(root)
    if faults:
        raise ContentError(faults)
    return loaded.content


def read_content(root: Path = CONTENT_ROOT, parse: Parse = parse_yaml) -> tuple[Loaded, list[Fault]]:
    """Read all that can be read, with the faults found; `parse` may remember files it has seen."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = list(_misplaced(root))
    facts = read_facts(_open(root / "facts.yml", "facts", documents, faults, parse))
    sections = read_sections(_open(root / "sections.yml", "sections", documents, faults, parse))
    pages = _read_pages(root, documents, faults, parse)
    entries = _read_entries(root, documents, faults, parse)
    order = {name: place for place, name in enumerate(sections)}
    entries.sort(key=lambda entry: (order.get(entry.section, len(order)), entry.number, entry.id))
    content = Content({entry.id: entry for entry in entries}, facts, pages, sections)
    unread = frozenset(fault.path.stem for fault in faults)
    loaded = Loaded(content, documents, unread)
    return loaded, in_file_order([*faults, *broken_references(loaded)])


def content_files(root: Path) -> list[Path]:
    """List the files that make up the content, in a fixed order."""
    return sorted(path for path in root.rglob("*.yml") if not path.name.startswith("."))


class _FaultReader(Reader):
    """A reader whose complaints land in the list of the whole load."""

    def __init__(self, document: Document, faults: list[Fault]) -> None:
        super().__init__(document)
        faults.extend(self.faults)
        self.faults = faults


def _open(path: Path, key: str, documents: dict[str, Document], faults: list[Fault], parse: Parse) -> Reader:
    document = parse(path)
    documents[key] = document
    return _FaultReader(document, faults)


def _read_pages(
    root: Path, documents: dict[str, Document], faults: list[Fault], parse: Parse
) -> dict[str, Page]:
    pages = {}
    for path in sorted((root / "pages").glob("*.yml")):
        reader = _open(path, f"page:{path.stem}", documents, faults, parse)
        pages[path.stem] = read_page(reader, path.stem)
    return pages


def _read_entries(
    root: Path, documents: dict[str, Document], faults: list[Fault], parse: Parse
) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for path in sorted((root / "entries").glob("*/*.yml")):
        reader = _FaultReader(parse(path), faults)
        if not reader.document.data:
            continue
        entry = read_entry(reader)
        if entry.id in entries:
            reader.fault(f"id `{entry.id}` is also used in {documents[f'entry:{entry.id}'].path}", "id")
        elif entry.id:
            entries[entry.id] = entry
            documents[f"entry:{entry.id}"] = reader.document
    if not entries:
        faults.append(Fault(root / "entries", 1, "there are no entries"))
    return list(entries.values())


def _misplaced(root: Path) -> Iterator[Fault]:
    known = {root / "facts.yml", root / "sections.yml"}
    for path in content_files(root):
        folder = path.relative_to(root).parts[:-1]
        if path not in known and folder != ("pages",) and not (len(folder) == 2 and folder[0] == "entries"):
            yield Fault(path, 1, "nothing reads this file: entries stand in entries/<section>/<id>.yml")
    for path in sorted(root.rglob("*.yaml")):
        yield Fault(path, 1, "nothing reads this file: content files end in .yml")

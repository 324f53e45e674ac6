"""Checks that everything the content names exists; nothing broken is served, so the loader asks too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq.facts import Fact, names_in, without_names
from faq.faults import Fault
from faq.loaded import Field, Loaded
from faq.model import OPERATIONS, Entry

_TARGET = re.compile(r"\]\(([^)]*)\)")
_WEB = re.compile(r"https://[^\s]+\Z")


def broken_references(loaded: Loaded) -> Iterator[Fault]:
    """Yield a fault for each fact, link, entry, section, operation that is named and doesn't exist."""
    for field in loaded.fields():
        yield from _broken_text(field, loaded)
    for entry in loaded.content.entries.values():
        yield from _broken_entry(entry, loaded)
    yield from _broken_slugs(loaded)


def _broken_text(field: Field, loaded: Loaded) -> Iterator[Fault]:
    for name in names_in(field.template):
        if name not in loaded.content.facts and "facts" not in loaded.unread:
            yield field.fault(f"unknown fact `{name}`")
    if re.search(r"[{}]", without_names(field.template)):
        yield field.fault("a stray brace: a fact is named as {{ name }}")
    for target in _TARGET.findall(field.template):
        if not _known_target(target, loaded):
            yield field.fault(f"dead link `{target}`")


def _known_target(target: str, loaded: Loaded) -> bool:
    kind, _, name = target.partition(":")
    if kind == "fact":
        fact: Fact | None = loaded.content.facts.get(name)
        return fact is None or fact.href() is not None
    known = {"entry": loaded.content.entries, "page": loaded.content.pages}.get(kind)
    return name in known or name in loaded.unread if known is not None else bool(_WEB.match(target))


def _broken_entry(entry: Entry, loaded: Loaded) -> Iterator[Fault]:
    key = f"entry:{entry.id}"
    path = loaded.documents[key].path
    if path.stem != entry.id:
        yield loaded.fault(key, f"the file is named {path.stem} and its id is {entry.id}", "id")
    if path.parent.name != entry.section:
        yield loaded.fault(key, f"stands in {path.parent.name}, its section is {entry.section}", "section")
    if entry.section not in loaded.content.sections and "sections" not in loaded.unread:
        yield loaded.fault(key, f"unknown section `{entry.section}`", "section")
    if entry.operation is not None and entry.operation not in OPERATIONS:
        yield loaded.fault(key, f"unknown operation `{entry.operation}`", "operation")
    for index, related in enumerate(entry.related):
        if related == entry.id:
            yield loaded.fault(key, "is related to itself", "related", index)
        elif related not in loaded.content.entries and related not in loaded.unread:
            yield loaded.fault(key, f"is related to `{related}`, which doesn't exist", "related", index)
        elif related in entry.related[:index]:
            yield loaded.fault(key, f"is related to `{related}` twice", "related", index)


def _broken_slugs(loaded: Loaded) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for page in loaded.content.pages.values():
        for language, text in page.texts.items():
            if text.slug and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text.slug):
                yield loaded.fault(f"page:{page.id}", "a slug has only a-z, 0-9 and -", language, "slug")
            other = seen.setdefault((language, text.slug), page.id)
            if other != page.id:
                yield loaded.fault(f"page:{page.id}", f"same slug as page {other}", language, "slug")

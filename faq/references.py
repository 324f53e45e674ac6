"""Checks that everything the content names exists; a broken reference is never served, so the loader asks too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faq.facts import Fact, names_in
from faq.faults import Fault
from faq.model import OPERATIONS, Content, Entry
from faq.yamlfile import Document, KeyPath

_TARGET = re.compile(r"\]\(([^)]*)\)")
_WEB = re.compile(r"https://[^\s]+\Z")
_FIELDS = ("question", "label", "answer", "spoken")
_PAGE_FIELDS = ("title", "body")


@dataclass(frozen=True)
class Field:
    """One text as written in a file, facts not filled in, with where it stands."""

    owner: str
    language: str
    name: str
    template: str
    path: Path
    line: int

    def fault(self, message: str) -> Fault:
        """Make a fault about this text."""
        return Fault(self.path, self.line, f"{self.language}.{self.name}: {message}")


@dataclass(frozen=True)
class Loaded:
    """Content as read, good or bad, with the documents it came from; keys are `facts`, `entry:<id>`, `page:<id>`."""

    content: Content
    documents: dict[str, Document]
    unread: frozenset[str] = frozenset()  # names of files too broken to read: what they hold is not called missing

    def fault(self, key: str, message: str, *at: str | int) -> Fault:
        """Make a fault at a key of one document."""
        document = self.documents[key]
        return Fault(document.path, document.line(*at), message)

    def fields(self) -> Iterator[Field]:
        """Yield every text that customers get, empty ones left out."""
        for entry in self.content.entries.values():
            for language, text in entry.texts.items():
                yield from self._fields(f"entry:{entry.id}", language, vars(text), _FIELDS)
        for page in self.content.pages.values():
            for language, page_text in page.texts.items():
                yield from self._fields(f"page:{page.id}", language, vars(page_text), _PAGE_FIELDS)

    def _fields(
        self, key: str, language: str, texts: dict[str, str], names: tuple[str, ...]
    ) -> Iterator[Field]:
        document = self.documents[key]
        for name in names:
            if texts[name]:
                at: KeyPath = (language, name)
                yield Field(key, language, name, texts[name], document.path, document.line(*at))


def broken_references(loaded: Loaded) -> Iterator[Fault]:
    """Yield a fault for each fact, link, entry, section, operation or page that is named and doesn't exist."""
    for field in loaded.fields():
        yield from _broken_text(field, loaded)
    for entry in loaded.content.entries.values():
        yield from _broken_entry(entry, loaded)
    yield from _broken_slugs(loaded)


def _broken_text(field: Field, loaded: Loaded) -> Iterator[Fault]:
    for name in names_in(field.template):
        if name not in loaded.content.facts and "facts" not in loaded.unread:
            yield field.fault(f"unknown fact `{name}`")
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
        yield loaded.fault(key, f"the file stands in {path.parent.name}, its section is {entry.section}", "section")
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
                yield loaded.fault(f"page:{page.id}", f"slug `{text.slug}` isn't a-z, 0-9 and -", language, "slug")
            other = seen.setdefault((language, text.slug), page.id)
            if other != page.id:
                yield loaded.fault(f"page:{page.id}", f"same slug as page {other}", language, "slug")

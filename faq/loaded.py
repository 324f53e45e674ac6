"""Content as read from files, good or bad, with the line of every text, for the checks that look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from faq.facts import Style, names_in
from faq.faults import Fault
from faq.model import LANGUAGES, Content
from faq.yamlfile import Document

_FIELDS = ("question", "label", "answer", "spoken")
_PAGE_FIELDS = ("title", "body")


@dataclass(frozen=True)
class Field:
    """One text as written in a file, facts not filled in, with where it stands."""

    owner: str
    language: str
    key: str
    template: str
    path: Path
    line: int

    def fault(self, message: str) -> Fault:
        """Make a fault about this text."""
        return Fault(self.path, self.line, f"{self.key}: {message}")

    @property
    def name(self) -> str:
        """Return the last word of the key: question, label, answer, spoken, title or body."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True)
class Loaded:
    """Content as read, good or bad, and its documents: `facts`, `sections`, `entry:<id>`, `page:<id>`."""

    content: Content
    documents: dict[str, Document]
    unread: frozenset[str] = frozenset()  # names of faulty files: what they should hold is not called missing

    def fault(self, key: str, message: str, *at: str | int) -> Fault:
        """Make a fault at a key of one document."""
        document = self.documents[key]
        return Fault(document.path, document.line(*at), message)

    def fields(self) -> Iterator[Field]:
        """Yield every text that customers get, empty ones left out."""
        for entry in self.content.entries.values():
            for language, text in entry.texts.items():
                yield from self._fields(f"entry:{entry.id}", vars(text), _FIELDS, language)
        for page in self.content.pages.values():
            for language, page_text in page.texts.items():
                yield from self._fields(f"page:{page.id}", vars(page_text), _PAGE_FIELDS, language)

    def other_prose(self) -> Iterator[Field]:
        """Yield the other texts that people read: errata, section titles, facts as written."""
        for entry in self.content.entries.values():
            yield from self._fields(f"entry:{entry.id}", entry.erratum or {}, LANGUAGES, "erratum")
        for section in self.content.sections.values():
            yield from self._fields("sections", section.titles, LANGUAGES, section.id)
        for fact in self.content.facts.values():
            texts = {language: text.text for language, text in fact.texts.items()}
            yield from self._fields("facts", texts, LANGUAGES, fact.name)

    def rendered(self, field: Field, style: Style = "plain") -> str:
        """Return a text with its facts filled in, or nothing when one of them is unknown."""
        if not set(names_in(field.template)) <= set(self.content.facts):
            return ""
        return self.content.fill(field.template, field.language, style)

    def _fields(
        self, key: str, texts: Mapping[str, str], names: tuple[str, ...], parent: str
    ) -> Iterator[Field]:
        document = self.documents[key]
        for name in names:
            if texts.get(name):
                language = name if name in LANGUAGES else parent
                line = document.line(parent, name)
                yield Field(key, language, f"{parent}.{name}", texts[name], document.path, line)

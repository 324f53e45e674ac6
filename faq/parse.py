"""Turns each kind of content file into the model, keeping on after a fault so that all are told at once."""

from __future__ import annotations

from faq.facts import KINDS, Fact, FactText
from faq.model import LANGUAGES, Entry, Page, PageText, Section, Source, Text
from faq.reader import Reader

_ENTRY_KEYS = (
    "id",
    "section",
    "number",
    "also_number",
    "operation",
    "related",
    *LANGUAGES,
    "source",
    "erratum",
)
_TEXT_KEYS = ("question", "label", "answer", "spoken")
_FACT_KEYS = ("kind", "value", *LANGUAGES, "source", "note", "used_by")
_PAGE_KEYS = ("slug", "title", "body")
_NUMERIC_KINDS = ("days", "money", "number")


def read_entry(reader: Reader) -> Entry:
    """Read `entries/<section>/<id>.yml`."""
    reader.mapping(_ENTRY_KEYS)
    return Entry(
        id=reader.text("id"),
        section=reader.text("section"),
        number=reader.integer("number") or 0,
        also_number=reader.integer("also_number", required=False),
        operation=reader.text("operation", required=False) or None,
        related=reader.texts("related"),
        texts={language: _read_text(reader, language) for language in LANGUAGES},
        source=_read_source(reader),
        erratum=_read_erratum(reader),
    )


def read_facts(reader: Reader) -> dict[str, Fact]:
    """Read `facts.yml`."""
    return {name: _read_fact(reader, name) for name in reader.names()}


def read_sections(reader: Reader) -> dict[str, Section]:
    """Read `sections.yml`; the order in the file is the order on the page."""
    sections = {}
    for name in reader.names():
        reader.mapping(LANGUAGES, name)
        sections[name] = Section(name, {language: reader.text(name, language) for language in LANGUAGES})
    return sections


def read_page(reader: Reader, page_id: str) -> Page:
    """Read `pages/<id>.yml`."""
    reader.mapping(LANGUAGES)
    return Page(page_id, {language: _read_page_text(reader, language) for language in LANGUAGES})


def _read_text(reader: Reader, language: str) -> Text:
    if not reader.mapping(_allowed(_TEXT_KEYS, language), language):
        return Text("", "", "", "")
    return Text(
        question=reader.text(language, "question"),
        label=reader.text(language, "label"),
        answer=reader.text(language, "answer"),
        spoken=reader.text(language, "spoken"),
        translates=_read_stamp(reader, language),
    )


def _read_page_text(reader: Reader, language: str) -> PageText:
    if not reader.mapping(_allowed(_PAGE_KEYS, language), language):
        return PageText("", "", "")
    return PageText(
        slug=reader.text(language, "slug"),
        title=reader.text(language, "title"),
        body=reader.text(language, "body"),
        translates=_read_stamp(reader, language),
    )


def _allowed(keys: tuple[str, ...], language: str) -> tuple[str, ...]:
    return keys if language == "fr" else (*keys, "translates")


def _read_stamp(reader: Reader, language: str) -> str | None:
    return None if language == "fr" else reader.text(language, "translates", required=False) or None


def _read_source(reader: Reader) -> Source:
    if not reader.mapping(("question", "answer"), "source"):
        return Source("", "")
    return Source(reader.text("source", "question"), reader.text("source", "answer"))


def _read_erratum(reader: Reader) -> dict[str, str] | None:
    if reader.get("erratum") is None or not reader.mapping(LANGUAGES, "erratum"):
        return None
    return {language: reader.text("erratum", language) for language in LANGUAGES}


def _read_fact(reader: Reader, name: str) -> Fact:
    reader.mapping(_FACT_KEYS, name)
    kind = reader.text(name, "kind")
    if kind and kind not in KINDS:
        reader.fault(f"`{name}.kind` must be one of {', '.join(KINDS)}", name, "kind")
    value = reader.integer(name, "value") if kind in _NUMERIC_KINDS else reader.text(name, "value")
    return Fact(
        name=name,
        kind=kind,
        value="" if value is None else value,
        texts={language: _read_fact_text(reader, name, language) for language in LANGUAGES},
        source=reader.text(name, "source"),
        note=reader.text(name, "note", required=False),
        used_by=reader.texts(name, "used_by"),
    )


def _read_fact_text(reader: Reader, name: str, language: str) -> FactText:
    if not reader.mapping(("text", "spoken"), name, language):
        return FactText("", "")
    text = reader.text(name, language, "text")
    return FactText(text, reader.text(name, language, "spoken", required=False) or text)

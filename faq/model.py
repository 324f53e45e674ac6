"""The shapes of what we say, so that every door (web, voice, desk, bot) reads the same typed content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from faq.facts import Fact, FactText, Style, fill
from faq.render import Resolve, spoken, to_text

__all__ = ["Answer", "Content", "Entry", "Fact", "FactText", "Page", "PageText", "Section", "Source", "Text"]

LANGUAGES = ("fr", "en")
VOICE = "voice"
OPERATIONS = (
    "sign_in",
    "sign_out",
    "account_summary",
    "link_account",
    "change_address",
    "see_address_change",
    "cancel_address_change",
    "compare_plans",
    "switch_plan",
    "report_payment",
    "pay",
    "autopay",
    "enrol_ebill",
    "leave_ebill",
    "change_ebill_email",
    "resend_bill",
    "receipts",
    "send_receipt",
    "undo",
    "human",
    "complaint",
)


def short_hash(*parts: str) -> str:
    """Return ten hexadecimal digits that change when a word of the parts does; line breaks don't count."""
    words = "\0".join(" ".join(part.split(None)) for part in parts)
    return hashlib.sha256(words.encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Text:
    """What an entry says in one language; `translates` is the hash of the French it was translated from."""

    question: str
    label: str
    answer: str
    spoken: str
    translates: str | None = None

    def stamp(self) -> str:
        """Return the hash that a translation of this text carries."""
        return short_hash(self.question, self.answer, self.spoken)


@dataclass(frozen=True)
class Source:
    """The question and answer as first printed, faults kept."""

    question: str
    answer: str


@dataclass(frozen=True)
class Entry:
    """One question of the FAQ; its texts are templates until a `Content` fills in the facts."""

    id: str
    section: str
    number: int
    texts: Mapping[str, Text]
    source: Source
    operation: str | None = None
    also_number: int | None = None
    related: tuple[str, ...] = ()
    erratum: Mapping[str, str] | None = None


@dataclass(frozen=True)
class PageText:
    """A page in one language; `slug` is the last part of its address."""

    slug: str
    title: str
    body: str
    translates: str | None = None

    def stamp(self) -> str:
        """Return the hash that a translation of this page carries."""
        return short_hash(self.title, self.body)


@dataclass(frozen=True)
class Page:
    """A page that answers link to."""

    id: str
    texts: Mapping[str, PageText]


@dataclass(frozen=True)
class Section:
    """A group of entries, with its title in each language."""

    id: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What is said: `text` to show or read aloud as it is, `markdown` for `faq.render`, and its version."""

    text: str
    markdown: str
    faq_id: str
    language: str
    version: str
    title: str


@dataclass(frozen=True)
class Content:
    """All that we say at one moment; entries stand in the order of the FAQ."""

    entries: Mapping[str, Entry]
    facts: Mapping[str, Fact]
    pages: Mapping[str, Page]
    sections: Mapping[str, Section]

    def answer(self, entry_id: str, language: str, channel: str = "web") -> Answer:
        """Return the answer to one entry, as written, or as spoken when the channel is `voice`."""
        text = self.text(entry_id, language)
        said = spoken(text.spoken) if channel == VOICE else to_text(text.answer)
        return Answer(
            text=said,
            markdown=said if channel == VOICE else text.answer,
            faq_id=entry_id,
            language=language,
            version=self.version(entry_id, language),
            title=text.question,
        )

    def text(self, entry_id: str, language: str) -> Text:
        """Return an entry's texts with the facts filled in; KeyError for an unknown id or language."""
        return self._rendered[entry_id, language]

    def page(self, page_id: str, language: str) -> PageText:
        """Return a page with the facts filled in; KeyError for an unknown id or language."""
        raw = self.pages[page_id].texts[language]
        return replace(
            raw,
            title=self.fill(raw.title, language),
            body=self.fill(raw.body, language, "linked"),
        )

    def page_by_slug(self, language: str, slug: str) -> PageText | None:
        """Return the page that stands at /<language>/<slug>, if there is one."""
        for page in self.pages.values():
            if page.texts[language].slug == slug:
                return self.page(page.id, language)
        return None

    def version(self, entry_id: str, language: str) -> str:
        """Return the short hash of what an entry now says in one language."""
        text = self.text(entry_id, language)
        return short_hash(text.question, text.answer, text.spoken)

    def in_section(self, section_id: str) -> tuple[Entry, ...]:
        """Return a section's entries in the order of the FAQ."""
        return tuple(entry for entry in self.entries.values() if entry.section == section_id)

    def fill(self, template: str, language: str, style: Style = "plain") -> str:
        """Fill the facts into any text that names them as `{{ name }}`; KeyError for an unknown fact."""
        return fill(template, self.facts, language, style)

    def resolver(self, language: str, entry_url: str = "/{language}/#{id}") -> Resolve:
        """Return what turns `entry:` and `page:` targets into addresses, for `faq.render`."""

        def resolve(target: str) -> str | None:
            kind, _, name = target.partition(":")
            if kind == "page" and name in self.pages:
                return f"/{language}/{self.pages[name].texts[language].slug}"
            if kind == "entry" and name in self.entries:
                return entry_url.format(language=language, id=name)
            return None

        return resolve

    @cached_property
    def _rendered(self) -> dict[tuple[str, str], Text]:
        return {
            (entry.id, language): self._render(entry.texts[language], language)
            for entry in self.entries.values()
            for language in entry.texts
        }

    def _render(self, text: Text, language: str) -> Text:
        return Text(
            question=self.fill(text.question, language),
            label=self.fill(text.label, language),
            answer=self.fill(text.answer, language, "linked"),
            spoken=self.fill(text.spoken, language, "spoken"),
            translates=text.translates,
        )

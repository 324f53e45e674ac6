"""What the help pages show, worked out from the content before any template sees it."""

import base64
import hashlib
import json
from dataclasses import dataclass

from markupsafe import Markup

from faq import Content, Entry
from faq.render import to_html
from gateway.settings import Language


@dataclass(frozen=True)
class EntryView:
    """One question with its answer as safe HTML."""

    id: str
    url: str
    question: str
    answer: Markup
    related: list[tuple[str, str]]


@dataclass(frozen=True)
class SectionView:
    """A section of the FAQ."""

    id: str
    title: str
    entries: list[EntryView]


@dataclass(frozen=True)
class DataBlock:
    """A schema.org description that can't break out of its script element, and its hash for the policy."""

    text: Markup
    hash: str


def view_sections(content: Content, language: Language) -> list[SectionView]:
    """The whole FAQ, in its order."""
    return [
        SectionView(
            id=section.id,
            title=section.titles[language],
            entries=[view_entry(content, entry, language) for entry in content.in_section(section.id)],
        )
        for section in content.sections.values()
    ]


def view_entry(content: Content, entry: Entry, language: Language) -> EntryView:
    """One entry, linked from and to others."""
    text = content.text(entry.id, language)
    return EntryView(
        id=entry.id,
        url=f"/{language}/faq/{entry.id}",
        question=text.question,
        answer=Markup(to_html(text.answer, content.resolver(language))),
        related=[
            (f"/{language}/#{other}", content.text(other, language).question) for other in entry.related
        ],
    )


def view_pages(content: Content, language: Language) -> list[tuple[str, str]]:
    """Address and title of each page that answers link to."""
    pages = [content.page(page_id, language) for page_id in content.pages]
    return [(f"/{language}/{page.slug}", page.title) for page in pages]


def faq_data(entries: list[EntryView], language: Language) -> DataBlock:
    """The entries as a schema.org FAQPage."""
    questions = [
        {
            "@type": "Question",
            "name": entry.question,
            "acceptedAnswer": {"@type": "Answer", "text": str(entry.answer)},
        }
        for entry in entries
    ]
    return data_block(
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "inLanguage": f"{language}-CA",
            "mainEntity": questions,
        }
    )


def data_block(data: object) -> DataBlock:
    """JSON for a script element: nothing in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return DataBlock(Markup(text), base64.b64encode(digest).decode())

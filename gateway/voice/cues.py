"""Recognises the few things that callers say to the gateway itself, before anything goes to the bot."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Cue = Literal["french", "english", "yes", "no", "repeat", "cancel", "more", "code", "menu"]

_CUES = Path(__file__).parent / "cues.yml"
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_BESIDE = 2  # other words


def says(cue: Cue, speech: str) -> bool:
    """Whether the words are the cue, or hold it with hardly anything else."""
    heard = _plain(speech)
    for polite in _phrases()["polite"]:
        heard = f" {heard} ".replace(f" {polite} ", " ").strip()
    return any(
        f" {phrase} " in f" {heard} " and len(heard.split()) <= len(phrase.split()) + _BESIDE
        for phrase in _phrases()[cue]
    )


def is_said(title: str, speech: str) -> bool:
    """Whether the words are a title, or hold it whole."""
    return f" {_plain(title)} " in f" {_plain(speech)} "


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    kept = "".join(character for character in bare if not unicodedata.combining(character))
    return _NOT_A_LETTER.sub(" ", kept).strip()


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    loaded: dict[str, list[str]] = yaml.load(_CUES.read_text(encoding="utf-8"), yaml.BaseLoader)
    return {name: tuple(_plain(phrase) for phrase in phrases) for name, phrases in loaded.items()}

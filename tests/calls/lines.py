"""Which of the gateway's own lines was heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import yaml

from gateway.texts import CONTENT
from tests.calls.phone import Spoken


def keys_of(heard: Sequence[Spoken]) -> list[str]:
    """The keys of the lines heard, in their order; what the bot said has none."""
    return [key for spoken in heard if (key := _key(spoken)) is not None]


def _key(spoken: Spoken) -> str | None:
    language = spoken.language[:2]
    return next((key for key, pattern in _patterns(language) if pattern.fullmatch(spoken.text)), None)


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """Every line as an expression, those without values first."""
    texts = yaml.safe_load((CONTENT / "voice.yml").read_text(encoding="utf-8"))
    lines = sorted(texts.items(), key=lambda item: "{" in item[1][language])
    return [(key, _pattern(text[language])) for key, text in lines]


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"\{\w+\}", " ".join(template.split()))
    return re.compile(".+".join(re.escape(piece) for piece in pieces))

"""The training sentences and the domain, read as plain YAML: what is written, not what Rasa makes of it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.components.nlu.text import normalise

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Example:
    """A training sentence and its intent."""

    text: str
    intent: str


@cache
def read_yaml(path: Path) -> Any:
    """A file's content; the C parser, as the sentences are many."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def domain() -> Any:
    """bot/domain.yml."""
    return read_yaml(BOT / "domain.yml")


def blocks(language: str) -> list[tuple[str, list[str]]]:
    """Intents with their lines, in the order of the file."""
    nlu = read_yaml(BOT / "data" / f"nlu_{language}.yml")["nlu"]
    return [(block["intent"], block["examples"].splitlines()) for block in nlu]


@cache
def examples(language: str) -> tuple[Example, ...]:
    """Every sentence of a language."""
    return tuple(
        Example(line.removeprefix("- "), intent)
        for intent, lines in blocks(language)
        for line in lines
        if line.strip()
    )


def sentence_key(text: str) -> str:
    """What two spellings of the same sentence share: case, punctuation and spaces don't count, accents do."""
    words = re.sub(r"[\W_]+", " ", normalise(text).text.lower()).strip()
    return words or normalise(text).text

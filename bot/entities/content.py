"""The word lists of bot/content/entities/, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.entities.text import fold

_FOLDER = Path(__file__).parents[1] / "content" / "entities"


@cache
def written_words(topic: str, language: str) -> dict[str, Any]:
    """What bot/content/entities/<topic>_<language>.yml holds; every value is text ("no" is no boolean)."""
    text = (_FOLDER / f"{topic}_{language}.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


@cache
def words(topic: str, language: str) -> dict[str, Any]:
    """The same with its phrases folded, to be compared with folded text; keys stay as written."""
    return {name: _folded(lists) for name, lists in written_words(topic, language).items()}


@cache
def in_both(topic: str, name: str) -> tuple[str, ...]:
    """The list of that name in both languages: customers mix them."""
    return (*words(topic, "fr")[name], *words(topic, "en")[name])


def _folded(lists: Any) -> Any:  # lists or mappings of phrases, as the content files hold them
    if isinstance(lists, dict):
        return {name: _folded(phrases) for name, phrases in lists.items()}
    if isinstance(lists, list):
        return [_folded(phrase) for phrase in lists]
    return fold(lists)

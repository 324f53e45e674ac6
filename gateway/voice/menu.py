"""The menu by keys: topics, what each leads to, and the questions of the FAQ as they now stand."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from faq import Content
from gateway.settings import Language
from gateway.texts import Texts
from gateway.voice.keypad import MOST_CHOICES
from gateway.voice.speaking import in_groups
from gateway.voice.state import Choice

TOP, QUESTIONS, CODE = "top", "questions", "code"
WINDOW = 6  # choices of a list too long for the keys there are, before they begin anew
_SECTION, _ENTRY = "section.", "faq_"
_MENU = Path(__file__).parent / "menu.yml"


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """What each topic leads to."""
    loaded: dict[str, list[str]] = yaml.safe_load(_MENU.read_text(encoding="utf-8"))
    return {topic: tuple(leads_to) for topic, leads_to in loaded.items()}


def is_place(item: str) -> bool:
    """Whether choosing it leads to more choices."""
    return item in topics() or item == QUESTIONS or item.startswith(_SECTION)


def windows(place: str, texts: Texts, content: Content, language: Language) -> list[Sequence[Choice]]:
    """What can be chosen at a place, so many at a time; each choice's token is the item."""
    items = _items(place, content)
    choices = [Choice(token=item, title=title(item, texts, content, language)) for item in items]
    return [choices] if len(choices) <= MOST_CHOICES else in_groups(choices, WINDOW)


def title(item: str, texts: Texts, content: Content, language: Language) -> str:
    """What it is called."""
    if item.startswith(_SECTION):
        return content.sections[item.removeprefix(_SECTION)].titles[language]
    if item.startswith(_ENTRY):
        return content.text(item.removeprefix(_ENTRY), language).label.rstrip("?")
    return texts.get(f"menu.{item}", language)


def _items(place: str, content: Content) -> list[str]:
    if place == TOP:
        return list(topics())
    if place == QUESTIONS:
        return [f"{_SECTION}{section}" for section in content.sections]
    if place.startswith(_SECTION):
        entries = content.in_section(place.removeprefix(_SECTION))
        return [f"{_ENTRY}{entry.id}" for entry in entries]
    return list(topics()[place])

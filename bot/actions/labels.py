"""The customer's words for what a button leads to: FAQ entries from `faq/`, the rest from bot/content/."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from faq.store import ContentStore

Button = dict[str, str]

NONE_OF_THESE = "none_of_these"
_NONE_PAYLOAD = "/deny"
_LABELS = Path(__file__).parents[1] / "content" / "labels.yml"
_FAQ_PREFIX = "faq_"


def button_label(intent: str, language: str) -> str | None:
    """What a button for this intent says, or None when the intent is not something to offer."""
    if intent.startswith(_FAQ_PREFIX):
        entry_id = intent.removeprefix(_FAQ_PREFIX)
        content = _faq().current()
        return content.text(entry_id, language).label if entry_id in content.entries else None
    label = _operations().get(intent)
    return label[language] if label else None


def button(intent: str, language: str) -> Button | None:
    """A button that leads to this intent, or None when the intent is not something to offer."""
    label = button_label(intent, language)
    return {"title": label, "payload": f"/{intent}"} if label else None


def none_of_these(language: str) -> Button:
    """The button that refuses all the others."""
    return {"title": _operations()[NONE_OF_THESE][language], "payload": _NONE_PAYLOAD}


def relabelled(buttons: Iterable[Button], language: str) -> list[Button]:
    """The same buttons in the words of another language."""
    made = [
        none_of_these(language) if old["payload"] == _NONE_PAYLOAD else button(old["payload"][1:], language)
        for old in buttons
    ]
    return [new for new in made if new]


@cache
def _faq() -> ContentStore:
    return ContentStore()


@cache
def _operations() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))
    return labels

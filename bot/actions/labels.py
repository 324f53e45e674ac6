"""The customer's words for what a button leads to: FAQ entries from `faq/`, the rest from bot/content/."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bot.words.labels import Button, label_of, operation_labels
from faq.store import ContentStore

NONE_OF_THESE = "none_of_these"
_NONE_PAYLOAD = "/deny"


def button(intent: str, language: str) -> Button | None:
    """A button that leads to this intent, or None when the intent is not something to offer."""
    label = label_of(intent, language, _faq().current())
    return {"title": label, "payload": f"/{intent}"} if label else None


def none_of_these(language: str) -> Button:
    """The button that refuses all the others."""
    return {"title": operation_labels()[NONE_OF_THESE][language], "payload": _NONE_PAYLOAD}


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

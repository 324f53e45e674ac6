"""What the gateway is told of each thing said: under its own names, and only what has the agreed shape."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.components.nlg import WRITTEN_LINKS

log = logging.getLogger(__name__)

CARDS = ("sign_in", "receipt")
HANDOFFS = ("asked", "complaint", "failures", "refused", "backend_down", "business_ebill")

ASKS = ("date", "amount", "account_number", "postal_code", "address", "email", "yes_no", "choice", "text")

# What an answer carries to the gateway, and what Rasa calls it; the rest is Rasa's own book-keeping.
_FIELDS = {
    "text": "text",
    "ssml": "ssml",
    "lang": "lang",
    "key": "utter_action",
    "values": "values",
    "faq_id": "faq_id",
    "faq_version": "faq_version",
    "buttons": "buttons",
    "links": WRITTEN_LINKS,
    "card": "card",
    "handoff": "handoff",
    "asks": "asks",
}


def answer_of(message: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a message that hold something; one of another shape is left out, its name logged."""
    answer = {}
    for ours, rasas in _FIELDS.items():
        value = message.get(rasas)
        if not value:
            continue
        if _is_shaped(ours, value):
            answer[ours] = value
        else:
            log.error("%s: `%s` is not of the agreed form", message.get("utter_action"), ours)
    return answer


def _is_shaped(field: str, value: Any) -> bool:
    return _SHAPES.get(field, _is_text)(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _rows_with(*names: str) -> Callable[[Any], bool]:
    def shaped(value: Any) -> bool:
        rows = value if isinstance(value, list) else [None]
        return all(isinstance(row, dict) and all(_is_text(row.get(name)) for name in names) for row in rows)

    return shaped


def _one_of(name: str, known: tuple[str, ...]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and value.get(name) in known


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "values": _is_object,
    "buttons": _rows_with("title", "payload"),
    "links": _rows_with("title", "url"),
    "card": _one_of("kind", CARDS),
    "handoff": _one_of("reason", HANDOFFS),
    "asks": _one_of("kind", ASKS),
}

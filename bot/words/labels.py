"""What buttons say: the customer's words for each operation and question, and the choices of a dialogue."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.words.errors import WordingError
from bot.words.writer import Spoken, Writer
from faq import Content
from faq.model import VOICE

log = logging.getLogger(__name__)

Button = dict[str, str]

FAQ_PREFIX = "faq_"
_LABELS = Path(__file__).parents[1] / "content" / "labels.yml"


def label_of(intent: str, language: str, content: Content) -> str | None:
    """What a button for this intent says, or None when the intent is not something to offer."""
    if intent.startswith(FAQ_PREFIX):
        entry_id = intent.removeprefix(FAQ_PREFIX)
        return content.text(entry_id, language).label if entry_id in content.entries else None
    label = operation_labels().get(intent)
    return label[language] if label else None


@cache
def operation_labels() -> Mapping[str, Mapping[str, str]]:
    """bot/content/labels.yml, as it was at the start."""
    labels: dict[str, dict[str, str]] = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))
    return labels


def buttons(
    choices: Iterable[Mapping[str, Any]],
    language: str,
    writer: Writer,
    content: Content,
    channel: str = "web",
) -> list[Button]:
    """A button for each choice that can be written; the others are left out, and logged.

    A choice is {"label": value, "choice": text the dialogue understands} or
    {"intent": name} with a label of its own if it likes; its `role` (yes, cancel ...) goes with it.
    For the telephone each button also has `ssml`.
    """
    made = []
    for choice in choices:
        try:
            made.append(_button(choice, language, writer, content, channel))
        except WordingError as error:
            log.error("a button left out: %s", error)
    return made


def _button(
    choice: Mapping[str, Any], language: str, writer: Writer, content: Content, channel: str
) -> Button:
    intent, text = choice.get("intent"), choice.get("choice")
    title = _title(choice, language, writer, content, channel)
    if title is None or not title.text:
        raise WordingError(f"no label for {intent}")
    if not intent and not isinstance(text, str):
        raise WordingError("a choice without its text")
    payload = f"/{intent}" if intent else f"/choose{json.dumps({'choice': text})}"
    role, ssml = choice.get("role"), title.ssml if channel == VOICE else None
    made = {"title": title.text, "payload": payload, "role": role, "ssml": ssml}
    return {name: str(value) for name, value in made.items() if value}


def _title(
    choice: Mapping[str, Any], language: str, writer: Writer, content: Content, channel: str
) -> Spoken | None:
    if "label" in choice and channel == VOICE:
        return writer.spoken_value(choice["label"], language)
    if "label" in choice:
        return Spoken(writer.value(choice["label"], language), "")
    label = label_of(str(choice.get("intent")), language, content)
    return None if label is None else writer.said(label, language)

"""Chooses the words: the conversation's language, the channel's text, answers and texts read live.

It runs inside the Rasa process (a server of its own would be sent the whole tracker each time) and must
subclass Rasa's template generator: only that class is given the domain's responses when a model is loaded.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.components.nlu.detection import DEFAULT_LANGUAGE, LANGUAGES
from bot.components.nlu.language import LANGUAGE, conversation_language
from bot.words import WordingError, Writer
from bot.words.labels import buttons
from bot.words.texts import ROOT as TEXTS_ROOT
from bot.words.texts import TextStore
from faq.facts import Style
from faq.loader import CONTENT_ROOT
from faq.model import VOICE
from faq.render import to_markdown
from faq.store import ContentStore

log = logging.getLogger(__name__)

FAQ_PREFIX = "utter_faq_"
LAST_RESORT = "utter_technical_problem"
# What an action passes with a key arrives at the channel as it was passed; what we make of its links, so.
WRITTEN_LINKS = "written_links"


class BilingualNlg(TemplatedNaturalLanguageGenerator):
    """Never silent: an unknown key or a text that can't be written becomes an apology, and a log."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._store = ContentStore(Path(endpoint_config.kwargs.get("content", CONTENT_ROOT)))
        texts = TextStore(Path(endpoint_config.kwargs.get("texts", TEXTS_ROOT)))
        self._writer = Writer(texts, self._store)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The message for a key: text, `lang`, for FAQ answers `faq_id` and `faq_version`, for speech `ssml`.

        An action may pass `values` for the text, `choices` (they become `buttons`) and `links`.
        """
        language = _language(tracker)
        message = self._message(utter_action, tracker, language, output_channel, kwargs)
        if message is None:
            log.error("no text for %s in %s on %s", utter_action, language, output_channel)
            message = self._response(LAST_RESORT, tracker, language, output_channel, {}) or {}
        choices, content = kwargs.get("choices") or (), self._store.current()
        made = buttons(choices, language, self._writer, content, output_channel)
        if made:
            message["buttons"] = made
        links = self._links(kwargs.get("links") or (), language)
        if output_channel == VOICE and "ssml" not in message:
            message["ssml"] = self._writer.said(message["text"], language).ssml
        return {**message, **({WRITTEN_LINKS: links} if links else {}), "lang": language}

    def _message(
        self, key: str, tracker: DialogueStateTracker, language: str, channel: str, given: dict[str, Any]
    ) -> dict[str, Any] | None:
        if key.startswith(FAQ_PREFIX):
            return self._faq_answer(key.removeprefix(FAQ_PREFIX), language, channel)
        if not self._writer.knows(key):
            return self._response(key, tracker, language, channel, given)
        try:
            turn, values = _times_said(tracker, key), given.get("values") or {}
            if channel != VOICE:
                return {"text": self._writer.text(key, values, language, channel, turn)}
            said = self._writer.spoken(key, values, language, turn)
            return {"text": said.text, "ssml": said.ssml}
        except WordingError as error:
            log.error("can't be written: %s", error)
            return None

    def _faq_answer(self, entry_id: str, language: str, channel: str) -> dict[str, Any] | None:
        content = self._store.current()
        if entry_id not in content.entries:
            return None
        answer = content.answer(entry_id, language, channel)
        written = to_markdown(answer.markdown, content.resolver(language))
        return {
            "text": answer.text if channel == VOICE else written,
            "faq_id": entry_id,
            "faq_version": answer.version,
        }

    def _response(
        self, key: str, tracker: DialogueStateTracker, language: str, channel: str, given: dict[str, Any]
    ) -> dict[str, Any] | None:
        slots = {**tracker.current_slot_values(), LANGUAGE: language}
        found = copy.deepcopy(self._random_response_for(key, channel, slots))
        if not found or not found.get("text"):
            return None
        style: Style = "spoken" if channel == VOICE else "linked"
        found["text"] = self._store.current().fill(found["text"], language, style)
        filled = self._fill_response(found, slots, **given)
        return {name: value for name, value in filled.items() if name not in ("condition", "channel", "id")}

    def _links(self, links: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
        """The links with their titles, which may be typed values, in words."""
        made = []
        for link in links:
            try:
                made.append({"title": self._writer.value(link["title"], language), "url": str(link["url"])})
            except (WordingError, KeyError) as error:
                log.error("a link left out: %s", error)
        return made


def _times_said(tracker: DialogueStateTracker, key: str) -> int:
    """How often this key was said in the conversation: variants take turns."""
    said = (event for event in tracker.events if isinstance(event, BotUttered))
    return sum(event.metadata.get("utter_action") == key for event in said)


def _language(tracker: DialogueStateTracker) -> str:
    """The slot's language; before the first message is understood, the page's."""
    found = conversation_language(tracker)
    if found is None and tracker.latest_message is not None:
        asked = (tracker.latest_message.metadata or {}).get(LANGUAGE)
        found = asked if asked in LANGUAGES else None
    return found or DEFAULT_LANGUAGE

"""Chooses the words: the conversation's language, the channel's text, FAQ answers read live from `faq/`.

It runs inside the Rasa process (a server of its own would be sent the whole tracker each time) and must
subclass Rasa's template generator: only that class is given the domain's responses when a model is loaded.
"""

from __future__ import annotations

import copy
import logging
from pathlib import Path
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.components.nlu.detection import DEFAULT_LANGUAGE, LANGUAGES
from bot.components.nlu.language import LANGUAGE, conversation_language
from faq.facts import Style
from faq.loader import CONTENT_ROOT
from faq.model import VOICE
from faq.render import to_markdown
from faq.store import ContentStore

log = logging.getLogger(__name__)

FAQ_PREFIX = "utter_faq_"
LAST_RESORT = "utter_technical_problem"


class BilingualNlg(TemplatedNaturalLanguageGenerator):
    """Never silent: an unknown key or a missing text becomes an apology in the right language, and a log."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._store = ContentStore(Path(endpoint_config.kwargs.get("content", CONTENT_ROOT)))

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The message for a key: text, `lang`, and for FAQ answers `faq_id` and `faq_version`."""
        language = _language(tracker)
        slots = {**tracker.current_slot_values(), LANGUAGE: language}
        if utter_action.startswith(FAQ_PREFIX):
            message = self._faq_answer(utter_action.removeprefix(FAQ_PREFIX), language, output_channel)
        else:
            message = self._response(utter_action, language, slots, output_channel, kwargs)
        if message is None:
            log.error("no text for %s in %s on %s", utter_action, language, output_channel)
            message = self._response(LAST_RESORT, language, slots, output_channel, kwargs) or {}
        return {**message, "lang": language}

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
        self, key: str, language: str, slots: dict[str, Any], channel: str, variables: dict[str, Any]
    ) -> dict[str, Any] | None:
        found = copy.deepcopy(self._random_response_for(key, channel, slots))
        if not found or not found.get("text"):
            return None
        style: Style = "spoken" if channel == VOICE else "linked"
        found["text"] = self._store.current().fill(found["text"], language, style)
        filled = self._fill_response(found, slots, **variables)
        return {name: value for name, value in filled.items() if name not in ("condition", "channel", "id")}


def _language(tracker: DialogueStateTracker) -> str:
    """The slot's language; before the first message is understood, the page's."""
    found = conversation_language(tracker)
    if found is None and tracker.latest_message is not None:
        asked = (tracker.latest_message.metadata or {}).get(LANGUAGE)
        found = asked if asked in LANGUAGES else None
    return found or DEFAULT_LANGUAGE

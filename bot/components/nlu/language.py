"""Two steps of the pipeline: which language a message is in, and which one the conversation goes on in."""

from __future__ import annotations

from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.nlu.detection import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Detection,
    LinguaDetector,
    asked_language,
    detect,
    speaks,
)
from bot.components.nlu.normaliser import normalised_text
from bot.components.nlu.speech import Speech, load_cues

LANGUAGE = "language"  # message attribute, entity and slot
DETECTION = "language_detection"
SWITCH_INTENT = "switch_language"
NO_LANGUAGE = ("gibberish",)  # intents whose messages are in no language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Sets `language` on every message: the training file's, or detected and sticky to the conversation's."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threshold`: below this confidence the conversation's language stays."""
        return {"threshold": 0.70}

    def __init__(self, config: dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])
        self._detector = LinguaDetector()
        self._speech = Speech(load_cues())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        """Build the component and load lingua's models."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training sentences know their language from the file they stand in; others are detected."""
        for message in training_data.training_examples:
            known = (message.get(METADATA) or {}).get(LANGUAGE)
            message.set(LANGUAGE, known or self._detect(message, None).language)
        return training_data

    def process(
        self,
        messages: list[Message],
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045 - Rasa reads it
    ) -> list[Message]:
        """Detect, leaning on the conversation's language where the message says little."""
        for message in messages:
            current = _gateway_language(message) or conversation_language(tracker)
            found = self._detect(message, current)
            message.set(LANGUAGE, found.language)
            message.set(DETECTION, {**vars(found), "current": current}, add_to_output=True)
        return messages

    def _detect(self, message: Message, current: str | None) -> Detection:
        said = self._speech.words(normalised_text(message))
        return detect(said, current, self._detector, self._threshold)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ConversationLanguage(GraphComponent):
    """Last step: emits the entity that fills the slot `language`.

    A request to change the language wins; gibberish and the answer to a question of an operation ("Montréal",
    "ok", "123456") never change it; otherwise the message's language becomes the conversation's.
    """

    def __init__(self) -> None:
        self._cues = load_cues()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConversationLanguage:
        """Build the component and read the words that name a language."""
        return cls()

    def process(
        self,
        messages: list[Message],
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045 - Rasa reads it
    ) -> list[Message]:
        """Add the entity `language` to each message, beside the entities already there."""
        for message in messages:
            entity = {
                "entity": LANGUAGE,
                "value": self._next_language(message, tracker),
                "start": 0,
                "end": 0,
                "extractor": type(self).__name__,
            }
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], add_to_output=True)
        return messages

    def _next_language(self, message: Message, tracker: DialogueStateTracker | None) -> str:
        detection = message.get(DETECTION) or {}
        current = detection.get("current") or DEFAULT_LANGUAGE
        intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY) or ""
        if intent == SWITCH_INTENT:
            return asked_language(normalised_text(message), self._cues, current)
        if intent in NO_LANGUAGE:
            return str(current)
        found = str(message.get(LANGUAGE) or current)
        answers_a_question = tracker is not None and bool(tracker.active_loop_name)
        if answers_a_question and not self._asks(message, intent, found):
            return str(current)
        return found

    def _asks(self, message: Message, intent: str, language: str) -> bool:
        """Whether a message asks for something, in words of its language, rather than giving an address."""
        asked = intent.startswith(("faq_", "op_"))
        return asked and speaks(normalised_text(message), self._cues, language)


def conversation_language(tracker: DialogueStateTracker | None) -> str | None:
    """The slot `language`, where it holds one of our languages."""
    slot = tracker.slots.get(LANGUAGE) if tracker is not None else None
    return slot.value if slot is not None and slot.value in LANGUAGES else None


def _gateway_language(message: Message) -> str | None:
    """The conversation's language as the gateway knows it: the page's first, then what it became."""
    asked = (message.get(METADATA) or {}).get(LANGUAGE)
    return asked if asked in LANGUAGES else None

"""Small builders of what Rasa hands to our components: messages and conversations."""

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

DOMAIN = {
    "version": "3.1",
    "intents": ["greet", "affirm", "faq_cost", "switch_language", "choose"],
    "entities": ["language", "choice"],
    "slots": {
        "language": {
            "type": "text",
            "influence_conversation": False,
            "mappings": [{"type": "from_entity", "entity": "language"}],
        }
    },
    "forms": {"address_form": {"required_slots": []}},
    "responses": {},
}


def a_message(text: str, *, intent: str | None = None, language: str | None = None) -> Message:
    """A customer's message; `language` is what the gateway says that the conversation is in."""
    data: dict[str, Any] = {TEXT: text, METADATA: {"language": language} if language else {}}
    if intent:
        data[INTENT] = {"name": intent, "confidence": 0.9}
    return Message(data)


def a_conversation(
    *, language: str | None = None, form: str | None = None, metadata: dict[str, Any] | None = None
) -> DialogueStateTracker:
    """A conversation as far as our components look at it."""
    events: list[Any] = [SlotSet("language", language)] if language else []
    if form:
        events.append(ActiveLoop(form))
    if metadata is not None:
        events.append(UserUttered("bonjour", metadata=metadata))
    return DialogueStateTracker.from_events("marie", events, Domain.from_dict(DOMAIN).slots)

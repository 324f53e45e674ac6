"""Small builders of a conversation as the action server is told it, and of what an action answers."""

import asyncio
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

SAID = ("response", "text", "buttons", "handoff", "values", "choices", "links", "card")
Event = dict[str, Any]
Json = dict[str, Any]


def customer(text: str = "allô", *, intent: str = "greet") -> Event:
    """A customer's message."""
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}}


def ran(action: str) -> Event:
    """An action ran."""
    return {"event": "action", "name": action, "policy": "RulePolicy"}


def bot(text: str, *, key: str | None = None, buttons: list[Json] | None = None, **given: Any) -> Event:
    """Something the bot said; `given` is what an action gave with the key."""
    metadata = {"utter_action": key, "lang": "fr", **given} if key else {}
    return {"event": "bot", "text": text, "data": {"buttons": buttons}, "metadata": metadata}


def listened() -> Event:
    """The bot waits for the customer."""
    return ran("action_listen")


def slot(name: str, value: Any) -> Event:
    """A slot was set."""
    return {"event": "slot", "name": name, "value": value}


def a_button(intent: str, title: str = "?") -> Json:
    """A button as it was sent."""
    return {"title": title, "payload": f"/{intent}"}


def a_conversation(*events: Event, language: Any = "fr", ranking: dict[str, float] | None = None) -> Tracker:
    """The conversation up to the message being answered."""
    guesses = [{"name": name, "confidence": confidence} for name, confidence in (ranking or {}).items()]
    return Tracker(
        sender_id="marie",
        slots={"language": language},
        latest_message={"text": "", "intent_ranking": guesses} if ranking is not None else {},
        events=list(events),
        paused=False,
        followup_action=None,
        active_loop={},
        latest_action_name="action_listen",
    )


def run(action: Action, tracker: Tracker) -> list[Json]:
    """What an action has said: keys, texts, buttons, and why a person is wanted."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))  # type: ignore[arg-type]
    assert events == []
    return [
        {name: value for name, value in message.items() if value and name in SAID}
        for message in dispatcher.messages
    ]


def titles(message: Json) -> list[str]:
    """The words on a message's buttons."""
    return [button["title"] for button in message.get("buttons", [])]


def payloads(message: Json) -> list[str]:
    """Where a message's buttons lead."""
    return [button["payload"] for button in message.get("buttons", [])]

"""The loop action: hands each turn of an operation to the dialogue, and its words back to Rasa.

Rasa's rules send the turn that begins an operation here; from then on the active loop does, whatever the
customer says, until the dialogue has nothing more under way.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from bot.actions.backend import Backend, Customer, load_settings
from bot.actions.backend.errors import BackendFault
from bot.actions.dialogue.engine import Engine
from bot.actions.dialogue.heard import Heard, Request
from bot.actions.dialogue.saying import Button, Saying
from bot.actions.history import language_of
from bot.actions.operations import OPERATIONS
from bot.actions.operations.done import receipt_card

NAME = "action_operation"
SLOT = "operation"
CHOICE = "choice"
_ROLES = {"op_human": "person"}
TORONTO = ZoneInfo("America/Toronto")


class ActionOperation(Action):
    """One turn of whatever the customer is having done."""

    def __init__(self) -> None:
        self._engine = Engine(OPERATIONS)

    def name(self) -> str:
        """As in the domain."""
        return NAME

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Answer the turn."""
        outcome = await self._engine.turn(tracker.get_slot(SLOT), read_turn(tracker), _customer)
        for saying in outcome.said:
            utter(dispatcher, saying, asks=outcome.asks if saying is outcome.said[-1] else None)
        loop = NAME if outcome.goes_on else None
        return [SlotSet(SLOT, outcome.state), ActiveLoop(loop)]


@cache
def _backend() -> Backend:
    # Opened with the first turn: a connection pool belongs to the loop it is used in.
    return Backend(load_settings())


async def close_backend() -> None:
    """Let the connections to the backend go, if there are any."""
    if _backend.cache_info().currsize:
        await _backend().close()
        _backend.cache_clear()


def _customer(heard: Heard) -> Customer:
    return _backend().as_customer(heard.session, channel=heard.channel, language=heard.language)


async def card_again(card: dict[str, Any], tracker: Tracker) -> dict[str, Any]:
    """A card that was shown, its receipt in the words of the language spoken now where it can be had."""
    heard = read_turn(tracker)
    if card.get("kind") != "receipt" or heard.session is None:
        return card
    try:
        receipt = await _customer(heard).receipt(card["number"])
    except BackendFault:
        return card
    return receipt_card(receipt, sent_to=card.get("sent_to"))


def read_turn(tracker: Tracker) -> Heard:
    """The turn being answered; who speaks is what the gateway says of the message, and nothing else."""
    message = tracker.latest_message or {}
    metadata = _metadata(tracker)
    intent = message.get("intent") or {}
    entities = message.get("entities") or []
    choices = [entity["value"] for entity in entities if entity.get("entity") == CHOICE]
    text = message.get("text") or ""
    is_button = text.startswith("/")
    return Heard(
        text="" if is_button else text,
        intent=intent.get("name") or "nlu_fallback",
        confidence=float(intent.get("confidence") or 0.0),
        language="en" if language_of(tracker.get_slot("language")) == "en" else "fr",
        channel="voice" if metadata.get("channel") == "voice" else "web",
        today=datetime.now(TORONTO).date(),
        turn_id=metadata.get("turn_id", ""),
        session=metadata.get("session"),
        profile=metadata.get("profile"),
        choice=str(choices[-1]) if is_button and choices else None,
        requests=tuple(_requests(message, text)),
        done=frozenset(name for name in metadata.get("done", "").split(",") if name),
    )


def utter(dispatcher: CollectingDispatcher, saying: Saying, *, asks: str | None = None) -> None:
    """Pass one utterance on, to be put into words in the conversation's language.

    `asks` is the kind of answer that is waited for, so that a telephone knows which keys to take.
    """
    choices = [_choice(button) for button in saying.buttons]
    dispatcher.utter_message(
        response=saying.key,
        values=saying.values,
        choices=[*choices, *({"intent": intent, "role": _ROLES.get(intent)} for intent in saying.intents)],
        links=list(saying.links),
        card=saying.card,
        handoff={"reason": saying.handoff} if saying.handoff else None,
        asks={"kind": asks} if asks else None,
    )


def _choice(button: Button) -> dict[str, Any]:
    """What a button says and sends; one about the task itself also has its role (yes, cancel ...)."""
    _, _, control = button.choice.partition(":")
    role = control if control and ":" not in control else None
    return {"label": button.label, "choice": button.choice, "role": role}


def _metadata(tracker: Tracker) -> dict[str, str]:
    users = (event for event in reversed(tracker.events) if event.get("event") == "user")
    latest: dict[str, Any] = next(users, {})
    return latest.get("metadata") or {}


def _requests(message: dict[str, Any], text: str) -> list[Request]:
    """Each request with the words from its beginning to that of the next."""
    found = message.get("requests") or []
    starts = [0, *(request["start"] for request in found[1:]), len(text)]
    return [
        Request(request["intent"], text[starts[place] : starts[place + 1]].strip(), bool(request["negated"]))
        for place, request in enumerate(found)
    ]

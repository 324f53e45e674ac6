"""When the bot is not sure: asks "did you mean" first, and offers a person the second time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from bot.actions.history import language_of, previous_turn, ran, utterances
from bot.actions.labels import button, none_of_these, relabelled
from bot.words.labels import Button

CHOICES = 3
OFFER, OFFER_AGAIN = "utter_offer_person", "utter_offer_person_again"
PERSON = "op_human"
_WORTH_OFFERING = 0.02  # probability under which a guess is noise
_NOT_UNDERSTOOD = ("action_did_you_mean", "action_not_understood")


class ActionDidYouMean(Action):
    """Offers the likeliest intents as buttons; the second time in a row, a person as well."""

    def name(self) -> str:
        """As in the domain."""
        return "action_did_you_mean"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Say it."""
        language = language_of(tracker.get_slot("language"))
        buttons = choices(tracker.latest_message.get("intent_ranking") or [], language)
        if ran(previous_turn(tracker.events), *_NOT_UNDERSTOOD):
            _offer_person(dispatcher, tracker, buttons)
        elif buttons:
            dispatcher.utter_message(
                response="utter_did_you_mean", buttons=[*buttons, none_of_these(language)]
            )
        else:
            dispatcher.utter_message(response="utter_rephrase")
        return []


class ActionNotUnderstood(Action):
    """Asks to say it another way; the second time in a row, offers a person."""

    def name(self) -> str:
        """As in the domain."""
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Say it."""
        if ran(previous_turn(tracker.events), *_NOT_UNDERSTOOD):
            _offer_person(dispatcher, tracker)
        else:
            dispatcher.utter_message(response="utter_rephrase")
        return []


class ActionDeny(Action):
    """A "no": to the choices just offered, a person; to anything else, another question."""

    def name(self) -> str:
        """As in the domain."""
        return "action_deny"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Say it."""
        if _offered_choices(tracker):
            _offer_person(dispatcher, tracker)
        else:
            dispatcher.utter_message(response="utter_how_can_i_help")
        return []


class ActionAffirm(Action):
    """A "yes": to choices, the choices again, as it does not say which; to a person, one; else, go ahead."""

    def name(self) -> str:
        """As in the domain."""
        return "action_affirm"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Say it."""
        offered = _offered_choices(tracker)
        if offered:
            dispatcher.utter_message(response="utter_which_one", buttons=offered)
        elif _said_before(tracker) in (OFFER, OFFER_AGAIN):
            dispatcher.utter_message(response="utter_human", handoff={"reason": "asked"})
        else:
            dispatcher.utter_message(response="utter_how_can_i_help")
        return []


def _offer_person(dispatcher: CollectingDispatcher, tracker: Tracker, others: Sequence[Button] = ()) -> None:
    """Offer a person, with a button to be answered by one here; in other words when that was just said."""
    key = OFFER_AGAIN if _said_before(tracker) == OFFER else OFFER
    buttons = [made for made in others if made["payload"] != f"/{PERSON}"]
    person = button(PERSON, language_of(tracker.get_slot("language")))
    if person:
        buttons.append({**person, "role": "person"})
    dispatcher.utter_message(response=key, buttons=buttons, handoff={"reason": "failures"})


def _said_before(tracker: Tracker) -> str | None:
    """The text that the turn before ended with."""
    said = utterances(previous_turn(tracker.events))
    return said[-1].key if said else None


def choices(ranking: list[dict[str, Any]], language: str) -> list[Button]:
    """Buttons for the likeliest intents that can be offered, best first."""
    worth = [guess["name"] for guess in ranking if guess["confidence"] >= _WORTH_OFFERING]
    buttons = [button(intent, language) for intent in worth]
    return [made for made in buttons if made][:CHOICES]


def _offered_choices(tracker: Tracker) -> list[Button]:
    """The buttons of the turn before, in the language the conversation now has; the person is no choice."""
    said = utterances(previous_turn(tracker.events))
    if not said:
        return []
    left_out = f"/{PERSON}" if said[-1].key in (OFFER, OFFER_AGAIN) else None
    offered = [made for made in said[-1].buttons if made["payload"] != left_out]
    return relabelled(offered, language_of(tracker.get_slot("language")))

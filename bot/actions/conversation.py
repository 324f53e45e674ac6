"""Turns about the conversation itself: say it again, go on in the other language."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from bot.actions.history import Utterance, language_of, last_said
from bot.actions.labels import relabelled
from bot.actions.operation import card_again

# What was said about the language itself is not worth saying again.
_NOT_WORTH_REPEATING = ("utter_language_switched", "utter_nothing_to_repeat")


class ActionRepeat(Action):
    """Says the last answer again, in the language the conversation now has."""

    def name(self) -> str:
        """As in the domain."""
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Say it."""
        said = last_said(tracker.events, leaving_out=_NOT_WORTH_REPEATING)
        if not said:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        for utterance in said:
            await _say_again(dispatcher, utterance, tracker)
        return []


class ActionSwitchLanguage(Action):
    """Confirms the language, then gives the last answer in it: nobody should have to ask twice."""

    def name(self) -> str:
        """As in the domain."""
        return "action_switch_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Say it."""
        dispatcher.utter_message(response="utter_language_switched")
        for utterance in last_said(tracker.events, leaving_out=_NOT_WORTH_REPEATING):
            await _say_again(dispatcher, utterance, tracker)
        return []


async def _say_again(dispatcher: CollectingDispatcher, utterance: Utterance, tracker: Tracker) -> None:
    """By its key and values, so that the words are those of the language; text without a key as it was."""
    given = dict(utterance.given)
    if "choices" not in given:  # these are put into words again
        given["buttons"] = relabelled(utterance.buttons, language_of(tracker.get_slot("language")))
    if "card" in given:
        given["card"] = await card_again(given["card"], tracker)
    if utterance.key:
        dispatcher.utter_message(response=utterance.key, **given)
    else:
        dispatcher.utter_message(text=utterance.text, buttons=given.get("buttons"))

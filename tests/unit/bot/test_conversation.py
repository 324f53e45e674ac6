"""Saying it again, and going on in the other language."""

import pytest

from bot.actions.conversation import ActionRepeat, ActionSwitchLanguage
from bot.actions.labels import button, none_of_these, relabelled
from faq import LANGUAGES, load_content
from tests.unit.bot.talk import (
    Event,
    a_button,
    a_conversation,
    bot,
    customer,
    listened,
    payloads,
    ran,
    run,
    slot,
    titles,
)

ANSWERED = [
    customer("combien"),
    ran("utter_faq_cost"),
    bot("Rien : c'est gratuit.", key="utter_faq_cost"),
    listened(),
]
OFFERED = [
    customer("hum"),
    bot("?", key="utter_did_you_mean", buttons=[a_button("faq_cost"), a_button("deny")]),
    listened(),
]
SWITCHED = [
    customer("in English", intent="switch_language"),
    slot("language", "en"),
    ran("action_switch_language"),
    bot("Sure, let's continue in English.", key="utter_language_switched"),
    bot("Nothing: it is free.", key="utter_faq_cost"),
    listened(),
]
AGAIN = customer("répète", intent="repeat")


def test_repeating_says_the_last_answer_by_its_key() -> None:
    assert run(ActionRepeat(), a_conversation(*ANSWERED, AGAIN)) == [{"response": "utter_faq_cost"}]


def test_repeating_says_it_with_its_values_choices_and_card() -> None:
    given = {
        "values": {"number": {"number": "100000000017"}},
        "choices": [{"intent": "op_undo", "role": None}],
        "card": {"kind": "receipt", "number": "100000000017", "title": "Changement de forfait"},
    }
    done = [
        customer("oui", intent="affirm"),
        bot("Fait.", key="utter_done", buttons=[a_button("op_undo")], **given),
        listened(),
    ]

    assert run(ActionRepeat(), a_conversation(*done, AGAIN)) == [{"response": "utter_done", **given}]


def test_repeating_says_all_of_a_long_answer() -> None:
    long = [customer("quoi"), bot("Un", key="utter_faq_cost"), bot("Deux", key="utter_faq_spam"), listened()]

    said = run(ActionRepeat(), a_conversation(*long, AGAIN))

    assert [message["response"] for message in said] == ["utter_faq_cost", "utter_faq_spam"]


def test_repeating_twice_repeats_the_same() -> None:
    repeated = [AGAIN, ran("action_repeat"), bot("Rien", key="utter_faq_cost"), listened()]

    assert run(ActionRepeat(), a_conversation(*ANSWERED, *repeated, AGAIN)) == [
        {"response": "utter_faq_cost"}
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_repeated_buttons_are_in_the_language_of_now(language: str) -> None:
    (said,) = run(ActionRepeat(), a_conversation(*OFFERED, AGAIN, language=language))

    cost = load_content().text("cost", language).label
    assert titles(said) == [cost, none_of_these(language)["title"]]
    assert payloads(said) == ["/faq_cost", "/deny"]


def test_text_without_a_key_is_repeated_as_it_was() -> None:
    said = run(ActionRepeat(), a_conversation(customer(), bot("Bonjour!"), listened(), AGAIN))

    assert said == [{"text": "Bonjour!"}]


@pytest.mark.parametrize("events", [[], [AGAIN], [listened(), slot("language", "fr"), AGAIN], [listened()]])
def test_with_nothing_said_there_is_nothing_to_repeat(events: list[Event]) -> None:
    assert run(ActionRepeat(), a_conversation(*events)) == [{"response": "utter_nothing_to_repeat"}]


def test_a_turn_to_which_nothing_was_said_is_looked_past() -> None:
    silent = [customer("?"), ran("action_did_you_mean"), listened()]

    assert run(ActionRepeat(), a_conversation(*ANSWERED, *silent, AGAIN)) == [{"response": "utter_faq_cost"}]


def test_words_about_the_language_are_not_repeated() -> None:
    said = run(ActionRepeat(), a_conversation(*ANSWERED, *SWITCHED, AGAIN, language="en"))

    assert said == [{"response": "utter_faq_cost"}]


def test_switching_confirms_and_says_the_last_answer() -> None:
    asked = customer("in English please", intent="switch_language")

    said = run(ActionSwitchLanguage(), a_conversation(*ANSWERED, asked, language="en"))

    assert [message["response"] for message in said] == ["utter_language_switched", "utter_faq_cost"]


def test_switching_back_and_forth_never_piles_up() -> None:
    back = customer("en français", intent="switch_language")

    said = run(ActionSwitchLanguage(), a_conversation(*ANSWERED, *SWITCHED, back))

    assert [message["response"] for message in said] == ["utter_language_switched", "utter_faq_cost"]


def test_switching_relabels_the_buttons() -> None:
    asked = customer("in English please", intent="switch_language")

    _, choices = run(ActionSwitchLanguage(), a_conversation(*OFFERED, asked, language="en"))

    assert titles(choices) == [load_content().text("cost", "en").label, "None of these"]


@pytest.mark.parametrize("events", [[], [customer("in English", intent="switch_language")]])
def test_switching_at_the_start_only_confirms(events: list[Event]) -> None:
    assert run(ActionSwitchLanguage(), a_conversation(*events, language="en")) == [
        {"response": "utter_language_switched"}
    ]


@pytest.mark.parametrize(
    "intent", ["greet", "faq_no_such_entry", "faq_", "", "none", "oos_other", "nlu_fallback"]
)
def test_what_is_not_an_answer_has_no_button(intent: str) -> None:
    assert button(intent, "fr") is None
    assert button(intent, "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_a_button_in_its_words(language: str) -> None:
    content = load_content()
    for entry_id in content.entries:
        made = button(f"faq_{entry_id}", language)
        assert made == {"title": content.text(entry_id, language).label, "payload": f"/faq_{entry_id}"}


def test_relabelling_drops_what_is_gone() -> None:
    assert relabelled([a_button("faq_gone"), a_button("op_human"), a_button("deny")], "en") == [
        {"title": "Talk to a person", "payload": "/op_human"},
        {"title": "None of these", "payload": "/deny"},
    ]

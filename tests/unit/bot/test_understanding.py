"""When the bot is not sure: what it offers, and when it offers a person."""

import pytest

from bot.actions.understanding import ActionAffirm, ActionDeny, ActionDidYouMean, ActionNotUnderstood
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

CONTENT = load_content()
PERSON = {"title": "Parler à une personne", "payload": "/op_human", "role": "person"}
OFFERED = {"buttons": [PERSON], "handoff": {"reason": "failures"}}
UNSURE = {"faq_cost": 0.4, "op_human": 0.3, "faq_spam": 0.2, "faq_terms": 0.1}


def label(entry_id: str, language: str) -> str:
    """An entry's words on a button."""
    return CONTENT.text(entry_id, language).label


@pytest.mark.parametrize(
    ("language", "person", "none"),
    [
        ("fr", "Parler à une personne", "Aucune de ces réponses"),
        ("en", "Talk to a person", "None of these"),
    ],
)
def test_it_offers_the_three_likeliest_and_none_of_them_in_the_language(
    language: str, person: str, none: str
) -> None:
    (said,) = run(ActionDidYouMean(), a_conversation(customer(), language=language, ranking=UNSURE))

    assert said["response"] == "utter_did_you_mean"
    assert titles(said) == [label("cost", language), person, label("spam", language), none]
    assert payloads(said) == ["/faq_cost", "/op_human", "/faq_spam", "/deny"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_ever_shows_the_name_of_an_intent(language: str) -> None:
    everything = [f"faq_{entry}" for entry in CONTENT.entries]
    others = ["greet", "thanks", "repeat", "oos_telecom", "insult", "nlu_fallback", "faq_no_such_entry"]
    for start in range(len(everything)):
        ranking = dict.fromkeys([others[start % len(others)], *everything[start : start + 3]], 0.2)
        (said,) = run(ActionDidYouMean(), a_conversation(customer(), language=language, ranking=ranking))
        assert not [title for title in titles(said) if "_" in title or title.startswith(("faq", "op"))]


def test_guesses_that_are_noise_are_not_offered() -> None:
    ranking = {"faq_cost": 0.5, "faq_spam": 0.02, "faq_terms": 0.019, "op_human": 0.001}

    (said,) = run(ActionDidYouMean(), a_conversation(customer(), ranking=ranking))

    assert payloads(said) == ["/faq_cost", "/faq_spam", "/deny"]


def test_what_cannot_be_offered_leaves_its_place_to_the_next() -> None:
    ranking = {
        "greet": 0.3,
        "oos_other": 0.2,
        "faq_cost": 0.2,
        "faq_gone": 0.1,
        "op_human": 0.1,
        "faq_spam": 0.1,
    }

    (said,) = run(ActionDidYouMean(), a_conversation(customer(), ranking=ranking))

    assert payloads(said) == ["/faq_cost", "/op_human", "/faq_spam", "/deny"]


@pytest.mark.parametrize("ranking", [None, {}, {"greet": 0.5, "oos_other": 0.5}, {"faq_cost": 0.001}])
def test_with_nothing_to_offer_it_asks_for_other_words(ranking: dict[str, float] | None) -> None:
    (said,) = run(ActionDidYouMean(), a_conversation(customer(), ranking=ranking))

    assert said == {"response": "utter_rephrase"}


@pytest.mark.parametrize("first", ["action_did_you_mean", "action_not_understood"])
def test_the_second_time_in_a_row_it_offers_a_person_and_the_choices(first: str) -> None:
    tracker = a_conversation(
        customer("hum"),
        ran(first),
        bot("?"),
        listened(),
        customer("hum hum"),
        slot("language", "fr"),
        ranking=UNSURE,
    )

    (said,) = run(ActionDidYouMean(), tracker)

    assert said["response"] == "utter_offer_person"
    assert payloads(said) == ["/faq_cost", "/faq_spam", "/op_human"]


@pytest.mark.parametrize("first", ["action_did_you_mean", "action_not_understood"])
def test_gibberish_twice_offers_a_person(first: str) -> None:
    once = a_conversation(customer("xx"))
    twice = a_conversation(customer("xx"), ran(first), bot("?"), listened(), customer("yy"))

    assert run(ActionNotUnderstood(), once) == [{"response": "utter_rephrase"}]
    assert run(ActionNotUnderstood(), twice) == [{"response": "utter_offer_person", **OFFERED}]


def test_a_person_is_not_offered_in_the_same_words_twice_running() -> None:
    tracker = a_conversation(
        *[customer("yy"), ran("action_not_understood"), bot("?", key="utter_offer_person"), listened()],
        customer("zz"),
    )

    assert run(ActionNotUnderstood(), tracker) == [{"response": "utter_offer_person_again", **OFFERED}]


def test_after_something_was_understood_it_starts_again() -> None:
    tracker = a_conversation(
        *[customer("hum"), ran("action_did_you_mean"), bot("?"), listened()],
        *[customer("combien"), ran("utter_faq_cost"), bot("Rien", key="utter_faq_cost"), listened()],
        customer("hum"),
        ranking=UNSURE,
    )

    (said,) = run(ActionDidYouMean(), tracker)

    assert said["response"] == "utter_did_you_mean"
    assert run(ActionNotUnderstood(), tracker) == [{"response": "utter_rephrase"}]


OFFER = [
    customer("hum"),
    ran("action_did_you_mean"),
    bot(
        "Est-ce que c'est l'une de ces questions?",
        key="utter_did_you_mean",
        buttons=[a_button("faq_cost"), a_button("op_human"), a_button("deny")],
    ),
    listened(),
]


def test_no_to_the_choices_offers_a_person() -> None:
    assert run(ActionDeny(), a_conversation(*OFFER, customer("non", intent="deny"))) == [
        {"response": "utter_offer_person", **OFFERED}
    ]


def offered(*others: str) -> list[Event]:
    """A person was offered, and perhaps something else."""
    buttons = [*map(a_button, others), PERSON]
    said = bot("Une personne vous aidera.", key="utter_offer_person", buttons=buttons)
    return [customer("yy"), ran("action_not_understood"), said, listened()]


def test_yes_to_a_person_is_a_person_and_no_is_another_question() -> None:
    yes = a_conversation(*offered(), customer("oui", intent="affirm"))
    no = a_conversation(*offered(), customer("non", intent="deny"))

    assert run(ActionAffirm(), yes) == [{"response": "utter_human", "handoff": {"reason": "asked"}}]
    assert run(ActionDeny(), no) == [{"response": "utter_how_can_i_help"}]


def test_yes_to_choices_with_a_person_beside_them_asks_which() -> None:
    tracker = a_conversation(*offered("faq_cost"), customer("oui", intent="affirm"))

    (said,) = run(ActionAffirm(), tracker)

    assert said["response"] == "utter_which_one"
    assert payloads(said) == ["/faq_cost"]


def test_no_to_anything_else_asks_what_it_is() -> None:
    answered = [customer(), ran("utter_thanks"), bot("Autre chose?", key="utter_thanks"), listened()]

    assert run(ActionDeny(), a_conversation(*answered, customer("non"))) == [
        {"response": "utter_how_can_i_help"}
    ]


def test_no_long_after_the_choices_is_not_about_them() -> None:
    later = [customer("merci"), bot("De rien", key="utter_thanks"), listened()]

    assert run(ActionDeny(), a_conversation(*OFFER, *later, customer("non"))) == [
        {"response": "utter_how_can_i_help"}
    ]


@pytest.mark.parametrize(
    ("language", "person", "none"),
    [
        ("fr", "Parler à une personne", "Aucune de ces réponses"),
        ("en", "Talk to a person", "None of these"),
    ],
)
def test_yes_to_the_choices_asks_which_in_the_language_of_now(language: str, person: str, none: str) -> None:
    tracker = a_conversation(*OFFER, customer("yes", intent="affirm"), language=language)

    (said,) = run(ActionAffirm(), tracker)

    assert said["response"] == "utter_which_one"
    assert titles(said) == [label("cost", language), person, none]
    assert payloads(said) == ["/faq_cost", "/op_human", "/deny"]


def test_yes_to_anything_else_asks_what_it_is() -> None:
    assert run(ActionAffirm(), a_conversation(customer("oui"))) == [{"response": "utter_how_can_i_help"}]


@pytest.mark.parametrize("action", [ActionDidYouMean, ActionNotUnderstood, ActionDeny, ActionAffirm])
@pytest.mark.parametrize("language", [None, "xx", "", 5, "en"])
def test_an_empty_history_and_a_strange_language_still_get_a_word(action: type, language: object) -> None:
    said = run(action(), a_conversation(language=language))

    assert len(said) == 1
    assert said[0]["response"].startswith("utter_")


def test_buttons_are_french_when_the_language_is_unknown() -> None:
    (said,) = run(ActionDidYouMean(), a_conversation(language=None, ranking={"faq_cost": 0.5}))

    assert titles(said) == [label("cost", "fr"), "Aucune de ces réponses"]

"""Conversations: not sure, not understood, in the other language, once more, and lookalikes of commands."""

import urllib.error
import urllib.request

import pytest

from faq import LANGUAGES, load_content
from tests.support.stack import Customer, Json, Stack, faq_ids, keys, only

pytestmark = pytest.mark.rasa
CONTENT = load_content()
PHONE = {language: CONTENT.facts["customer_service_phone"].texts[language].text for language in LANGUAGES}
NONE_OF_THESE = {"fr": "Aucune de ces réponses", "en": "None of these"}

# Which of them the model is unsure about changes with its training; one of them always is.
VAGUE = {
    "fr": [
        *[
            "changer",
            "le compte",
            "mon profil",
            "la date",
            "le courriel",
            "adresse",
            "paiement facture compte",
        ],
        *[
            "mon courriel facture",
            "changer profil facture",
            "nouvelle adresse courriel compte",
            "confirmation",
        ],
        *["c'est quoi le numéro", "mot de passe facture", "deux", "quand", "mensuel", "changement", "délai"],
    ],
    "en": [
        *["change", "the account", "my profile", "the date", "the email", "address", "payment bill account"],
        *["my email bill", "change profile bill", "new address email account", "confirmation", "what number"],
        *["password bill", "two", "when", "monthly", "delay", "how long", "the form"],
    ],
}


def unsure(stack: Stack, language: str) -> tuple[Customer, Json]:
    """A customer to whom the bot has just offered choices, and its answer."""
    for text in VAGUE[language]:
        customer = Customer(stack, language)  # the one before may have begun an operation
        answer = customer.say(text)
        if keys(answer) == ["utter_did_you_mean"]:
            return customer, answer
    raise AssertionError("the bot was sure of everything")


@pytest.mark.parametrize(
    ("process", "path"), [("rasa", "/webhooks/gateway/webhook"), ("actions", "/webhook")]
)
@pytest.mark.parametrize("authorization", [None, "Bearer wrong"])
def test_what_stands_behind_the_gateway_answers_no_stranger(
    stack: Stack, process: str, path: str, authorization: str | None
) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{stack.ports[process]}{path}", data=b"{}")
    request.add_header("Content-Type", "application/json")
    if authorization:
        request.add_header("Authorization", authorization)

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=5)

    assert refused.value.code == 401


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_sure_offers_choices_and_a_choice_is_answered(stack: Stack, language: str) -> None:
    customer, offered = unsure(stack, language)
    message = only(offered)
    titles = [button["title"] for button in message["buttons"]]

    assert 2 <= len(titles) <= 4
    assert titles[-1] == NONE_OF_THESE[language]
    assert not [title for title in titles if "_" in title or "/" in title]
    answer = customer.press(message["buttons"][0]["token"])

    assert answer["language"] == language
    assert {message["lang"] for message in answer["messages"]} == {language}
    assert keys(answer)[0].startswith("utter_")
    labels = {CONTENT.text(entry, language).label: entry for entry in CONTENT.entries}
    if titles[0] in labels:
        assert faq_ids(answer) == [labels[titles[0]]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_of_the_choices_offers_a_person(stack: Stack, language: str) -> None:
    customer, offered = unsure(stack, language)
    message = only(offered)

    answer = customer.press(message["buttons"][-1]["token"])

    assert keys(answer) == ["utter_offer_person"]
    assert PHONE[language] in only(answer)["text"]


@pytest.mark.parametrize(("language", "yes"), [("fr", "oui"), ("en", "yes")])
def test_yes_to_the_choices_asks_which(stack: Stack, language: str, yes: str) -> None:
    customer, choices = unsure(stack, language)
    offered = only(choices)

    answer = customer.say(yes)

    assert keys(answer) == ["utter_which_one"]
    assert [b["title"] for b in only(answer)["buttons"]] == [b["title"] for b in offered["buttons"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_understood_twice_offers_a_person(stack: Stack, language: str) -> None:
    customer = Customer(stack, language)

    first, second = customer.say("xkcd qwfp zzgh"), customer.say("brzt lkjh wqx")

    assert keys(first) == ["utter_rephrase"]
    assert keys(second) == ["utter_offer_person"]
    assert PHONE[language] in only(second)["text"]
    assert only(second)["lang"] == language


def test_a_button_pressed_twice_with_one_id_is_one_answer(stack: Stack) -> None:
    customer, offered = unsure(stack, "fr")
    token = only(offered)["buttons"][0]["token"]

    assert customer.press(token, id="pressed") == customer.press(token, id="pressed")


@pytest.mark.parametrize(
    ("first", "asked", "switch", "second"),
    [
        ("fr", "combien coûte le service électronique", "in English please", "en"),
        ("en", "how much does the online service cost", "en français s'il vous plaît", "fr"),
    ],
)
def test_asking_for_the_other_language_gives_the_answer_in_it(
    stack: Stack, first: str, asked: str, switch: str, second: str
) -> None:
    customer = Customer(stack, first)
    before = only(customer.say(asked))

    answer = customer.say(switch)

    assert (before["faq_id"], before["lang"]) == ("cost", first)
    assert answer["language"] == second
    assert keys(answer) == ["utter_language_switched", "utter_faq_cost"]
    assert {message["lang"] for message in answer["messages"]} == {second}
    assert only(customer.say("123456"))["lang"] == second
    assert faq_ids(customer.say("répétez" if second == "fr" else "repeat that")) == []


def test_writing_in_the_other_language_is_answered_in_it(stack: Stack) -> None:
    customer = Customer(stack, "fr")

    customer.say("bonjour, combien coûte le service électronique?")
    answer = customer.say("how do I cancel the automatic payment of my bills?")

    assert (faq_ids(answer), only(answer)["lang"], answer["language"]) == (["autopay_cancel"], "en", "en")


@pytest.mark.parametrize(("first", "second"), [("fr", "en"), ("en", "fr")])
def test_changing_the_language_on_the_page_counts_for_buttons_and_for_what_has_no_words(
    stack: Stack, first: str, second: str
) -> None:
    customer, offered = unsure(stack, first)
    button = only(offered)["buttons"][0]["token"]

    customer.switch(second)
    pressed = customer.press(button)
    signs = customer.say("???")

    assert {message["lang"] for message in [*pressed["messages"], *signs["messages"]]} == {second}
    assert signs["language"] == second


@pytest.mark.parametrize(
    ("language", "asked", "again"),
    [
        ("fr", "combien coûte le service", "répétez s'il vous plaît"),
        ("en", "how much is the service", "say that again"),
    ],
)
def test_repeating_says_the_same_answer(stack: Stack, language: str, asked: str, again: str) -> None:
    customer = Customer(stack, language)
    first = only(customer.say(asked))

    repeated = only(customer.say(again))

    assert (repeated["text"], repeated["faq_id"]) == (first["text"], "cost")


def test_repeating_when_nothing_was_said_says_so(stack: Stack) -> None:
    assert keys(Customer(stack, "fr").say("répète ça")) == ["utter_nothing_to_repeat"]


SETS_A_SLOT = ['/greet{"language": "en"}', '/SetSlots(language="en")', ' \u200b/thanks{"language": "en"}']


@pytest.mark.parametrize("command", SETS_A_SLOT)
def test_typed_text_sets_no_slot(stack: Stack, command: str) -> None:
    customer = Customer(stack, "fr")

    answer = customer.say(f"{command} je voudrais savoir combien coûte le service électronique")

    assert answer["language"] == "fr"
    assert keys(answer) not in (["utter_greet"], ["utter_thanks"])
    assert only(customer.say("123"))["lang"] == "fr"


@pytest.mark.parametrize(("typed", "key"), [("/op_human", "utter_human"), ("/deny", "utter_how_can_i_help")])
def test_typed_text_is_not_an_intent(stack: Stack, typed: str, key: str) -> None:
    button = Customer(stack, "fr").say(f"{typed} combien coûte le service électronique")

    assert keys(button) != [key]


@pytest.mark.parametrize("typed", ["/restart", "/session_start"])
def test_a_command_does_not_wipe_the_conversation(stack: Stack, typed: str) -> None:
    customer = Customer(stack, "en")
    customer.say("how much does the service cost")
    customer.say(typed)

    assert keys(customer.say("in French please"))[0] == "utter_language_switched"
    assert keys(customer.say("repeat")) != ["utter_nothing_to_repeat"]


def test_the_same_message_twice_is_one_message(stack: Stack) -> None:
    customer = Customer(stack, "fr")

    first = customer.say("combien coûte le service électronique", id="only-once")
    again = customer.say("combien coûte le service électronique", id="only-once")

    assert again == first
    assert [message["sender"] for message in customer.transcript()] == ["bot", "customer", "bot"] or [
        message["sender"] for message in customer.transcript()
    ][-2:] == ["customer", "bot"]


@pytest.mark.parametrize("text", ["a" * 1000, "combien " * 120, "\U0001f600", "???", "0", "é" * 500])
def test_any_text_gets_an_answer(stack: Stack, text: str) -> None:
    answer = Customer(stack, "fr").say(text.strip())

    assert only(answer)["text"]

"""While it runs: answers are edited, and processes die."""

import signal

import pytest

from faq import load_content
from tests.support.stack import Customer, Stack, edit, faq_ids, keys, only

pytestmark = pytest.mark.rasa
CONTENT = load_content()
PHONE = CONTENT.facts["customer_service_phone"].texts


def test_an_edited_answer_is_the_next_answer_and_a_broken_one_never_is(stack: Stack) -> None:
    path = stack.content / "entries" / "inscription" / "cost.yml"
    whole, customer = path.read_text(encoding="utf-8"), Customer(stack, "fr")
    question = "combien coûte le service électronique"
    before = only(customer.say(question))

    edit(path, "    Rien\u00a0: le", "    Absolument rien\u00a0: le")
    edited = only(customer.say(question))
    edit(path, "  answer: |-\n    Absolument", "  answer: [\n    Absolument")
    broken = only(customer.say(question))
    edit(path, path.read_text(encoding="utf-8"), whole)
    mended = only(customer.say(question))

    assert edited["text"].startswith("Absolument rien")
    assert edited["faq_version"] != before["faq_version"]
    assert (broken["text"], broken["faq_version"]) == (edited["text"], edited["faq_version"])
    assert (mended["text"], mended["faq_version"]) == (before["text"], before["faq_version"])
    assert "cost.yml" in stack.tails(200)


def test_an_edited_label_is_on_the_next_button(stack: Stack) -> None:
    path = stack.content / "facts.yml"
    whole, customer = path.read_text(encoding="utf-8"), Customer(stack, "en")

    edit(path, "1-800-340-4920", "1-800-555-0199")
    answer = customer.say("I want to speak to a person")
    edit(path, path.read_text(encoding="utf-8"), whole)

    assert "1-800-555-0199" in answer["messages"][0]["text"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_rasa_the_gateway_says_what_to_do_and_answers_when_it_is_back(
    stack: Stack, language: str
) -> None:
    question = {"fr": "combien coûte le service électronique", "en": "how much does the online service cost"}
    customer = Customer(stack, language)
    customer.say(question[language])

    stack.stop("rasa", how=signal.SIGKILL)
    try:
        failed = customer.say(question[language], id="meanwhile")
    finally:
        stack.start("rasa")
    retried = customer.say(question[language], id="meanwhile")
    again = customer.say(question[language], id="meanwhile")

    assert failed["state"] == "failed"
    assert PHONE[language].text in failed["messages"][0]["text"]
    assert failed["messages"][0]["lang"] == language
    assert faq_ids(retried) == ["cost"]
    assert again == retried
    assert keys(customer.say({"fr": "répétez", "en": "repeat"}[language])) == ["utter_faq_cost"]


def test_without_the_action_server_answers_still_come_and_the_rest_may_be_tried_again(stack: Stack) -> None:
    customer = Customer(stack, "fr")

    stack.stop("actions", how=signal.SIGKILL)
    try:
        answered = customer.say("combien coûte le service électronique")
        failed = customer.say("xkcd qwfp zzgh", id="meanwhile")
    finally:
        stack.start("actions")
    retried = customer.say("xkcd qwfp zzgh", id="meanwhile")

    assert faq_ids(answered) == ["cost"]
    assert failed["state"] == "failed"
    assert PHONE["fr"].text in failed["messages"][0]["text"]
    assert retried["state"] == "answered"
    assert keys(retried)[0] in ("utter_rephrase", "utter_offer_person")


def test_a_restarted_gateway_remembers_the_conversation(stack: Stack) -> None:
    customer = Customer(stack, "en")
    first = customer.say("how much does the online service cost", id="before")

    stack.stop("gateway")
    stack.start("gateway")

    assert customer.say("how much does the online service cost", id="before") == first
    assert faq_ids(customer.say("repeat that please")) == ["cost"]

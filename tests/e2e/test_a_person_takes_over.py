"""A person takes over in the middle of an operation; handed back, the bot goes on where it stopped."""

import time
from typing import Any

import pytest

from backend.demo.load import PASSWORD
from tests.support.desk_rep import DemoRep
from tests.support.stack import Customer, Stack, keys

WORDS = {
    "fr": {
        "user": "marie",
        "plan": "je veux changer mon forfait pour Canada 500",
        "person": "je veux parler à une personne",
        "yes": "oui",
        "handed": "Camille vous remet à l’assistant",
    },
    "en": {
        "user": "john",
        "plan": "I want to switch my plan to Canada 500",
        "person": "I want to talk to a person",
        "yes": "yes",
        "handed": "Camille has handed you back to the assistant",
    },
}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def rep(stack: Stack) -> DemoRep:
    return DemoRep(stack)


def _in_the_middle(stack: Stack, language: str) -> Customer:
    """A customer at the summary of a change of plan, who then asks for a person."""
    words, customer = WORDS[language], Customer(stack, language)
    customer.sign_in(words["user"], PASSWORD)
    summed = customer.say(words["plan"])
    assert "utter_confirm" in keys(summed), keys(summed)
    assert keys(customer.say(words["person"]))[-1] == "queued"
    return customer


def _id(customer: Customer) -> str:
    return customer.path.rsplit("/", 1)[-1]


def _after(customer: Customer, words: str) -> list[Json]:
    """What is said after these words, once the bot has said something."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        lines = customer.transcript()
        places = [place for place, line in enumerate(lines) if line["text"].startswith(words)]
        if places and lines[places[-1] + 1 :]:
            return lines[places[-1] + 1 :]
        time.sleep(0.2)
    raise AssertionError(customer.transcript())


@pytest.mark.rasa
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_person_sees_what_is_half_done_and_the_bot_goes_on_with_it(
    stack: Stack, rep: DemoRep, language: str
) -> None:
    customer = _in_the_middle(stack, language)
    conversation = _id(customer)

    rep.on(conversation, "claim")
    view = rep.call("GET", f"conversations/{conversation}")
    rep.on(conversation, "messages", {"client_message_id": "r1", "text": "Bonjour! Hello!"})
    silence = customer.say("merci")
    rep.on(conversation, "hand-back")

    assert [draft["operation"] for draft in view["drafts"]][:1] == ["switch_plan"]
    assert view["handoffs"][-1]["reason"] == "asked"
    said = rep.call("GET", f"conversations/{conversation}/messages")["messages"]
    assert any(line.get("understood", {}).get("intent") == "op_switch_plan" for line in said)
    assert silence["messages"] == []
    resumed = _after(customer, WORDS[language]["handed"])
    assert resumed[-1].get("key") == "utter_confirm", resumed
    done = customer.say(WORDS[language]["yes"])
    assert any(line.get("card", {}).get("kind") == "receipt" for line in done["messages"]), done


@pytest.mark.rasa
def test_what_the_person_did_the_bot_does_not_do_again(stack: Stack, rep: DemoRep) -> None:
    customer = Customer(stack, "fr")
    customer.sign_in("yves", PASSWORD)
    assert "utter_confirm" in keys(customer.say(WORDS["fr"]["plan"]))
    customer.say(WORDS["fr"]["person"])
    conversation = _id(customer)
    rep.on(conversation, "claim")
    account = rep.call("GET", f"conversations/{conversation}/customer")["accounts"][0]["id"]
    order = {"operation": "switch_plan", "account_id": account, "values": {"plan": "canada_500"}}

    rep.on(conversation, "operations", {**order, "preview": True})
    receipt = rep.on(conversation, "operations", {**order, "preview": False, "key": "from-the-desk"})[
        "receipt"
    ]
    rep.on(conversation, "hand-back")

    lines = _after(customer, WORDS["fr"]["handed"])
    assert [line.get("key") for line in lines] == ["utter_nothing_under_way"]
    cards = [
        line["card"]["number"]
        for line in customer.transcript()
        if "card" in line and "number" in line["card"]
    ]
    assert cards == [receipt["number"]]

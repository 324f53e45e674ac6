"""Texts of operations on their way from an action through the NLG to the gateway."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import CollectingDispatcher

from bot.components.channel import GatewayOutput
from bot.components.nlg import BilingualNlg
from tests.rasa.building import a_conversation

ROOT = Path(__file__).parents[2]
DOMAIN = Domain.load(str(ROOT / "bot" / "domain.yml"))
TEXTS = """
utter_confirm:
  fr: ["Payer {amount}?", "Confirmez-vous {amount}?"]
  en: ["Pay {amount}?", "Do you confirm {amount}?"]
phrase_said_dollars_many: {fr: "{count} $", en: "{count} $"}
phrase_said_cents_many: {fr: "{count} ¢", en: "{count} ¢"}
phrase_said_amount: {fr: "{dollars} et {cents}", en: "{dollars} and {cents}"}
utter_greet:
  fr: Bonjour de la part de {{ company }}.
  en: Hello from {{ company }}.
"""
AMOUNT = {"amount": {"cents": 5230}}


@pytest.fixture
def nlg(tmp_path: Path) -> BilingualNlg:
    """The NLG with two texts."""
    (tmp_path / "a.yml").write_text(TEXTS, encoding="utf-8")
    return BilingualNlg(EndpointConfig(texts=str(tmp_path)), DOMAIN)


def utter(
    nlg: BilingualNlg, tracker: DialogueStateTracker, channel: str = "web", **said: Any
) -> list[dict[str, Any]]:
    """What the gateway gets when an action says something, by the ways of the SDK and of Rasa."""
    output, dispatcher = GatewayOutput(channel), CollectingDispatcher()
    dispatcher.utter_message(**said)

    async def run() -> None:
        responses = dispatcher.messages
        events = await RemoteAction._utter_responses(responses, output, nlg, tracker)
        for event in events:
            tracker.update(event)
            await output.send_response("marie", event.message())

    asyncio.run(run())
    return output.messages


@pytest.mark.parametrize(("language", "text"), [("fr", "Payer 52,30\u00a0$?"), ("en", "Pay $52.30?")])
def test_values_choices_links_cards_and_handoffs_reach_the_gateway(
    nlg: BilingualNlg, language: str, text: str
) -> None:
    card = {"kind": "sign_in"}

    told = utter(
        nlg,
        a_conversation(language=language),
        response="utter_confirm",
        values=AMOUNT,
        choices=[{"label": {"fr": "Oui", "en": "Yes"}, "choice": "yes"}, {"intent": "op_human"}],
        links=[{"title": {"fr": "Votre page", "en": "Your page"}, "url": f"/{language}/"}],
        card=card,
        handoff={"reason": "asked"},
    )

    french = language == "fr"
    assert told == [
        {
            "text": text,
            "lang": language,
            "key": "utter_confirm",
            "values": AMOUNT,
            "buttons": [
                {"title": "Oui" if french else "Yes", "payload": '/choose{"choice": "yes"}'},
                {"title": "Parler à une personne" if french else "Talk to a person", "payload": "/op_human"},
            ],
            "links": [{"title": "Votre page" if french else "Your page", "url": f"/{language}/"}],
            "card": card,
            "handoff": {"reason": "asked"},
        }
    ]


def test_what_was_said_can_be_said_again_from_the_tracker(nlg: BilingualNlg) -> None:
    tracker = a_conversation(language="fr")
    choices = [{"label": "Oui", "choice": "yes"}]
    utter(nlg, tracker, response="utter_confirm", values=AMOUNT, choices=choices)

    said = tracker.get_last_event_for(BotUttered)

    assert said is not None
    kept = {name: said.metadata[name] for name in ("utter_action", "values", "choices")}
    assert kept == {"utter_action": "utter_confirm", "values": AMOUNT, "choices": choices}


def test_the_same_key_again_is_another_variant(nlg: BilingualNlg) -> None:
    tracker = a_conversation(language="en")

    texts = [utter(nlg, tracker, response="utter_confirm", values=AMOUNT)[0]["text"] for _ in range(3)]

    assert texts == ["Pay $52.30?", "Do you confirm $52.30?", "Pay $52.30?"]


def test_an_actions_own_buttons_are_not_doubled(nlg: BilingualNlg) -> None:
    button = {"title": "Oui", "payload": "/affirm"}

    (told,) = utter(nlg, a_conversation(language="fr"), response="utter_which_one", buttons=[button])

    assert told["buttons"] == [button]


def test_choices_go_with_any_key(nlg: BilingualNlg) -> None:
    (told,) = utter(
        nlg, a_conversation(language="fr"), response="utter_faq_cost", choices=[{"intent": "op_human"}]
    )

    assert told["faq_id"] == "cost"
    assert [button["payload"] for button in told["buttons"]] == ["/op_human"]


def test_a_text_comes_before_the_domains_response(nlg: BilingualNlg) -> None:
    (told,) = utter(nlg, a_conversation(language="fr"), response="utter_greet")

    assert told["text"].startswith("Bonjour de la part")
    assert utter(nlg, a_conversation(language="fr"), response="utter_thanks")[0]["text"]


@pytest.mark.parametrize("values", [None, {}, {"amount": {"pesos": "12 rue Secrète"}}])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_cannot_be_written_is_an_apology_and_a_line_in_the_log_without_values(
    nlg: BilingualNlg, language: str, values: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (told,) = utter(nlg, a_conversation(language=language), response="utter_confirm", values=values)

    assert ("technique" in told["text"]) == (language == "fr")
    assert "utter_confirm: no " in caplog.text
    assert "Secrète" not in caplog.text


def test_a_link_without_an_address_is_left_out(nlg: BilingualNlg, caplog: pytest.LogCaptureFixture) -> None:
    (told,) = utter(nlg, a_conversation(language="fr"), response="utter_greet", links=[{"title": "Page"}])

    assert "links" not in told
    assert "a link left out" in caplog.text


def test_on_the_telephone_each_message_and_button_says_how_it_is_spoken(nlg: BilingualNlg) -> None:
    choices = [
        {"label": {"account": "123456782"}, "choice": "t:value:0"},
        {"label": "Annuler", "choice": "t:cancel", "role": "cancel"},
    ]

    (told,) = utter(
        nlg,
        a_conversation(language="fr"),
        channel="voice",
        response="utter_confirm",
        values=AMOUNT,
        choices=choices,
        asks={"kind": "yes_no"},
    )

    assert told["text"] == "Payer 52,30\u00a0$?"
    assert told["ssml"] == 'Payer <sub alias="52 $ et 30 ¢">52,30\u00a0$</sub>?'
    assert told["asks"] == {"kind": "yes_no"}
    assert [button.get("role") for button in told["buttons"]] == [None, "cancel"]
    assert told["buttons"][0]["ssml"].startswith('<say-as interpret-as="digits">123</say-as><break ')


@pytest.mark.parametrize("key", ["utter_greet", "utter_faq_cost", "utter_did_not_catch"])
def test_every_kind_of_text_has_its_spoken_form(nlg: BilingualNlg, key: str) -> None:
    (told,) = utter(nlg, a_conversation(language="en"), channel="voice", response=key)

    assert told["ssml"]

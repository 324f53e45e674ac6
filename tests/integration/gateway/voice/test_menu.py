"""The menu by keys: everything can be asked for without a word, three choices at a time, with ways back."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from faq import load_content
from gateway.conversations.records import Message
from gateway.settings import LANGUAGES
from gateway.texts import load_texts
from gateway.voice import menu
from gateway.voice.keypad import MOST_CHOICES
from gateway.web.keys import DATABASE
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.voice.caller import Caller
from tests.integration.gateway.voice.test_a_call import always
from tests.support.training_data import BOT

# Signing in is part of what needs it, and hanging up signs out.
NOT_IN_THE_MENU = {"op_sign_in", "op_sign_out"}


def places(place: str = menu.TOP) -> Iterator[tuple[str, ...]]:
    """Every way down the menu."""
    for window in menu.windows(place, load_texts(), load_content(), "fr"):
        for choice in window:
            yield (choice.token,)
            if menu.is_place(choice.token):
                yield from ((choice.token, *rest) for rest in places(choice.token))


async def press_all(caller: Caller, keys: str) -> None:
    for key in keys:
        await caller.press(key)


def test_every_operation_and_every_question_is_in_the_menu() -> None:
    domain = yaml.safe_load((BOT / "domain.yml").read_text(encoding="utf-8"))
    operations = {intent for intent in domain["intents"] if intent.startswith("op_")}
    items = [way[-1] for way in places()]

    assert {item for item in items if item.startswith("op_")} == operations - NOT_IN_THE_MENU
    assert {item for item in items if item.startswith("faq_")} == {
        f"faq_{entry}" for entry in load_content().entries
    }
    assert len(items) == len(set(items))
    assert len(menu.topics()) <= MOST_CHOICES


def test_the_words_of_the_menu_are_those_it_needs() -> None:
    texts = load_texts()
    named = {way[-1] for way in places() if not way[-1].startswith(("faq_", "section."))}

    assert {key.removeprefix("menu.") for key in texts.keys() if key.startswith("menu.")} == named  # noqa: SIM118


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_choices_of_a_place_are_called_the_same(language: Any) -> None:
    for way in [(menu.TOP,), *(way for way in places() if menu.is_place(way[-1]))]:
        found = menu.windows(way[-1], load_texts(), load_content(), language)
        titles = [choice.title for window in found for choice in window]

        assert len(titles) == len(set(titles))
        assert all(len(window) <= MOST_CHOICES for window in found)


async def test_it_is_offered_at_the_greeting_and_told_in_threes(caller: Caller, rasa: FakeRasa) -> None:
    assert "faites le 8 pour le menu" in caller.text
    assert caller.gather["numDigits"] == "1"

    await caller.press("8")

    assert "Voici le menu." in caller.text
    assert caller.text.count("faites le") == 4
    assert "Factures, faites le 3. Pour la suite, faites le 8." in caller.text
    await caller.press("8")
    assert "Adresse de facturation, faites le 4." in caller.text
    await caller.press("8")
    assert "faites le 7." in caller.text
    assert "en arrière, faites le 9" in caller.text
    await caller.press("8")
    assert "Voici le menu. Mon compte et mon solde, faites le 1." in caller.text
    assert rasa.asked == []


async def test_a_choice_is_asked_of_the_bot_and_stands_in_the_transcript(
    caller: Caller, rasa: FakeRasa
) -> None:
    await press_all(caller, "85")
    assert "Forfait d’interurbain : faites votre choix." in caller.text

    await caller.press("1")

    asked = rasa.asked[-1]
    assert (asked["kind"], asked["message"]) == ("payload", "/op_switch_plan")
    assert asked["metadata"]["channel"] == "voice"
    async with caller.client.app[DATABASE].read() as session:
        said = (await session.execute(select(Message.text).where(Message.sender == "customer"))).scalars()
    assert list(said) == ["Changer de forfait"]


async def test_keys_beyond_what_was_told_choose_too(caller: Caller, rasa: FakeRasa) -> None:
    await press_all(caller, "86")
    await caller.press("3")

    assert rasa.said == ["/op_undo"]


async def test_questions_go_by_section_and_long_lists_begin_their_keys_anew(
    caller: Caller, rasa: FakeRasa
) -> None:
    content = load_content()
    entries = content.in_section("inscription")
    await press_all(caller, "871")
    assert content.sections["inscription"].titles["fr"] in caller.text
    await caller.press("1")
    assert content.text(entries[0].id, "fr").label in caller.text
    await press_all(caller, "88")
    assert f"{content.text(entries[6].id, 'fr').label.rstrip('?')}, faites le 1." in caller.text

    await caller.press("2")

    assert rasa.said == [f"/faq_{entries[7].id}"]


async def test_nine_goes_up_and_out_and_star_repeats(caller: Caller, rasa: FakeRasa) -> None:
    await press_all(caller, "82")
    heard = caller.text
    await caller.press("*")
    assert caller.text == heard

    await caller.press("9")
    assert "Voici le menu." in caller.text
    await caller.press("9")

    assert "Que puis-je faire pour vous?" in caller.text
    assert rasa.asked == []


async def test_what_is_named_is_chosen_and_other_words_go_to_the_bot(caller: Caller, rasa: FakeRasa) -> None:
    await caller.say("le menu s’il vous plaît")
    assert rasa.asked == []
    await caller.say("euh les paiements")
    await caller.say("signaler un paiement que j’ai fait")
    assert rasa.said == ["/op_report_payment"]
    await caller.say("le menu")

    await caller.say("combien coûte le service")

    assert rasa.said[-1] == "combien coûte le service"


async def test_the_language_changes_in_the_menu(caller: Caller, rasa: FakeRasa) -> None:
    await press_all(caller, "82")

    await caller.press("#")

    assert "Payments: make your choice. Report a payment I made, press 1." in caller.text
    assert rasa.asked == []
    assert caller.gather["language"] == "en-CA"


async def test_zero_is_a_person_and_silence_climbs(caller: Caller, rasa: FakeRasa) -> None:
    await caller.press("8")
    heard = []
    for _ in range(4):
        await caller.silence()
        heard.append(caller.text)
    assert "Mon compte et mon solde, faites le 1." in heard[0]
    assert "Faites le chiffre de votre choix" in heard[1]
    assert "Le 8 donne la suite" in heard[2]

    await caller.press("0")

    assert rasa.said == ["Je veux parler à une personne."]


async def test_over_an_open_question_nine_puts_the_question_again(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("Quel montant?", asks={"kind": "amount"}))
    await caller.say("signaler un paiement")
    await caller.say("menu")
    assert "Voici le menu." in caller.text

    await caller.press("9")

    assert rasa.said[-1] == "/repeat"
    assert "Quel montant?" in caller.text


async def test_who_uses_it_is_told_the_way_back_after_an_answer(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("Voici."))
    await caller.say("mon solde")
    assert caller.text == "Voici."
    await press_all(caller, "81")
    await caller.press("1")
    assert caller.text == "Voici. Pour autre chose, faites le 8."

    await caller.press("8")

    assert "Voici le menu." in caller.text


async def test_a_code_may_be_had_by_keys(client: TestClient[Any, Any], caller: Caller) -> None:
    await press_all(caller, "87")

    await caller.press("4")

    assert "Votre code est le" in caller.text
    digits = "".join(mark.text or "" for mark in caller.document.iter("say-as"))[:6]
    async with client.post("/api/conversations/resume", json={"code": digits}) as response:
        assert response.status == 200


@pytest.mark.parametrize("kind", ["address", "email"])
async def test_what_has_no_keys_may_be_given_at_the_page(caller: Caller, rasa: FakeRasa, kind: str) -> None:
    rasa.script = always(message("Laquelle?", asks={"kind": kind}))
    await caller.say("changer d’adresse")
    assert "Un code pour continuer sur le site, faites le 1." in caller.text

    await caller.press("1")

    assert "Votre code est le" in caller.text
    assert "Laquelle?" in caller.text
    assert len(rasa.said) == 1


async def test_what_is_done_on_a_page_only_offers_a_code(caller: Caller, rasa: FakeRasa) -> None:
    person = {"title": "Parler à une personne", "payload": "/op_human", "role": "person"}
    needs = message("Cela se fait sur une page.", buttons=[person]) | {"key": "utter_page_needs_screen"}
    rasa.script = always(needs)
    await caller.say("payer")
    assert "Un code pour continuer sur le site, faites le 1." in caller.text

    await caller.press("0")

    assert rasa.said[-1] == "/op_human"

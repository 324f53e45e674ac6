"""Nothing heard, or nothing understood: a rephrasing, an example, the keypad, a person; no line too often."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.voice.caller import Caller
from tests.integration.gateway.voice.test_a_call import CHOICES, always

KINDS = ("text", "date", "amount", "account_number", "postal_code", "address", "email", "yes_no", "choice")
EXAMPLES = {
    "text": "Répondez en quelques mots",
    "date": "lundi dernier",
    "amount": "cinquante-deux dollars",
    "account_number": "en haut de votre facture",
    "postal_code": "comme Georges",
    "address": "rue des Érables",
    "email": "arobas",
    "yes_no": "Dites oui",
    "choice": "le deuxième",
}
KEYS = {
    "text": "faites le carré",
    "date": "quatre chiffres",
    "amount": "faites l’étoile",
    "account_number": "neuf chiffres",
    "postal_code": "sa touche, puis son rang",
    "address": "Un code pour continuer sur le site, faites le 1.",
    "email": "Un code pour continuer sur le site, faites le 1.",
    "yes_no": "le 1 pour oui",
    "choice": "le chiffre de votre choix",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_silence_is_rephrased_then_exampled_then_keyed_then_a_person_then_goodbye(
    caller: Caller, rasa: FakeRasa, kind: str
) -> None:
    rasa.script = always(message("La question?", asks={"kind": kind}))
    await caller.say("signaler un paiement")
    heard = []
    for _ in range(5):
        await caller.silence()
        heard.append(caller.text)

    assert "La question?" in heard[0]
    assert EXAMPLES[kind] in heard[1]
    assert KEYS[kind] in heard[2]
    assert "Faites le 0" in heard[3]
    assert caller.does("Hangup")
    assert len(set(heard)) == 5
    assert rasa.said == ["signaler un paiement"]


@pytest.mark.parametrize("kind", ["date", "amount", "choice", "yes_no"])
async def test_keys_that_make_no_sense_climb_and_end_with_a_person(
    caller: Caller, rasa: FakeRasa, kind: str
) -> None:
    rasa.script = always(message("La question?", asks={"kind": kind}))
    await caller.say("signaler un paiement")
    heard = []
    for _ in range(5):
        await caller.press("7") if kind in ("choice", "yes_no") else await caller.press("*7")
        heard.append(caller.text)

    assert len(set(heard)) == 5
    assert EXAMPLES[kind] in heard[1]
    assert rasa.said[-1] == "Je veux parler à une personne."


async def test_words_recognised_badly_are_not_acted_upon(caller: Caller, rasa: FakeRasa) -> None:
    await caller.say("euh", confidence=0.1)

    assert rasa.asked == []
    assert "Que puis-je faire pour vous?" in caller.text


async def test_an_answer_begins_the_ladder_anew(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("La question?", asks={"kind": "date"}))
    await caller.say("signaler un paiement")
    await caller.silence()
    await caller.silence()

    await caller.say("hier")
    await caller.silence()

    assert "La question?" in caller.text


async def test_in_a_whole_call_no_line_of_ours_is_said_three_times(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = lambda turn: always(message(f"Question {len(rasa.said)}?", asks={"kind": "date"}))(turn)
    said: list[str] = []
    await caller.say("signaler un paiement")
    for _ in range(4):
        for _ in range(3):
            await caller.silence()
            said += [sentence for part in caller.parts for sentence in [part] if "Question" not in part]
        if caller.does("Hangup"):
            break
        await caller.say("hier")

    assert said
    assert max(said.count(line) for line in said) <= 2


async def test_a_caller_who_is_not_getting_there_is_offered_a_person_sooner(
    caller: Caller, rasa: FakeRasa
) -> None:
    rasa.script = lambda turn: always(message(f"Question {len(rasa.said)}?", asks={"kind": "date"}))(turn)
    await caller.say("signaler un paiement")
    for _ in range(4):
        await caller.silence()
        await caller.silence()
        await caller.say("hier")

    await caller.silence()

    assert "Faites le 0" in caller.text


async def test_a_list_is_put_again_when_nothing_is_chosen(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("Quel forfait?", buttons=CHOICES[:2], asks={"kind": "choice"}))
    await caller.say("changer de forfait")

    await caller.silence()

    assert "Quel forfait?" in caller.text
    assert "Forfait A, faites le 1." in caller.text


async def test_english_callers_climb_in_english(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    call = await Caller(client).call()
    await call.press("2")
    await call.press("2")
    rasa.script = always(message("When?", "en", asks={"kind": "date"}))
    await call.say("I paid")

    await call.silence()
    await call.silence()

    assert "March 4" in call.text

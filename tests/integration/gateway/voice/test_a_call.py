"""A call from the first ring on: language, greeting, questions, choices, goodbye."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from gateway.conversations.records import Conversation, Message
from gateway.voice.records import Call
from gateway.voice.records import Caller as Remembered
from gateway.web.keys import DATABASE
from tests.fakes.rasa import FakeRasa, Json, message
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.voice.caller import FROM, Caller

CHOICES = [
    {"title": f"Forfait {letter}", "payload": f'/choose{{"choice": "t:value:{place}"}}'}
    for place, letter in enumerate("ABCDE")
]
CANCEL = {"title": "Annuler", "payload": '/choose{"choice": "t:cancel"}', "role": "cancel"}
YES_NO = [
    {"title": "Oui", "payload": '/choose{"choice": "t:yes"}', "role": "yes"},
    {"title": "Changer quelque chose", "payload": '/choose{"choice": "t:change"}', "role": "change"},
    CANCEL,
]


def always(*messages: Json) -> Any:
    return lambda turn: {"language": messages[-1]["lang"], "messages": list(messages)}


async def rows(client: TestClient[Any, Any], table: Any) -> list[Any]:
    async with client.app[DATABASE].read() as session:
        return list((await session.execute(select(table))).scalars().all())


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_call_is_a_conversation_like_any_other(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    call = await Caller(client).call()
    assert "faites le 1" in call.text
    assert "press 2" in call.text
    assert call.gather["input"] == "dtmf speech"

    await call.press("1")
    assert "retienne le français" in call.text
    await call.press("2")
    assert "Que puis-je faire pour vous?" in call.text
    await call.say("combien coûte le service")

    assert call.text == "echo: combien coûte le service"
    assert rasa.asked[-1]["metadata"]["channel"] == "voice"
    (conversation,) = await rows(client, Conversation)
    assert (conversation.channel, conversation.language) == ("voice", "fr")
    assert rasa.asked[-1]["sender"] == str(conversation.id)
    said = [(line.sender, line.text) for line in await rows(client, Message)]
    assert said[1:] == [
        ("customer", "combien coûte le service"),
        ("bot", "echo: combien coûte le service"),
    ]


@pytest.mark.parametrize(("answer", "language"), [("English please", "en-CA"), ("en français", "fr-CA")])
async def test_the_language_may_be_said(client: TestClient[Any, Any], answer: str, language: str) -> None:
    call = await Caller(client).call()

    await call.say(answer)

    assert call.gather["language"] == language


async def test_who_names_no_language_hears_both_again_and_goes_on_in_french(
    client: TestClient[Any, Any],
) -> None:
    call = await Caller(client).call()
    heard = [call.text]

    for _ in range(2):
        await call.silence()
        heard.append(call.text)
    await call.silence()

    assert "English, press 2." in heard[1]
    assert "Que puis-je faire pour vous?" in call.text
    assert "For service in English, press 2." in call.text
    assert len(set(heard)) >= 2


async def test_a_language_is_remembered_only_after_a_yes_and_no_number_is_stored(
    client: TestClient[Any, Any],
) -> None:
    no = await Caller(client, sid="CA1").call()
    await no.press("2")
    await no.say("no thank you")
    assert await rows(client, Remembered) == []
    yes = await Caller(client, sid="CA2").call()
    await yes.press("2")
    await yes.say("yes")
    assert "I will remember." in yes.text

    again = await Caller(client, sid="CA3").call()
    neighbour = await Caller(client, sid="CA4", number="+15145550100").call()

    assert "What can I do for you?" in again.text
    assert "faites le 1" in neighbour.text
    (kept,) = await rows(client, Remembered)
    stored = [str(vars(row)) for row in [kept, *await rows(client, Call)]]
    assert all(FROM[1:] not in row and FROM[-7:] not in row for row in stored)


async def test_a_withheld_number_is_not_asked_to_be_remembered(client: TestClient[Any, Any]) -> None:
    call = await Caller(client, number=None).call()

    await call.press("1")

    assert "Que puis-je faire pour vous?" in call.text


async def test_a_choice_pressed_is_its_button_and_lists_come_in_threes(
    caller: Caller, rasa: FakeRasa
) -> None:
    rasa.script = always(message("Quel forfait?", buttons=[*CHOICES, CANCEL], asks={"kind": "choice"}))
    await caller.say("changer de forfait")

    assert "Forfait A, faites le 1." in caller.text
    assert "Forfait D" not in caller.text
    assert "la suite" in caller.text
    assert "Annuler" not in caller.text
    assert caller.gather["numDigits"] == "1"
    assert "Forfait B" in caller.gather["hints"]
    await caller.press("8")
    assert "Forfait D, faites le 4. Forfait E, faites le 5." in caller.text
    await caller.press("5")
    assert rasa.said[-1] == CHOICES[4]["payload"]
    await caller.press("9")
    assert rasa.said[-1] == CANCEL["payload"]


async def test_more_may_be_said_too(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("Quel forfait?", buttons=CHOICES, asks={"kind": "choice"}))
    await caller.say("changer de forfait")

    await caller.say("la suite")

    assert "Forfait D" in caller.text
    assert rasa.said == ["changer de forfait"]


@pytest.mark.parametrize(("key", "payload"), [("1", "t:yes"), ("2", "t:change"), ("9", "t:cancel")])
async def test_yes_and_no_have_keys(caller: Caller, rasa: FakeRasa, key: str, payload: str) -> None:
    rasa.script = always(message("Est-ce que je le fais?", buttons=YES_NO, asks={"kind": "yes_no"}))
    await caller.say("changer mon adresse")

    await caller.press(key)

    assert payload in rasa.said[-1]


@pytest.mark.parametrize(
    ("kind", "digits", "text"),
    [
        ("amount", "52*30", "52,30\u00a0$"),
        ("amount", "1250", "1\u00a0250,00\u00a0$"),
        ("date", "0403", "4 mars"),
        ("date", "0103", "1er mars"),
        ("account_number", "400100017", "400100017"),
        ("text", "123456", "123456"),
    ],
)
async def test_what_is_dialled_reaches_the_bot_as_people_write_it(
    caller: Caller, rasa: FakeRasa, kind: str, digits: str, text: str
) -> None:
    rasa.script = always(message("Alors?", asks={"kind": kind}))
    await caller.say("signaler un paiement")

    await caller.press(digits)

    assert rasa.said[-1] == text
    assert rasa.asked[-1]["kind"] == "text"


@pytest.mark.parametrize("kind", ["amount", "date", "account_number", "email", "choice", "text"])
async def test_a_person_repeating_and_cancelling_have_their_keys_at_every_question(
    caller: Caller, rasa: FakeRasa, kind: str
) -> None:
    rasa.script = always(message("Alors?", asks={"kind": kind}))
    await caller.say("signaler un paiement")
    heard = caller.text

    await caller.press("*")
    assert caller.text == heard
    assert len(rasa.said) == 1
    await caller.press("9")
    assert rasa.said[-1] == "Annuler"
    await caller.press("0")
    assert rasa.said[-1] == "Je veux parler à une personne."


async def test_the_language_changes_by_key_in_the_middle(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = lambda turn: {
        "language": turn["metadata"]["language"],
        "messages": [
            message(f"{turn['metadata']['language']}: {turn['message']}", turn["metadata"]["language"])
        ],
    }
    await caller.say("mon solde")

    await caller.press("#")

    assert caller.text == "en: /repeat"
    assert caller.gather["language"] == "en-CA"
    assert caller.document.find(".//Say").attrib["language"].startswith("en")  # type: ignore[union-attr]


async def test_the_language_the_bot_goes_on_in_is_the_calls(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("All right, in English.", "en"))

    await caller.say("in English please")

    assert caller.gather["language"] == "en-CA"


async def test_nobody_listens_to_more_than_two_sentences_without_a_chance_to_speak(
    caller: Caller, rasa: FakeRasa
) -> None:
    rasa.script = always(message(" ".join(f"Phrase {number}." for number in range(1, 12))))

    await caller.say("racontez")

    assert caller.parts[:2] == ["Phrase 1. Phrase 2.", "Phrase 3. Phrase 4."]
    assert all(part.count(".") <= 2 for part in caller.parts)
    assert "Phrase 9" not in caller.text
    await caller.press("8")
    assert "Phrase 9. Phrase 10." in caller.text


async def test_marks_reach_the_voice_and_everything_else_is_escaped(caller: Caller, rasa: FakeRasa) -> None:
    ssml = 'Compte <say-as interpret-as="digits">400</say-as><break time="350ms"/> &amp; <bad>x</bad>.'
    rasa.script = always(message("Compte 4 0 0 & x.", ssml=ssml))

    await caller.say("mon compte")

    (mark,) = caller.document.iter("say-as")
    assert (mark.attrib, mark.text) == ({"interpret-as": "digits"}, "400")
    assert caller.does("break")
    assert not caller.does("bad")
    assert caller.text.endswith("& x.")


async def test_a_receipt_is_spelled_and_sent_and_links_are_not_read(caller: Caller, rasa: FakeRasa) -> None:
    card: Json = {
        "kind": "receipt",
        "number": "482109375562",
        "title": "Adresse",
        "account": None,
        "done": "1er mars",
        "effective": "1er mars",
        "lines": [],
        "undo": "",
        "sent_to": "m***@example.ca",
    }
    links = [{"title": "Payer", "url": "https://pay.example.ca/x"}]
    rasa.script = always(message("C’est fait.", card=card, links=links))

    await caller.say("oui")

    assert [mark.text for mark in caller.document.iter("say-as")] == ["4821", "0937", "5562"]
    assert caller.does("prosody")
    assert "envoyé par courriel" in caller.text
    assert caller.text.count("par courriel") == 1
    assert "pay.example" not in caller.text
    assert "Un code pour continuer sur le site, faites le 1." in caller.text
    rasa.script = always(message("C’est fait.", card={**card, "sent_to": None}))
    await caller.say("oui")
    assert "par courriel" not in caller.text
    assert caller.text.endswith("Que puis-je faire d’autre pour vous?")
    told = message("C’est envoyé à m, chez example.", card=card) | {"key": "utter_done_send_receipt"}
    rasa.script = always(told)
    await caller.say("envoyez-moi mon reçu")
    assert "par courriel" not in caller.text


async def test_a_goodbye_ends_the_call(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = always(message("Au revoir!") | {"key": "utter_goodbye"})

    await caller.say("merci au revoir")

    assert caller.text == "Au revoir!"
    assert caller.does("Hangup")


async def test_the_door_is_closed_without_the_token(start: Start) -> None:
    client = await start(voice_twilio_auth_token=None)

    for path in ("incoming", "turn?p=1", "waiting?p=1&round=1", "transfer?p=1", "whisper?p=1", "status"):
        await Caller(client).send(f"/voice/{path}", status=404)


async def test_what_a_yes_agrees_to_is_told_whole_before_it(caller: Caller, rasa: FakeRasa) -> None:
    summary = message(" ".join(f"Phrase {place}." for place in range(1, 15)))
    question = message("Est-ce que je le fais?", buttons=YES_NO, asks={"kind": "yes_no"})
    rasa.script = always(summary, question)

    await caller.say("changer de forfait")

    assert "Est-ce que je le fais?" in caller.text
    assert "la suite" not in caller.text

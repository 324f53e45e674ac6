"""Who is calling is proven by account number and PIN, dialled; the PIN reaches the backend only."""

import asyncio
import json
import logging
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select, text

from gateway.voice.records import Call
from gateway.web.keys import DATABASE
from tests.fakes.backend import PIN, FakeBackend, profile_of
from tests.fakes.rasa import RECEIPT_CARD, SIGN_IN_CARD, FakeRasa, Json, message
from tests.integration.gateway.voice.caller import FROM, SID, Caller

ACCOUNT = "400100017"
CANCEL = {"title": "Annuler", "payload": '/choose{"choice": "t:cancel"}', "role": "cancel"}


def asks_to_sign_in(turn: Json) -> Json:
    """Ask for a session while there is none, then echo."""
    language = turn["metadata"]["language"]
    if "session" in turn["metadata"]:
        return {"language": language, "messages": [message(f"echo: {turn['message']}", language)]}
    asked = message("Il faut savoir qui vous êtes.", language, card=SIGN_IN_CARD, buttons=[CANCEL])
    return {"language": language, "messages": [asked]}


@pytest.fixture
async def asked(caller: Caller, rasa: FakeRasa) -> Caller:
    """The caller is asked for the account number."""
    rasa.script = asks_to_sign_in
    return await caller.say("mon solde")


async def test_the_number_then_the_pin_then_the_conversation_goes_on(
    asked: Caller, rasa: FakeRasa, backend: FakeBackend
) -> None:
    assert "Il faut savoir qui vous êtes." in asked.text
    assert "numéro de compte" in asked.text
    assert asked.gather["finishOnKey"] == "#"
    await asked.press(ACCOUNT)
    assert "NIP" in asked.text
    assert asked.gather["input"] == "dtmf"
    await asked.press(PIN)

    assert asked.text == "echo: /signed_in"
    metadata = rasa.asked[-1]["metadata"]
    assert (metadata["channel"], metadata["profile"]) == ("voice", profile_of("marie"))
    await asked.say("mon solde")
    assert rasa.asked[-1]["metadata"]["session"] in backend.sessions
    _, told = next(call for call in backend.calls if call[0] == "POST /v1/sessions/phone")
    assert told["X-Channel"] == "voice"
    assert told["X-Client-Address"].startswith("tel:")
    assert FROM[1:] not in told["X-Client-Address"]


async def test_the_pin_and_the_number_are_nowhere(
    client: TestClient[Any, Any], asked: Caller, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await asked.press(ACCOUNT)
    await asked.press("7391")
    await asked.press(ACCOUNT)
    await asked.press(PIN)

    async with client.app[DATABASE].read() as session:
        names = (await session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))).scalars()
        tables = {name: str((await session.execute(text(f"SELECT * FROM {name}"))).all()) for name in names}
    for secret in (ACCOUNT, f"'{PIN}'", f'"{PIN}"', "7391"):
        assert [name for name, rows in tables.items() if secret in rows] == []
        assert secret not in json.dumps(rasa.asked)
        assert secret not in caplog.text


async def test_a_wrong_pin_says_how_many_tries_are_left_then_locks(asked: Caller, rasa: FakeRasa) -> None:
    heard = []
    for _ in range(4):
        await asked.press(ACCOUNT)
        await asked.press("1111")
        heard.append(asked.text)

    assert "restent : 2" in heard[0].replace("\u00a0", " ")
    assert "numéro de compte" in heard[1]
    assert "60 minutes" in heard[3]
    assert "session" not in rasa.asked[-1]["metadata"]
    await asked.press("9")
    assert rasa.said[-1] == CANCEL["payload"]


async def test_a_backend_that_does_not_answer_is_told_with_the_ways_out(
    asked: Caller, backend: FakeBackend
) -> None:
    backend.status = 500
    await asked.press(ACCOUNT)

    await asked.press(PIN)

    assert "NIP n’est pas en cause" in asked.text
    assert "faites le 0" in asked.text.lower()


async def test_the_callers_number_alone_proves_nothing(
    client: TestClient[Any, Any], asked: Caller, rasa: FakeRasa
) -> None:
    await asked.press(ACCOUNT)
    await asked.press(PIN)
    await asked.hang_up()

    again = await Caller(client, sid="CAagain").call()
    await again.press("1")
    await again.press("2")
    await again.say("mon solde")

    assert "session" not in rasa.asked[-1]["metadata"]
    assert "numéro de compte" in again.text


@pytest.mark.parametrize(("no", "yes"), [("2", "1"), ("non", "oui c’est ça")])
async def test_a_number_that_is_said_is_read_back_by_its_groups_before_it_is_used(
    asked: Caller, rasa: FakeRasa, no: str, yes: str
) -> None:
    answer = asked.press if yes == "1" else asked.say
    await asked.say("400 100 071")
    assert [mark.text for mark in asked.document.iter("say-as")] == ["400", "100", "071"]
    assert "Est-ce exact?" in asked.text
    await answer(no)
    assert "Reprenons" in asked.text
    await asked.say("quatre cents, cent, zéro soixante et onze")
    await asked.say("non c’est 400 100 017")
    assert [mark.text for mark in asked.document.iter("say-as")] == ["400", "100", "017"]

    await answer(yes)

    assert "NIP" in asked.text
    await asked.press(PIN)
    assert rasa.said[-1] == "/signed_in"


async def test_a_number_that_is_dialled_is_not_read_back(asked: Caller) -> None:
    await asked.press(ACCOUNT)

    assert "NIP" in asked.text


async def test_silence_at_the_number_read_back_climbs_a_ladder_of_its_own(asked: Caller) -> None:
    await asked.say("400 100 017")
    heard = []
    for _ in range(5):
        await asked.silence()
        heard.append(asked.text)

    assert "redites les neuf chiffres" in heard[1]
    assert "le 1 pour oui" in heard[2]
    assert asked.does("Hangup")


async def test_a_pin_is_never_said(asked: Caller, rasa: FakeRasa) -> None:
    await asked.press(ACCOUNT)
    before = len(rasa.asked)

    await asked._go(asked.gather["action"], SpeechResult="quatre huit deux six")

    assert len(rasa.asked) == before
    assert "NIP" in asked.text
    assert asked.gather["input"] == "dtmf"


async def test_a_question_while_the_number_is_asked_is_answered(asked: Caller, rasa: FakeRasa) -> None:
    await asked.say("pourquoi demandez-vous ça")

    assert rasa.said[-1] == "pourquoi demandez-vous ça"
    assert "numéro de compte" in asked.text


@pytest.mark.parametrize("stage", ["account", "pin"])
@pytest.mark.parametrize(("key", "said"), [("9", CANCEL["payload"]), ("0", "Je veux parler à une personne.")])
async def test_cancelling_and_a_person_are_a_key_away(
    asked: Caller, rasa: FakeRasa, stage: str, key: str, said: str
) -> None:
    if stage == "pin":
        await asked.press(ACCOUNT)

    await asked.press(key)

    assert rasa.said[-1] == said


async def test_silence_at_the_pin_climbs_a_ladder_of_its_own(asked: Caller) -> None:
    await asked.press(ACCOUNT)
    heard = [asked.text]

    for _ in range(5):
        await asked.silence()
        heard.append(asked.text)

    assert "clavier seulement" in heard[2]
    assert "profil" in heard[3]
    assert asked.does("Hangup")
    assert all(heard.count(line) <= 2 for line in heard)


async def test_what_was_done_after_hanging_up_is_told_at_the_next_call_of_the_same_customer(
    client: TestClient[Any, Any], asked: Caller, rasa: FakeRasa
) -> None:
    await asked.press(ACCOUNT)
    await asked.press(PIN)
    rasa.gate = asyncio.Event()
    rasa.script = lambda turn: {"language": "fr", "messages": [message("C’est fait.", card=RECEIPT_CARD)]}
    leaving = asyncio.create_task(
        asked.send(f"/voice/{asked.gather['action']}", SpeechResult="oui", Confidence="0.9")
    )
    await asyncio.sleep(0.2)
    await Caller(client).hang_up()
    rasa.gate.set()
    await leaving
    await until_told(client)

    rasa.script = asks_to_sign_in
    neighbour, same = [await sign_in_again(client, sid, account) for sid, account in AGAIN]

    assert "dernier appel" not in neighbour.text
    assert "dernier appel" in same.text
    assert "C’est fait." in same.text
    once_more = await sign_in_again(client, "CA5", ACCOUNT)
    assert "dernier appel" not in once_more.text


AGAIN = [("CA3", "400100025"), ("CA4", ACCOUNT)]


async def sign_in_again(client: TestClient[Any, Any], sid: str, account: str) -> Caller:
    call = await Caller(client, sid=sid).call()
    await call.press("1")
    await call.press("2")
    await call.say("mon solde")
    await call.press(account)
    return await call.press(PIN)


async def until_told(client: TestClient[Any, Any]) -> None:
    async with asyncio.timeout(5):
        while True:
            async with client.app[DATABASE].read() as session:
                call = (await session.execute(select(Call).where(Call.id == SID))).scalar_one()
            if call.untold_seq is not None:
                assert call.state == {}
                return
            await asyncio.sleep(0.02)

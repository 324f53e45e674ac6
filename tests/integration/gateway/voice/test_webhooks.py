"""Webhooks: signed or refused, answered soon, and harmless however often and in whatever order they come."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pydantic import HttpUrl
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types

from gateway.voice.keys import DOOR
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.voice.caller import AUTH_TOKEN, SID, Caller

PATHS = ("incoming", "turn?p=1", "waiting?p=1&round=1", "transfer?p=1", "whisper?p=1", "status")


async def post(client: TestClient[Any, Any], path: str, address: str, **headers: str) -> int:
    """A webhook signed for an address that need not be the one it arrives at."""
    body = {"CallSid": SID, "From": "+14185550123"}
    signature = RequestValidator(AUTH_TOKEN).compute_signature(address, body)
    async with client.post(path, data=body, headers={"X-Twilio-Signature": signature, **headers}) as response:
        return response.status


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_right_signature_nothing_is_done(
    client: TestClient[Any, Any], rasa: FakeRasa, path: str
) -> None:
    await Caller(client).send(f"/voice/{path}", status=403, signed=False)
    await Caller(client, token="somebody else's token").send(f"/voice/{path}", status=403)
    assert await post(client, f"/voice/{path}", "https://elsewhere.example.ca/voice/incoming") == 403

    assert rasa.asked == []


async def test_a_field_changed_on_the_way_is_noticed(client: TestClient[Any, Any]) -> None:
    call = await Caller(client).call()
    body = {"CallSid": SID, "From": "+14185550123", "Digits": "1"}
    address = str(client.make_url("/voice/turn?p=1"))
    signature = RequestValidator(AUTH_TOKEN).compute_signature(address, body)

    for changed in ({"Digits": "2"}, {"Extra": "1"}):
        headers = {"X-Twilio-Signature": signature}
        async with client.post("/voice/turn?p=1", data=body | changed, headers=headers) as response:
            assert response.status == 403
    await call.press("2")
    assert call.gather["language"] == "en-CA"


async def test_behind_a_proxy_the_address_signed_is_the_one_twilio_called(start: Start) -> None:
    public = await start(gateway_public_url=HttpUrl("https://assist.example.ca"))
    proxied = await start(gateway_trusted_proxies=1)
    bare = await start()
    address = "https://assist.example.ca/voice/incoming"
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "assist.example.ca"}

    assert await post(public, "/voice/incoming", address) == 200
    assert await post(proxied, "/voice/incoming", address, **told) == 200
    assert await post(bare, "/voice/incoming", address, **told) == 403
    forged = {**told, "X-Forwarded-Host": "assist.example.ca, evil.example.ca"}
    assert await post(proxied, "/voice/incoming", address, **forged) == 403


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_the_same_webhook_again_gets_the_same_answer_and_says_nothing_twice(
    caller: Caller, rasa: FakeRasa
) -> None:
    action = caller.gather["action"]
    await caller.say("mon solde")
    first = caller.text

    for _ in range(2):
        await caller.send(f"/voice/{action}", SpeechResult="mon solde", Confidence="0.9")
        assert caller.text == first
    assert rasa.said == ["mon solde"]


async def test_an_older_webhook_gets_the_present_prompt(caller: Caller, rasa: FakeRasa) -> None:
    old = caller.gather["action"]
    await caller.say("mon solde")
    await caller.say("mon adresse")
    present = caller.text

    await caller.send(f"/voice/{old}", SpeechResult="autre chose", Confidence="0.9")
    assert caller.text == present
    await caller.send("/voice/incoming")
    assert caller.text == present

    assert rasa.said == ["mon solde", "mon adresse"]


async def test_the_same_webhook_at_once_is_one_turn(caller: Caller, rasa: FakeRasa) -> None:
    rasa.delay = 0.3
    action = caller.gather["action"]
    same: dict[str, Any] = {"SpeechResult": "mon solde", "Confidence": "0.9"}
    twin = Caller(caller.client)

    await asyncio.gather(*(one.send(f"/voice/{action}", **same) for one in (caller, twin)))

    assert rasa.said == ["mon solde"]
    assert caller.text == twin.text == "echo: mon solde"


@pytest.mark.parametrize("path", ["turn", "turn?p=x", "turn?p=-1", "turn?p=99999999", "waiting?p=1"])
async def test_an_address_of_ours_that_was_never_given_is_refused(
    client: TestClient[Any, Any], path: str
) -> None:
    await Caller(client).send(f"/voice/{path}", status=400)


async def test_a_call_that_never_began_is_ended(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    call = Caller(client, sid="CAunknown")

    await call.send("/voice/turn?p=3", SpeechResult="bonjour")

    assert call.does("Hangup")
    assert rasa.asked == []


async def test_a_slow_answer_is_a_filler_within_a_second_and_comes_in_the_end(
    start: Start, rasa: FakeRasa
) -> None:
    caller = await begin(start)
    rasa.delay = 1.5
    action, heard = caller.gather["action"], []

    began = time.monotonic()
    await caller.send(f"/voice/{action}", SpeechResult="mon solde", Confidence="0.9")
    assert time.monotonic() - began < 1.0
    while caller.document.find("Gather") is None:
        heard.append(caller.text)
        (redirect,) = caller.document.findall("Redirect")
        await caller.send(f"/voice/{redirect.text}")

    assert heard[0] == "Un moment, je vérifie."
    assert caller.text == "echo: mon solde"
    assert rasa.said == ["mon solde"]


async def test_no_filler_is_said_three_times_and_a_person_is_offered(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(start, voice_answer_within=0.01, voice_patience=9.0)
    rasa.gate = asyncio.Event()
    action, heard = caller.gather["action"], []

    await caller.send(f"/voice/{action}", SpeechResult="mon solde", Confidence="0.9")
    for _ in range(60):
        heard.append(caller.text)
        redirect = caller.document.findall("Redirect")[-1]
        await caller.send(f"/voice/{redirect.text}")

    said = [text for text in heard if text]
    assert max(said.count(text) for text in said) <= 2
    assert any("faites le 0" in text for text in said)
    assert len(said) < 10
    rasa.gate.set()


async def test_who_would_rather_have_a_person_than_wait_gets_one(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(
        start, voice_answer_within=0.01, voice_patience=3.0, voice_transfer="number:+14185550199"
    )
    rasa.gate = asyncio.Event()
    action = caller.gather["action"]
    await caller.send(f"/voice/{action}", SpeechResult="mon solde", Confidence="0.9")
    while caller.document.find("Gather") is None:
        await caller.send(f"/voice/{caller.document.findall('Redirect')[-1].text}")

    await caller.press("0")

    assert caller.does("Dial")
    rasa.gate.set()


async def test_a_turn_cut_off_by_a_stop_is_taken_up_by_the_next_start(start: Start, rasa: FakeRasa) -> None:
    client = await start(voice_answer_within=0.05)
    caller = await begin_at(client)
    rasa.gate = asyncio.Event()
    action = caller.gather["action"]
    await caller.send(f"/voice/{action}", SpeechResult="mon solde", Confidence="0.9")
    for task in list(client.app[DOOR]._work.values()):
        task.cancel()
    rasa.gate.set()

    caller.client = await start()
    await caller._go(f"/voice/waiting?p={action.partition('=')[2]}&round=1")

    assert caller.text == "echo: mon solde"
    assert set(rasa.said) == {"mon solde"}


async def test_twenty_calls_at_once_keep_to_themselves(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    async def one(number: int) -> str:
        call = await begin_at(client, sid=f"CA{number}", number=f"+1418555{number:04}")
        await call.say(f"je suis {number}")
        return call.text

    heard = await asyncio.gather(*(one(number) for number in range(20)))

    assert heard == [f"echo: je suis {number}" for number in range(20)]


async def test_what_breaks_inside_is_an_apology_and_not_silence(caller: Caller, rasa: FakeRasa) -> None:
    rasa.script = lambda turn: {"language": "fr", "messages": [message("Voici.", ssml="<b>pas <fermé")]}
    await caller.say("mon solde")
    assert caller.text == "<b>pas <fermé"

    rasa.status = 500
    await caller.say("mon solde")

    assert "Je n’arrive pas à répondre" in caller.text


async def begin(start: Start, **settings: Any) -> Caller:
    return await begin_at(await start(**settings))


async def begin_at(client: TestClient[Any, Any], **who: Any) -> Caller:
    call = await Caller(client, **who).call()
    await call.press("1")
    return await call.press("2")

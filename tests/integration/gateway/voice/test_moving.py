"""From the page to the telephone and back: the same conversation, by a code that works once."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from gateway.voice.records import Tries
from gateway.web.keys import DATABASE
from tests.fakes.backend import profile_of
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.contract import check_answer
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.voice.caller import Caller
from tests.integration.gateway.voice.test_a_call import always


async def opening(client: TestClient[Any, Any], **who: Any) -> Caller:
    """A caller at the greeting."""
    call = await Caller(client, **who).call()
    await call.press("1")
    return await call.press("2")


async def enter(call: Caller, code: str) -> Caller:
    """Enter a code at the greeting."""
    await call.press("3")
    return await call.press(code)


async def code_of(customer: Customer) -> str:
    answer = await customer.request("POST", "/phone-code", status=201)
    return str(answer["code"])


async def test_the_call_goes_on_where_the_page_was(customer: Customer, rasa: FakeRasa) -> None:
    await customer.say("changer mon adresse")
    await customer.sign_in()
    code = await code_of(customer)
    rasa.script = always(message("Quelle est la nouvelle adresse?", asks={"kind": "text"}))

    call = await opening(customer.client, sid="CA1")
    await call.press("3")
    assert "six chiffres" in call.text
    assert (call.gather["numDigits"], call.gather["finishOnKey"]) == ("7", "#")
    await call.press(code)

    assert "commencée sur le site" in call.text
    assert "Quelle est la nouvelle adresse?" in call.text
    resumed = rasa.asked[-1]
    assert (resumed["sender"], resumed["message"]) == (customer.id, "/resume")
    assert resumed["metadata"]["channel"] == "voice"
    assert resumed["metadata"]["profile"] == profile_of("marie")
    await call.say("45 rue des Érables")
    assert rasa.asked[-1]["sender"] == customer.id
    assert "45 rue des Érables" in await customer.texts()
    await customer.say("me revoici")
    assert rasa.asked[-1]["metadata"]["channel"] == "web"


async def test_the_language_is_the_conversations(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    customer = await Customer.begin(client, language="en")
    code = await code_of(customer)

    call = await enter(await opening(client), code)

    assert call.gather["language"] == "en-CA"
    assert "begun on the website" in call.text


async def test_a_code_works_once_and_a_newer_one_replaces_it(customer: Customer) -> None:
    first, second = await code_of(customer), await code_of(customer)

    call = await enter(await opening(customer.client, sid="CA1"), first)
    assert "pas bon" in call.text
    await call.say("mon code est le " + " ".join(second))
    assert "commencée sur le site" in call.text
    other = await enter(await opening(customer.client, sid="CA2"), second)
    assert "pas bon" in other.text


async def test_a_code_is_soon_useless(start: Start) -> None:
    now = datetime.now(UTC)
    times = [now]
    client = await start({"clock": lambda: times[0]})
    customer = await Customer.begin(client)
    code = await code_of(customer)
    times[0] = now + timedelta(minutes=15, seconds=1)

    call = await enter(await opening(client), code)

    assert "pas bon" in call.text


async def test_tries_are_limited_in_a_call(customer: Customer) -> None:
    code = await code_of(customer)
    call = await opening(customer.client)
    await call.press("3")
    for _ in range(3):
        await call.press("000000" if code != "000000" else "000001")
    assert "continuons sans code" in call.text

    await call.press(code)

    assert "commencée sur le site" not in call.text


@pytest.mark.parametrize(("key", "said"), [("9", "Que puis-je faire pour vous?"), ("*", "six chiffres")])
async def test_who_has_no_code_goes_on_without_one(client: TestClient[Any, Any], key: str, said: str) -> None:
    call = await opening(client)
    await call.press("3")

    await call.press(key)

    assert said in call.text


async def test_silence_at_the_code_climbs_a_ladder_of_its_own(client: TestClient[Any, Any]) -> None:
    call = await opening(client)
    await call.press("3")
    heard = []
    for _ in range(5):
        await call.silence()
        heard.append(call.text)

    assert "six chiffres" in heard[0]
    assert "fenêtre de l’assistant" in heard[1]
    assert "Sans code, faites le 9" in heard[2]
    assert call.does("Hangup")


async def test_a_code_told_in_the_call_opens_the_conversation_on_the_page(
    caller: Caller, rasa: FakeRasa
) -> None:
    rasa.script = always(message("Quelle date?", asks={"kind": "date"}))
    await caller.say("signaler un paiement")
    await caller.say("donnez-moi un code")
    digits = re.findall(r"\d+", "".join(mark.text or "" for mark in caller.document.iter("say-as")))[0]
    assert digits[:6] == digits[6:]
    assert "Quelle date?" in caller.text

    async with caller.client.post("/api/conversations/resume", json={"code": digits[:6]}) as response:
        assert response.status == 200
        answer = await response.json()
    check_answer("POST", "/api/conversations/resume", 200, answer)
    customer = Customer(caller.client, answer["id"], answer["token"], answer)
    await customer.say("hier")

    assert [turn["sender"] for turn in rasa.asked] == [answer["id"]] * 2
    assert rasa.asked[-1]["metadata"]["channel"] == "web"
    assert "signaler un paiement" in str(answer["messages"])
    assert digits[:6] not in str(await customer.transcript())


async def test_a_code_for_the_telephone_is_none_for_the_page(customer: Customer) -> None:
    code = await code_of(customer)

    async with customer.client.post("/api/conversations/resume", json={"code": code}) as response:
        assert response.status == 404
        assert (await response.json())["error"]["code"] == "code_invalid"


async def test_guessing_at_the_page_is_limited(start: Start) -> None:
    now = datetime.now(UTC)
    client = await start({"clock": lambda: now}, voice_codes_per_minute=3)

    assert [await guess(client, number) for number in range(4)] == [404, 404, 404, 429]


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_guesses_at_two_gateways_count_together(start: Start) -> None:
    now = datetime.now(UTC).replace(second=1)
    times = [now]
    here, there = [await start({"clock": lambda: times[0]}, voice_codes_per_minute=4) for _ in range(2)]
    statuses = await asyncio.gather(*(guess((here, there)[n % 2], n) for n in range(8)))
    assert sorted(statuses) == [404] * 4 + [429] * 4

    times[0] = now + timedelta(minutes=1)

    assert await guess(there, 9) == 404


async def test_who_guesses_is_not_kept(start: Start) -> None:
    client = await start()
    await guess(client, 1)

    async with client.app[DATABASE].read() as session:
        kept = (await session.execute(select(Tries.who))).scalars().all()

    assert len(kept) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", who) for who in kept)


async def guess(client: TestClient[Any, Any], number: int) -> int:
    """The status of one guess at the page."""
    async with client.post("/api/conversations/resume", json={"code": f"{number:06}"}) as response:
        return response.status


async def test_a_neighbour_can_make_no_code_for_somebody_else(
    customer: Customer, neighbour: Customer
) -> None:
    stranger = Customer(customer.client, neighbour.id, customer.token, {})

    await stranger.request("POST", "/phone-code", status=404)

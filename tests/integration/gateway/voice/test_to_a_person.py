"""To a person: connected with what it is about, or called back, or back to the assistant."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from gateway.conversations.records import Conversation, Owner
from gateway.desk.records import Ticket
from gateway.web.keys import DATABASE
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.voice.caller import FROM, Caller
from tests.integration.gateway.voice.test_a_call import always

CLOSED = "Mo-Su 00:00-00:01"
ASKED = message("Bien sûr.", handoff={"reason": "asked"})


async def begin(start: Start, **settings: Any) -> Caller:
    call = await Caller(await start(**settings)).call()
    await call.press("1")
    return await call.press("2")


async def the(client: TestClient[Any, Any], table: Any) -> Any:
    async with client.app[DATABASE].read() as session:
        return (await session.execute(select(table))).scalar_one()


@pytest.mark.parametrize("reason", ["asked", "complaint"])
async def test_the_exchange_is_told_what_the_call_is_about(start: Start, rasa: FakeRasa, reason: str) -> None:
    caller = await begin(start, voice_transfer="sip:queue@pbx.example.ca")
    operation = {"tasks": [{"id": "t", "operation": "change_address", "stage": "collecting"}]}
    answer = message("Bien sûr.", handoff={"reason": reason})
    rasa.script = lambda turn: {"language": "fr", "messages": [answer], "operation": operation}

    await caller.say("je veux parler à quelqu’un")

    conversation = await the(caller.client, Conversation)
    sip = caller.document.find("./Dial/Sip")
    assert sip is not None
    address, _, headers = (sip.text or "").partition("?")
    told = {name: values[0] for name, values in parse_qs(headers).items()}
    assert address == "sip:queue@pbx.example.ca"
    assert told["X-Conversation"] == str(conversation.id)
    assert (told["X-Language"], told["X-Verified"]) == ("fr", "False")
    assert "Changer l’adresse de facturation" in told["X-Summary"]
    assert caller.text.startswith("Bien sûr. Je vous mets en communication")
    assert (conversation.owner, conversation.channel) == (Owner.QUEUE, "voice")


async def test_a_workflow_gets_the_same_as_attributes(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(start, voice_transfer="workflow:WW123")
    rasa.script = always(ASKED)

    await caller.say("une personne")

    enqueue, task = caller.document.find("Enqueue"), caller.document.find("./Enqueue/Task")
    assert enqueue is not None
    assert task is not None
    assert enqueue.attrib["workflowSid"] == "WW123"
    attributes = json.loads(task.text or "")
    assert set(attributes) == {"conversation", "language", "verified", "summary"}


async def test_who_answers_a_number_hears_what_it_is_about(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(start, voice_transfer="number:+14185550199")
    rasa.script = always(ASKED)
    await caller.say("une personne")
    number = caller.document.find("./Dial/Number")
    assert number is not None
    assert number.text == "+14185550199"

    rep = Caller(caller.client, sid="CAchild")
    await rep.send(f"/voice/{number.attrib['url']}", ParentCallSid=caller.sid)

    assert "Appel en français" in rep.text
    assert "identité non vérifiée" in rep.text


async def test_when_people_have_spoken_the_call_is_over_and_nobody_waits(
    start: Start, rasa: FakeRasa
) -> None:
    caller = await begin(start, voice_transfer="number:+14185550199")
    rasa.script = always(ASKED)
    await caller.say("une personne")

    await finish(caller, DialCallStatus="completed")

    assert caller.does("Hangup")
    assert (await the(caller.client, Conversation)).owner == Owner.BOT


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed"])
async def test_when_nobody_answers_the_caller_may_be_called_back_or_go_on(
    start: Start, rasa: FakeRasa, status: str
) -> None:
    caller = await begin(start, voice_transfer="number:+14185550199")
    rasa.script = always(ASKED)
    await caller.say("une personne")

    await finish(caller, DialCallStatus=status)
    assert "Personne n’a pu répondre" in caller.text
    assert "rappelle" in caller.text
    await caller.press("9")
    rasa.script = always(message("Voici."))
    await caller.say("mon solde")

    assert caller.text == "Voici."


async def test_a_caller_who_hangs_up_while_waiting_leaves_the_queue(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(start, voice_transfer="queue:soutien")
    rasa.script = always(ASKED)
    await caller.say("une personne")
    assert (await the(caller.client, Conversation)).owner == Owner.QUEUE

    await caller.hang_up()

    assert (await the(caller.client, Conversation)).owner == Owner.BOT
    await caller.send("/voice/turn?p=5", Digits="1")
    assert caller.does("Hangup")


async def test_outside_the_hours_a_ticket_with_the_callers_number(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(start, desk_hours=CLOSED, voice_transfer="number:+14185550199")
    rasa.script = always(ASKED)
    await caller.say("une personne")
    assert "Personne n’est là" in caller.text
    assert not caller.does("Dial")

    await caller.press("1")

    ticket = await the(caller.client, Ticket)
    assert (ticket.reach_by, ticket.reach_at, ticket.language) == ("telephone", FROM, "fr")
    assert "".join(mark.text or "" for mark in caller.document.iter("say-as")) == ticket.number
    assert "autre" in caller.text


async def test_or_another_number(start: Start, rasa: FakeRasa) -> None:
    caller = await begin(start, desk_hours=CLOSED)
    rasa.script = always(ASKED)
    await caller.say("une personne")
    await caller.press("2")
    await caller.press("123")
    assert "dix chiffres" in caller.text

    await caller.press("5145550142")

    assert (await the(caller.client, Ticket)).reach_at == "+15145550142"


async def test_a_withheld_number_is_asked_for(start: Start, rasa: FakeRasa) -> None:
    caller = Caller(await start(desk_hours=CLOSED), number=None)
    await caller.call()
    await caller.press("1")
    rasa.script = always(ASKED)

    await caller.say("une personne")

    assert "À quel numéro" in caller.text


async def test_where_calls_are_not_passed_on_a_call_back_is_offered_at_once(
    caller: Caller, rasa: FakeRasa
) -> None:
    rasa.script = always(ASKED)

    await caller.say("une personne")

    assert "rappelle" in caller.text
    assert (await the(caller.client, Conversation)).owner == Owner.BOT


async def finish(caller: Caller, **fields: str) -> None:
    verb = caller.document.find("Dial")
    assert verb is not None
    await caller._go(f"/voice/{verb.attrib['action']}", **fields)

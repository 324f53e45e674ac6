"""What no script can say: forged requests, the same call many times at once, codes, and how soon."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Sequence
from contextlib import closing

import aiohttp

from tests.calls.phone import CallError, Phone
from tests.calls.town import TOKEN
from tests.conversations.chat import PASSWORD, Chat
from tests.conversations.people import People
from tests.support.stack import Stack

MANY = 20
WORDS = ("combien coûte le service", "comment changer mon adresse", "quel est mon solde", "annulez")


class BrokenError(AssertionError):
    """The protocol was not kept."""


async def forged(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A wrong signature, one of another address, or one made with another token: nothing is answered."""
    phone = Phone(session, stack.url, TOKEN)
    other = Phone(session, stack.url, "another-token-of-some-length")
    moved = Phone(session, stack.url, TOKEN, address="https://elsewhere.example.ca")
    answers = [
        await phone.post(f"{stack.url}/voice/incoming", {}, signed=False),
        await other.post(f"{stack.url}/voice/incoming", {}),
        await moved.post(f"{stack.url}/voice/incoming", {}),
        await phone.post(f"{stack.url}/voice/status", {"CallStatus": "completed"}, signed=False),
    ]
    async with session.post(f"{stack.url}/voice/incoming", data={"CallSid": phone.sid}) as answer:
        _expect([status for status, _, _ in answers] + [answer.status], [403] * 5, "forged requests")


async def same_request_at_once(stack: Stack, session: aiohttp.ClientSession) -> None:
    """One answer sent eight times at once is one answer, and every copy hears the same."""
    phone = await _at_the_open_question(stack, session)
    fields = {"CallStatus": "in-progress", "SpeechResult": "combien coûte le service", "Confidence": "0.9"}
    url = f"{stack.url}/voice/{phone.gathers[-1].get('action')}"
    await asyncio.gather(*(phone.document(url, fields) for _ in range(8)))
    await asyncio.sleep(1)
    _expect(_said(stack, phone), ["combien coûte le service"], "what was said")


async def same_call_at_once(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A call announced eight times at once is one call."""
    phone = Phone(session, stack.url, TOKEN)
    documents = [phone.post(f"{stack.url}/voice/incoming", {"CallStatus": "ringing"}) for _ in range(8)]
    texts = {text for _, _, text in await asyncio.gather(*documents)}
    _expect(len(texts), 1, "different documents")


async def a_call_unknown_or_over(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A turn of a call that never began, or is over, ends politely, whatever was said."""
    never = Phone(session, stack.url, TOKEN)
    root = await never.document(f"{stack.url}/voice/turn?p=3", {"Digits": "1"})
    _expect(root.find("Hangup") is not None, True, "a hang-up")
    phone = await _at_the_open_question(stack, session)
    await phone.hang_up()
    await phone.document(f"{stack.url}/voice/turn?p=3", {"SpeechResult": "annulez", "Confidence": "0.9"})
    _expect(_said(stack, phone), [], "what was said after the end")


async def from_page_to_telephone_and_back(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A half-finished operation goes to the telephone with a code, and back with another; each works once."""
    people = People(stack, stack.secret("BACKEND_TOKEN"))
    customer = await people.twin("marie")
    await people.close()
    chat = Chat(session, stack.url, stack.folder / "gateway.db", "fr")
    await chat.begin()
    await chat.sign_in(customer.user_id, PASSWORD)
    await chat.say("je veux signaler un paiement de 52,30 $")
    made = await chat.call("POST", f"{chat.path}/phone-code", {})
    phone = await _at_the_open_question(stack, session, language="English")
    await phone.press("3")
    await phone.press(f"{made['code']}#")
    _expect_heard(phone, "Nous continuons la conversation")
    _expect_heard(phone, "Au clavier, entrez le jour")
    await phone.say("hier")
    again = await _at_the_open_question(stack, session)
    await again.press("3")
    await again.press(f"{made['code']}#")
    _expect_heard(again, "Ce code n’est pas bon")
    await phone.say("donnez-moi un code")
    code = "".join(
        key for spoken in phone.heard[:1] for key in spoken.text.partition(".")[0] if key.isdigit()
    )
    back = await chat.call("POST", "/api/conversations/resume", {"code": code})
    _expect(back["id"], chat.id, "the conversation")


async def quick(stack: Stack, session: aiohttp.ClientSession) -> str:
    """The webhooks' times, one call and then twenty at once."""
    alone = await _talk(stack, session)
    began = time.monotonic()
    calls = await asyncio.gather(*(_talk(stack, session) for _ in range(MANY)))
    together = [seconds for call in calls for seconds in call]
    lines = [
        "| calls at once | webhooks | p50 ms | p95 ms | longest ms |",
        "| --- | --- | --- | --- | --- |",
        _row(1, alone),
        _row(MANY, together),
    ]
    return "\n".join([*lines, f"({time.monotonic() - began:.0f} s)"])


async def _talk(stack: Stack, session: aiohttp.ClientSession) -> list[float]:
    phone = await _at_the_open_question(stack, session)
    for words in WORDS:
        await phone.say(words)
    await phone.hang_up()
    return phone.seconds


async def _at_the_open_question(
    stack: Stack, session: aiohttp.ClientSession, *, language: str = "français"
) -> Phone:
    phone = Phone(session, stack.url, TOKEN)
    await phone.ring()
    await phone.say(language)
    await phone.say("non")
    return phone


def _row(calls: int, seconds: Sequence[float]) -> str:
    ms = sorted(1000 * one for one in seconds)
    cuts = statistics.quantiles(ms, n=20)
    return f"| {calls} | {len(ms)} | {statistics.median(ms):.0f} | {cuts[-1]:.0f} | {ms[-1]:.0f} |"


def _said(stack: Stack, phone: Phone) -> list[str]:
    query = (
        "SELECT text FROM messages WHERE sender = 'customer' AND conversation_id = "
        "(SELECT conversation_id FROM calls WHERE id = ?) ORDER BY seq"
    )
    with closing(sqlite3.connect(f"file:{stack.folder / 'gateway.db'}?mode=ro", uri=True)) as connection:
        return [text for (text,) in connection.execute(query, (phone.sid,))]


def _expect(found: object, expected: object, what: str) -> None:
    if found != expected:
        raise BrokenError(f"{what}: expected {expected!r}, found {found!r}")


def _expect_heard(phone: Phone, words: str) -> None:
    if not any(words in spoken.text for spoken in phone.heard):
        raise CallError(f"never heard {words!r} in {[spoken.text for spoken in phone.heard]}")


CHECKS = (
    forged,
    same_request_at_once,
    same_call_at_once,
    a_call_unknown_or_over,
    from_page_to_telephone_and_back,
)

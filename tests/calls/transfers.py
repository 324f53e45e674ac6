"""To a person, by each way there is: what people are told, what the desk shows before anybody answers."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qs

import aiohttp

from tests.calls.lines import keys_of
from tests.calls.phone import Phone
from tests.calls.protocol import BrokenError
from tests.calls.town import PEOPLE
from tests.calls.troubles import PIN_KEYS, WORDS, at_the_pin, expect
from tests.support.desk_rep import DemoRep
from tests.support.stack import Stack

CLOSED = {"ASSISTANT_DESK_HOURS": "Mo-Su 00:00-00:01"}
OPEN = {"ASSISTANT_DESK_HOURS": "Mo-Su 00:00-23:59"}
TARGETS = {
    "number": f"number:{PEOPLE}",
    "sip": "sip:queue@pbx.example.ca",
    "queue": "queue:soutien",
    "workflow": "workflow:WW0123456789abcdef0123456789abcdef",
}
SUMMARY = {
    "fr": "Appel en français, identité vérifiée, Changer de forfait d’interurbain",
    "en": "Call in English, identity verified, Change the long-distance plan",
}
Json = dict[str, Any]


async def number(stack: Stack, session: aiohttp.ClientSession) -> None:
    """Whoever answers a number hears the summary before the caller."""

    def told(phone: Phone, language: str) -> None:
        expect(phone.transfer == "Dial", phone)
        _expect_in(SUMMARY[language], phone.task)

    await _put_through(stack, session, "number", told)


async def sip(stack: Stack, session: aiohttp.ClientSession) -> None:
    """An exchange gets conversation, language, whether it is verified, and the summary, as headers."""

    def told(phone: Phone, language: str) -> None:
        address, _, headers = (phone.task or "").partition("?")
        found = {name: values[0] for name, values in parse_qs(headers).items()}
        known = {"X-Conversation": _conversation(stack, phone), "X-Language": language, "X-Verified": "True"}
        expect(address == TARGETS["sip"] and {name: found[name] for name in known} == known, phone)
        _expect_in(SUMMARY[language], found["X-Summary"])

    await _put_through(stack, session, "sip", told)


async def queue(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A queue takes the caller; whoever takes a call from it finds the conversation at the desk."""

    def told(phone: Phone, _language: str) -> None:
        expect((phone.transfer, phone.task) == ("Enqueue", "soutien"), phone)

    await _put_through(stack, session, "queue", told)


async def workflow(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A workflow gets the same as attributes of its task."""

    def told(phone: Phone, language: str) -> None:
        found = json.loads(phone.task or "")
        known = {"conversation": _conversation(stack, phone), "language": language, "verified": True}
        expect({name: found[name] for name in known} == known, phone)
        _expect_in(SUMMARY[language], found["summary"])

    await _put_through(stack, session, "workflow", told)


async def outside_hours(stack: Stack, session: aiohttp.ClientSession) -> None:
    """While nobody is there, a ticket to be called back; who hangs up at the offer leaves none."""
    async with _with(stack, CLOSED):
        rep = await asyncio.to_thread(_rep, stack)
        for language in WORDS:
            before = await _tickets(rep)
            leaver = await _at_the_summary(stack, session, language)
            await leaver.press("0")
            expect("callback_offer" in keys_of(leaver.heard) and leaver.transfer is None, leaver)
            await leaver.hang_up()
            phone = await _at_the_summary(stack, session, language)
            await phone.press("0")
            await phone.press("1")
            expect("callback_kept" in keys_of(phone.heard), phone)
            await phone.hang_up()
            new = [one for one in await _tickets(rep) if one not in before]
            ids = [ticket["conversation"] for ticket in new]
            expect(ids == [_conversation(stack, phone)], phone)
    await _wait_until_bot(stack, phone)


@cache
def _rep(stack: Stack) -> DemoRep:
    """One rep for all checks: a second factor's code is used once."""
    return DemoRep(stack)


async def _put_through(
    stack: Stack, session: aiohttp.ClientSession, way: str, told: Callable[[Phone, str], None]
) -> None:
    """In both languages one caller is put through, after a look at the desk, and one hangs up meanwhile."""
    async with _with(stack, {"ASSISTANT_VOICE_TRANSFER": TARGETS[way]}):
        rep = await asyncio.to_thread(_rep, stack)
        for language in WORDS:
            phone = await _at_the_summary(stack, session, language)
            phone.while_ringing = partial(_look, stack, rep, phone, language)
            await phone.press("0")
            expect(phone.is_over and "connecting" in keys_of(phone.heard), phone)
            told(phone, language)
            leaver = await _at_the_summary(stack, session, language)
            leaver.dial_ends, leaver.while_ringing = "canceled", leaver.hang_up
            await leaver.press("0")
            for one in (phone, leaver):
                await _wait_until_bot(stack, one)


async def _look(stack: Stack, rep: DemoRep, phone: Phone, language: str) -> None:
    """Before anybody answers, the desk has the call in its queue, with transcript and half-done operation."""
    conversation = _conversation(stack, phone)
    waiting = (await _ask(rep, "queue"))["waiting"]
    item = next((one for one in waiting if one["id"] == conversation), None)
    if item is None:
        raise BrokenError(f"not in the queue: {waiting}")
    view = await _ask(rep, f"conversations/{conversation}")
    said = (await _ask(rep, f"conversations/{conversation}/messages"))["messages"]
    expect(item["channel"] == "voice" and item["language"] == language, phone)
    expect([draft["operation"] for draft in view["drafts"]] == ["switch_plan"], phone)
    expect(any(line["text"] == WORDS[language]["plan"] for line in said), phone)


async def _at_the_summary(stack: Stack, session: aiohttp.ClientSession, language: str) -> Phone:
    """A customer who has proven who they are and is asked for the yes."""
    phone, _ = await at_the_pin(stack, session, language)
    await phone.press(PIN_KEYS)
    return phone


@asynccontextmanager
async def _with(stack: Stack, settings: dict[str, str]) -> Any:
    """The stack with a gateway that is set otherwise."""
    usual = {"ASSISTANT_VOICE_TRANSFER": TARGETS["number"], **OPEN}
    try:
        await asyncio.to_thread(_restart, stack, usual | settings)
        yield
    finally:
        await asyncio.to_thread(_restart, stack, usual)


def _restart(stack: Stack, settings: Mapping[str, str]) -> None:
    stack.stop("gateway")
    stack.configure("gateway", **settings)
    stack.start("gateway")


async def _ask(rep: DemoRep, path: str) -> Json:
    return await asyncio.to_thread(rep.call, "GET", path)


async def _tickets(rep: DemoRep) -> list[Json]:
    tickets: list[Json] = (await _ask(rep, "tickets"))["tickets"]
    return tickets


async def _wait_until_bot(stack: Stack, phone: Phone) -> None:
    """Whoever was put through, or left, waits for nobody any more."""
    for _ in range(50):
        if _row(stack, phone, "owner") == "bot":
            return
        await asyncio.sleep(0.1)
    raise BrokenError("still in the queue\n" + "\n".join(phone.log))


def _conversation(stack: Stack, phone: Phone) -> str:
    found = _row(stack, phone, "id")
    return "-".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:]))


def _row(stack: Stack, phone: Phone, column: str) -> str:
    query = f"SELECT {column} FROM conversations WHERE id = (SELECT conversation_id FROM calls WHERE id = ?)"
    with _reading(stack) as connection:
        (found,) = connection.execute(query, (phone.sid,)).fetchone()
        return str(found)


@contextmanager
def _reading(stack: Stack) -> Iterator[sqlite3.Connection]:
    address = f"file:{stack.folder / 'gateway.db'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as connection:
        yield connection


def _expect_in(words: str, told: str | None) -> None:
    if words not in (told or ""):
        raise BrokenError(f"expected {words!r} in {told!r}")


CHECKS: tuple[Callable[[Stack, aiohttp.ClientSession], Awaitable[None]], ...] = (
    number,
    sip,
    queue,
    workflow,
    outside_hours,
)

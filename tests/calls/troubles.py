"""Calls in which what stands behind the telephone is slow, away, or too slow for anybody's patience."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import aiohttp

from tests.calls.lines import keys_of
from tests.calls.phone import Phone
from tests.calls.protocol import BrokenError
from tests.calls.town import TOKEN
from tests.conversations.people import People, Person
from tests.support.stack import Stack

SLOW = 3.0  # seconds that a part stands still
PIN_KEYS = "2026#"
LANGUAGES = ("fr", "en")
WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {"name": "français", "no": "non", "plan": "je veux changer de forfait pour canada 500"},
    "en": {"name": "English", "no": "no", "plan": "I want to switch my plan to canada 500"},
}
AGAIN = {"fr": "réessayer", "en": "try again"}
ANSWERS = {
    "fr": {"summary": "le forfait serait Canada 500", "down": "ne répond pas", "done": "C’est fait"},
    "en": {
        "summary": "the plan would be Canada 500",
        "down": "isn’t answering",
        "done": "Done: you now have",
    },
}


async def slow_backend(stack: Stack, session: aiohttp.ClientSession) -> None:
    """The caller hears a word while the backend stands still, then the answer, and the call goes on."""
    for language in LANGUAGES:
        phone, _ = await at_the_pin(stack, session, language)
        stack.pause("backend")
        asking = asyncio.create_task(phone.press(PIN_KEYS))
        await asyncio.sleep(SLOW)
        stack.go_on("backend")
        await asking
        expect("filler_1" in keys_of(phone.heard), phone)
        expect_heard(phone, ANSWERS[language]["summary"])
        await phone.press("1")
        expect_heard(phone, ANSWERS[language]["done"])
        await phone.hang_up()


async def patience_ends(stack: Stack, session: aiohttp.ClientSession) -> None:
    """Who has waited long enough is offered a person, and gets one with 0; the answer that comes is kept."""
    for language in LANGUAGES:
        phone = await at_the_open_question(stack, session, language)
        stack.pause("actions")
        try:
            await phone.say(WORDS[language]["plan"])
            expect({"filler_1", "filler_2", "filler_3", "slow"} <= set(keys_of(phone.heard)), phone)
            await phone.press("0")
            expect(phone.transfer == "Dial", phone)
        finally:
            stack.go_on("actions")


async def patience_is_longer(stack: Stack, session: aiohttp.ClientSession) -> None:
    """Who stays on the line when a person is offered hears the answer in the end."""
    phone = await at_the_open_question(stack, session, "fr")
    stack.pause("actions")
    try:
        await phone.say(WORDS["fr"]["plan"])
        expect("slow" in keys_of(phone.heard), phone)
    finally:
        stack.go_on("actions")
    await phone.be_silent()
    expect("account" in keys_of(phone.heard), phone)


async def backend_down(stack: Stack, session: aiohttp.ClientSession) -> None:
    """Without a backend nothing is lost: it is told, the caller may go on, and once it is back it is done."""
    for language in LANGUAGES:
        phone, customer = await at_the_pin(stack, session, language)
        await phone.press(PIN_KEYS)
        expect_heard(phone, ANSWERS[language]["summary"])
        await asyncio.to_thread(stack.stop, "backend")
        try:
            await phone.press("1")
            expect_heard(phone, ANSWERS[language]["down"])
        finally:
            await asyncio.to_thread(stack.start, "backend")
        await phone.say(AGAIN[language])
        expect_heard(phone, ANSWERS[language]["done"])
        await phone.hang_up()
        await _expect_one_receipt(stack, customer)


async def backend_down_at_the_pin(stack: Stack, session: aiohttp.ClientSession) -> None:
    """A PIN that nobody can check is not called wrong, and the caller is told the ways out."""
    phone, _ = await at_the_pin(stack, session, "fr")
    await asyncio.to_thread(stack.stop, "backend")
    try:
        await phone.press(PIN_KEYS)
        expect(keys_of(phone.heard)[-2:] == ["proof_unavailable", "proof_ways_out"], phone)
    finally:
        await asyncio.to_thread(stack.start, "backend")


async def at_the_open_question(stack: Stack, session: aiohttp.ClientSession, language: str) -> Phone:
    """A caller who has heard the greeting."""
    phone = Phone(session, stack.url, TOKEN)
    await phone.ring()
    await phone.say(WORDS[language]["name"])
    await phone.say(WORDS[language]["no"])
    return phone


async def at_the_pin(stack: Stack, session: aiohttp.ClientSession, language: str) -> tuple[Phone, Person]:
    """A customer who has asked for another plan and is now asked for the PIN."""
    people = People(stack, stack.secret("BACKEND_TOKEN"))
    customer = await people.twin("marie")
    await people.give_pin(customer)
    await people.close()
    phone = await at_the_open_question(stack, session, language)
    await phone.say(WORDS[language]["plan"])
    await phone.press(f"{customer.numbers[0]}#")
    return phone, customer


async def _expect_one_receipt(stack: Stack, customer: Person) -> None:
    people = People(stack, stack.secret("BACKEND_TOKEN"))
    new = await people.count_receipts(customer) - customer.receipts
    await people.close()
    if new != 1:
        raise BrokenError(f"expected one receipt, found {new}")


def expect(is_so: bool, phone: Phone) -> None:
    """Fail with what was said in the call."""
    if not is_so:
        raise BrokenError("\n".join(phone.log))


def expect_heard(phone: Phone, words: str) -> None:
    """Fail unless these words were heard."""
    expect(any(words in spoken.text for spoken in phone.heard), phone)


CHECKS: tuple[Callable[[Stack, aiohttp.ClientSession], Awaitable[None]], ...] = (
    slow_backend,
    patience_ends,
    patience_is_longer,
    backend_down,
    backend_down_at_the_pin,
)

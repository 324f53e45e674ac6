"""A few telephone calls of each kind, by Twilio's rules; `make call-tests` plays all of them."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from tests.calls import protocol, transfers, troubles
from tests.calls.__main__ import Played, play_all
from tests.calls.script import LANGUAGES, SCRIPTS, load_script
from tests.support.stack import Stack

pytestmark = pytest.mark.rasa

SAMPLE = (
    "operations/link_account",
    "operations/report_payment",
    "keys/link_account",
    "keys/questions",
    "keys/report_payment",
    "keys/switch_plan_and_undo",
    "mixed/barge_in",
    "mixed/change_address",
    "ladders/silence_at_a_question",
    "ladders/no_match",
    "languages/by_word_in_a_form",
    "people/no_answer",
    "people/zero",
    "safety/hangs_up_at_the_yes",
    "safety/pin_tries",
    "safety/replayed",
)
PLAYED = [(name, language) for name in SAMPLE for language in LANGUAGES]
CHECKS = (*protocol.CHECKS, troubles.slow_backend, transfers.number)
Check = Callable[[Stack, aiohttp.ClientSession], Awaitable[None]]


@pytest.fixture(scope="module")
def played(stack: Stack) -> dict[tuple[str, str], Played]:
    """How each call of the sample went."""
    jobs = [(load_script(SCRIPTS / f"{name}.yml"), language) for name, language in PLAYED]
    return {(one.name, one.language): one for one in asyncio.run(play_all(stack, jobs))}


@pytest.mark.parametrize(("name", "language"), PLAYED)
def test_the_call_goes_as_it_is_written(
    played: dict[tuple[str, str], Played], name: str, language: str
) -> None:
    one = played[name, language]

    assert not one.faults, "\n".join([*one.log, *one.faults])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_no_script_can_say(stack: Stack, check: Check) -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            await check(stack, session)

    asyncio.run(run())

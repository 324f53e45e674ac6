"""Plays every call script in both languages, and asks every FAQ entry: `python -m tests.calls [words]`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.calls import protocol, transfers, troubles
from tests.calls.calling import Calling
from tests.calls.phone import Phone
from tests.calls.questions import faq_scripts
from tests.calls.script import Script, load_scripts
from tests.calls.town import TOKEN, voice_environment
from tests.conversations.people import People
from tests.conversations.telling import Departure
from tests.support.stack import Stack, a_stack

CHECKS = {"protocol": protocol.CHECKS, "troubles": troubles.CHECKS, "transfers": transfers.CHECKS}
AT_ONCE = 3  # on two processors
Job = tuple[Script, str]


@dataclass
class Played:
    """How it went."""

    name: str
    language: str
    faults: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main() -> int:
    """Play them; 1 when one failed, with what was said."""
    parser = argparse.ArgumentParser(prog="python -m tests.calls", description=__doc__)
    parser.add_argument("words", nargs="*", help="only scripts whose names hold one of these")
    parser.add_argument(
        "--quick", action="store_true", help="only how soon webhooks answer, 20 calls at once"
    )
    parser.add_argument("--transcripts", action="store_true", help="print those of calls that pass too")
    chosen = parser.parse_args()
    if chosen.quick:
        return measure()
    scripts = [*load_scripts(), *faq_scripts()]
    wanted = [one for one in scripts if not chosen.words or any(word in one.name for word in chosen.words)]
    jobs = [(script, language) for script in wanted for language in script.languages]
    with (
        tempfile.TemporaryDirectory(prefix="calls-") as folder,
        a_stack(Path(folder), environment=voice_environment()) as stack,
    ):
        played = asyncio.run(play_all(stack, jobs, show=chosen.transcripts))
        played += asyncio.run(check_all(stack, chosen.words))
    failed = [one for one in played if one.faults]
    print(f"\n{len(played) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def measure() -> int:
    """Print how soon the webhooks answer."""
    with (
        tempfile.TemporaryDirectory(prefix="calls-") as folder,
        a_stack(Path(folder), environment=voice_environment()) as stack,
    ):
        print(asyncio.run(_measure(stack)))
    return 0


async def _measure(stack: Stack) -> str:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await protocol.quick(stack, session)  # a warm-up
        return await protocol.quick(stack, session)


async def check_all(stack: Stack, words: Sequence[str]) -> list[Played]:
    """The checks that no script can make; with words, those whose names hold one of them."""
    checked: list[Played] = []
    began = time.monotonic()
    named = {f"{name}/{check.__name__}": check for name, checks in CHECKS.items() for check in checks}
    wanted = {
        name: check for name, check in named.items() if not words or any(word in name for word in words)
    }
    async with aiohttp.ClientSession() as session:
        for name, check in wanted.items():
            one = Played(name, "fr, en")
            try:
                await check(stack, session)
            except Exception as error:
                one.faults.append(f"{type(error).__name__}: {error}")
            _report(one, len(checked) + 1, len(wanted), time.monotonic() - began, show=False)
            checked.append(one)
    return checked


async def play_all(stack: Stack, jobs: Sequence[Job], *, show: bool = False) -> list[Played]:
    """A few at once."""
    people, began = People(stack, stack.secret("BACKEND_TOKEN")), time.monotonic()
    gate, played = asyncio.Semaphore(AT_ONCE), list[Played]()

    async def play(job: Job) -> None:
        async with gate:
            one = await play_one(stack, people, session, job)
        played.append(one)
        _report(one, len(played), len(jobs), time.monotonic() - began, show=show)

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(play(job) for job in jobs))
    await people.close()
    return played


async def play_one(stack: Stack, people: People, session: aiohttp.ClientSession, job: Job) -> Played:
    """One call, by a customer of its own."""
    script, language = job
    customer = await people.twin(script.customer, bills=script.bills)
    await people.give_pin(customer)
    phone = Phone(session, stack.url, TOKEN, caller=script.caller)
    other = await people.twin(script.other) if script.other else None
    names = customer.names() | (other.names("other_") if other else {})
    calling = Calling(script, language, phone, people, customer, stack.folder / "gateway.db", names)
    played = Played(script.name, language, log=phone.log, seconds=phone.seconds)
    try:
        await calling.play()
    except Departure as departure:
        played.faults.extend(str(departure).splitlines())
    except Exception as error:  # the product fell over: that call failed, the others go on
        played.faults.append(f"{type(error).__name__}: {error}")
    return played


def _report(played: Played, done: int, of: int, seconds: float, *, show: bool) -> None:
    state = "FAILED" if played.faults else "ok"
    print(f"[{done}/{of} {seconds:4.0f} s] {state}  {played.name} ({played.language})", flush=True)
    if played.faults or show:
        print("\n".join([*played.log, *(f"  ! {fault}" for fault in played.faults)]), flush=True)


if __name__ == "__main__":
    sys.exit(main())

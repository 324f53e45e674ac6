"""Walks the running product at random: `python -m tests.conversations.fuzz --steps 1000 --seed 7`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp

from tests.conversations.chat import Chat
from tests.conversations.fuzz.probes import Fault
from tests.conversations.fuzz.walk import Walk
from tests.conversations.people import People
from tests.support.stack import Stack, a_stack

STEPS_EACH = 40  # turns of one conversation
AT_ONCE = 2
CUSTOMERS = ("marie", "john", "luc", "sophie", "lavoie", "priya", "claire", "yves", "nadia", "tom")


@dataclass
class Walked:
    """One conversation: how far it went, and what was found at its end."""

    place: int
    steps: int = 0
    done: int = 0  # operations, each with its yes
    faults: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)


def main() -> int:
    """Walk; 1 when something was found, with the transcript and the way to walk it again."""
    parser = argparse.ArgumentParser(prog="python -m tests.conversations.fuzz", description=__doc__)
    parser.add_argument("--steps", type=int, default=400, help="turns in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--conversation", type=int, help="only this one of the seed, to see it again")
    parser.add_argument("--transcripts", action="store_true", help="print those without a fault too")
    chosen = parser.parse_args()
    places = range(-(-chosen.steps // STEPS_EACH))
    wanted = [chosen.conversation] if chosen.conversation is not None else list(places)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, a_stack(Path(folder)) as stack:
        found = asyncio.run(walk_all(stack, chosen.seed, wanted, show=chosen.transcripts))
    failed = [one for one in found if one.faults]
    steps, done = sum(one.steps for one in found), sum(one.done for one in found)
    print(f"\n{steps} turns, {done} operations done with a yes")
    print(f"{len(found) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


async def walk_all(stack: Stack, seed: int, places: list[int], *, show: bool = False) -> list[Walked]:
    """So many conversations, a few at once, each with its own stream of chance."""
    people, started = People(stack, stack.secret("BACKEND_TOKEN")), time.monotonic()
    gate, found = asyncio.Semaphore(AT_ONCE), list[Walked]()

    async def walk(session: aiohttp.ClientSession, place: int) -> None:
        async with gate:
            one = await walk_one(stack, people, session, Random(f"{seed}-{place}"), place)
        found.append(one)
        steps, seconds = sum(each.steps for each in found), time.monotonic() - started
        how = "FAILED" if one.faults else "ok"
        print(f"[{len(found)}/{len(places)} {steps} turns {seconds:4.0f} s] {how}  {place}", flush=True)
        if one.faults or show:
            faults = [f"  ! {fault}" for fault in one.faults]
            again = [f"  again: --seed {seed} --conversation {place}"]
            print("\n".join([*one.transcript, *faults, *again]), flush=True)

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(walk(session, place) for place in places))
    await people.close()
    return found


async def walk_one(
    stack: Stack, people: People, session: aiohttp.ClientSession, random: Random, place: int
) -> Walked:
    """One conversation with customers of its own; every other one mostly answers what is asked."""
    first, second = random.sample(CUSTOMERS, 2)
    customer, other = await people.twin(first), await people.twin(second)
    chat = Chat(session, stack.url, stack.folder / "gateway.db", random.choice(["fr", "en"]))
    walked = Walked(place, transcript=chat.transcript)
    try:
        await chat.begin()
        names = {**customer.names(), **other.names("other_"), "conversation": chat.id}
        walk = Walk(random, chat, people, customer, other, names, is_steered=place % 2 == 1)
        await walk.go(STEPS_EACH)
        walked.steps, walked.done = STEPS_EACH, walk.done
    except Fault as fault:
        walked.faults.extend(str(fault).splitlines())
    except Exception as error:  # the product fell over: the other conversations go on
        walked.faults.append(f"{type(error).__name__}: {error}")
    return walked


if __name__ == "__main__":
    sys.exit(main())

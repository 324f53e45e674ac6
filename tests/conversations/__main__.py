"""Tells every story to the real product, in both languages: `python -m tests.conversations [words ...]`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import aiohttp

from tests.conversations.backstage import ACTS, Backstage
from tests.conversations.chat import Chat
from tests.conversations.injections import INJECT, Twin, tell_twin, twins
from tests.conversations.people import People
from tests.conversations.story import Story, load_stories
from tests.conversations.telling import Departure, Telling, Told
from tests.support.stack import Stack, a_stack

AT_ONCE = 3  # conversations told at the same time, on two processors
Job = tuple[Story, str, Twin | None]


def main() -> int:
    """Tell the stories; 1 when one failed, with its transcript."""
    parser = argparse.ArgumentParser(prog="python -m tests.conversations", description=__doc__)
    parser.add_argument("words", nargs="*", help="only stories whose names hold one of these")
    parser.add_argument("--throw-in", choices=[*INJECT, "all", "none"], default="none")
    parser.add_argument("--transcripts", action="store_true", help="print those of stories that pass too")
    chosen = parser.parse_args()
    stories = [story for story in load_stories() if _is_wanted(story.name, chosen.words)]
    kinds = {"all": tuple(INJECT), "none": ()}.get(chosen.throw_in, (chosen.throw_in,))
    jobs = plan(stories, kinds)
    with tempfile.TemporaryDirectory(prefix="conversations-") as folder, a_stack(Path(folder)) as stack:
        told = asyncio.run(tell_all(stack, jobs, show=chosen.transcripts))
    failed = [one for one in told if one.faults]
    print(f"\n{len(told) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def plan(stories: Sequence[Story], kinds: tuple[str, ...]) -> list[Job]:
    """What to tell: with kinds, the generated twins; without, the stories as written."""
    if kinds:
        made = twins(list(stories), kinds)
        return [(twin.story, language, twin) for twin in made for language in twin.story.languages]
    return [(story, language, None) for story in stories for language in story.languages]


async def tell_all(stack: Stack, jobs: Sequence[Job], *, show: bool = False) -> list[Told]:
    """Tell them, a few at once; those that stop parts of the product last, in both languages side by side."""
    token = stack.secret("BACKEND_TOKEN")
    people, started = People(stack, token), time.monotonic()
    alone = [job for job in jobs if breaks(job[0])]
    together = [job for job in jobs if not breaks(job[0])]
    told: list[Told] = []
    gate = asyncio.Semaphore(AT_ONCE)

    async def tell(job: Job, backstage: Backstage) -> None:
        async with gate:
            one = await tell_one(stack, people, session, backstage, job)
        told.append(one)
        _report(one, job, len(told), len(jobs), time.monotonic() - started, show=show)

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(tell(job, Backstage(stack)) for job in together))
        for _name, same in groupby(alone, key=lambda job: job[0].name):
            pair = list(same)
            backstage = Backstage(stack, len(pair))
            await asyncio.gather(*(tell(job, backstage) for job in pair))
            await backstage.mend()
    await people.close()
    return told


def breaks(story: Story) -> bool:
    """Whether it stops, freezes or starts parts of the product, which others would feel."""
    return any(act in turn for turn in story.turns for act in ACTS)


async def tell_one(
    stack: Stack, people: People, session: aiohttp.ClientSession, backstage: Backstage, job: Job
) -> Told:
    """One conversation of its own, with customers of its own."""
    story, language, twin = job
    customer = await people.twin(story.customer, bills=story.bills)
    other = await people.twin(story.other) if story.other else None
    chat = Chat(session, stack.url, stack.folder / "gateway.db", language)
    names = customer.names() | (other.names("other_") if other else {})
    private = other.private if other else ()
    telling = Telling(story, language, chat, people, backstage, customer, other, names, private)
    told = Told(story, language, transcript=chat.transcript)
    try:
        await chat.begin()
        names["conversation"] = chat.id
        if story.signed_in:
            await telling.turn({"sign_in": "customer"}, 0)
        await (tell_twin(telling, twin) if twin else telling.tell())
    except Departure as departure:
        told.faults.extend(str(departure).splitlines())
    except Exception as error:  # the product fell over: that story failed, the others go on
        told.faults.append(f"{type(error).__name__}: {error}")
    finally:
        await backstage.leave()
    return told


def _report(told: Told, job: Job, done: int, of: int, seconds: float, *, show: bool) -> None:
    story, _language, twin = job
    name = twin.name if twin else story.name
    print(
        f"[{done}/{of} {seconds:4.0f} s] {'FAILED' if told.faults else 'ok'}  {name} ({told.language})",
        flush=True,
    )
    if told.faults or show:
        print(
            "\n".join([f"  {story.title}", *told.transcript, *(f"  ! {fault}" for fault in told.faults)]),
            flush=True,
        )


def _is_wanted(name: str, words: Sequence[str]) -> bool:
    return not words or any(word in name for word in words)


if __name__ == "__main__":
    sys.exit(main())

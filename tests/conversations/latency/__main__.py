"""How long a turn takes, and where: `python -m tests.conversations.latency [--turns 40]`.

Each hop between two parts goes through a proxy of ours that times it; a part's own time is its hop without
those it makes itself. The same question is asked of Rasa's REST channel in the same run, for comparison.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from tests.conversations.chat import PASSWORD, Chat
from tests.conversations.latency.hops import HOPS, Hop, Took, listen
from tests.conversations.people import People, Person
from tests.support.stack import Stack

QUESTION = "combien coûte le service électronique?"
STEPS = ("142,99 $", "hier", "par chèque")
WARM_UP = 3  # turns of each kind that are not counted


def main() -> int:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.conversations.latency", description=__doc__)
    parser.add_argument("--turns", type=int, default=40, help="of each kind")
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory(prefix="latency-") as folder:
        print(asyncio.run(measure(Path(folder), turns)))
    return 0


async def measure(folder: Path, turns: int) -> str:
    """The product started with our proxies between its parts, so many turns of each kind, the table."""
    hops = {name: Hop(name) for name in HOPS}
    async with aiohttp.ClientSession() as session:
        runners = [await listen(hop, session) for hop in hops.values()]
        stack = Stack(folder, environment=_through(hops), channels="rest: {}\n")
        for hop in hops.values():
            hop.to = f"http://127.0.0.1:{stack.ports[hop.name]}"
        try:
            await asyncio.to_thread(stack.start)
            return _table(await _all(stack, session, hops, turns + WARM_UP))
        finally:
            await asyncio.to_thread(stack.stop)
            for runner in runners:
                await runner.cleanup()


def _through(hops: dict[str, Hop]) -> dict[str, dict[str, str]]:
    """Where each part finds the next one."""
    address = {name: f"http://127.0.0.1:{hop.port}" for name, hop in hops.items()}
    return {
        "gateway": {"ASSISTANT_RASA_URL": address["rasa"]},
        "rasa": {"ACTIONS_URL": f"{address['actions']}/webhook"},
        "actions": {"ASSISTANT_BACKEND_URL": address["backend"]},
    }


async def _all(
    stack: Stack, session: aiohttp.ClientSession, hops: dict[str, Hop], turns: int
) -> dict[str, list[Took]]:
    people = People(stack, stack.secret("BACKEND_TOKEN"))
    took: dict[str, list[Took]] = {kind: [] for kind in ("rest", "question", "step", "summary", "operation")}
    chat = await _begin(stack, session)
    for place in range(turns):
        took["rest"].append(await _rest(stack, session, f"bare-{place // 10}"))
        took["question"].append(await _turn(chat, hops, QUESTION))
        await _report_a_payment(stack, session, hops, await people.twin("luc"), took)
    await people.close()
    return {kind: found[WARM_UP:] for kind, found in took.items()}


async def _report_a_payment(
    stack: Stack,
    session: aiohttp.ClientSession,
    hops: dict[str, Hop],
    person: Person,
    took: dict[str, list[Took]],
) -> None:
    """A whole operation, in a conversation of its own."""
    chat = await _begin(stack, session)
    await chat.sign_in(person.user_id, PASSWORD)
    await chat.say("je veux signaler un paiement")
    for text in STEPS:
        took["step"].append(await _turn(chat, hops, text))
    took["summary"].append(await _turn(chat, hops, "A1B2C3"))
    took["operation"].append(await _turn(chat, hops, "oui"))
    assert "utter_done_report_payment" in chat.transcript[-1], chat.transcript


async def _begin(stack: Stack, session: aiohttp.ClientSession) -> Chat:
    chat = Chat(session, stack.url, stack.folder / "gateway.db", "fr")
    await chat.begin()
    return chat


async def _turn(chat: Chat, hops: dict[str, Hop], text: str) -> Took:
    """One turn through the gateway, with what the hops took meanwhile."""
    for hop in hops.values():
        hop.seconds.clear()
    body = {"client_message_id": f"timed-{len(chat.transcript)}", "text": text}
    started = time.perf_counter()
    answer = await chat.call("POST", f"{chat.path}/messages", body)
    total = time.perf_counter() - started
    chat.transcript.append(f"  < {[message.get('key') for message in answer['messages']]}")
    spent = {name: sum(hop.seconds) for name, hop in hops.items()}
    return Took(total, spent, len(hops["backend"].seconds))


async def _rest(stack: Stack, session: aiohttp.ClientSession, sender: str) -> Took:
    """The same question, asked of Rasa's own REST channel."""
    url = f"http://127.0.0.1:{stack.ports['rasa']}/webhooks/rest/webhook"
    started = time.perf_counter()
    async with session.post(url, json={"sender": sender, "message": QUESTION}) as answer:
        assert await answer.json(), "no answer from the REST channel"
    return Took(time.perf_counter() - started, {name: 0.0 for name in HOPS}, 0)


def _table(took: dict[str, list[Took]]) -> str:
    names = {
        "rest": "FAQ answer, Rasa’s REST channel",
        "question": "FAQ answer",
        "step": "step of an operation",
        "summary": "step that sums up",
        "operation": "the yes, and its receipt",
    }
    head = "| turn | n | p50 | p95 | gateway | Rasa | actions | backend | calls |"
    rows = [head, "|---|---|---|---|---|---|---|---|---|"]
    for kind, found in took.items():
        own = [one.own() for one in found]
        parts = [_middle([each[part] for each in own]) for part in ("gateway", *HOPS)]
        shown = ["-"] * 4 if kind == "rest" else parts
        ends = [_middle([one.total for one in found]), _late([one.total for one in found])]
        calls = statistics.median(one.calls for one in found)
        rows.append(f"| {' | '.join([names[kind], str(len(found)), *ends, *shown, f'{calls:g}'])} |")
    return "\n".join(rows)


def _middle(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f}"


def _late(seconds: Sequence[float]) -> str:
    return f"{statistics.quantiles(seconds, n=20)[-1] * 1000:.0f}"


if __name__ == "__main__":
    sys.exit(main())

"""`python -m gateway` worker, retention, erase, hold, webhooks and proposals, for the operator."""

import argparse
import asyncio
import json
import uuid
from argparse import Namespace
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from faq import ContentStore
from gateway.conversations.database import Database
from gateway.questions.proposals import export
from gateway.retention.erase import do_erase_conversation, do_erase_profile, do_hold, do_release
from gateway.retention.policy import policy_of
from gateway.retention.proof import proof_json
from gateway.retention.sweep import sweep
from gateway.settings import Settings
from gateway.texts import load_texts
from gateway.transcripts.build import Masker
from gateway.webhooks.delivering import do_replay
from gateway.webhooks.endpoints import (
    EVENTS,
    Endpoint,
    EndpointFaultError,
    do_add,
    do_remove,
    from_settings,
    new_secret,
    read_endpoints,
)
from gateway.worker import Worker

Said = tuple[int, str]
Command = Callable[[Settings, Database, Namespace], Awaitable[Said]]


def add_parsers(commands: Any) -> None:
    """Add the commands; each knows what runs it."""
    worker = commands.add_parser("worker", help="send e-mail, deliver webhooks, delete what is too old")
    worker.set_defaults(run=_worker)
    retention = commands.add_parser("retention", help="delete now what is older than the settings say")
    retention.set_defaults(run=_retention)
    _add_erase(commands.add_parser("erase", help="erase one person's conversations, and print the proof"))
    _add_hold(commands.add_parser("hold", help="keep a conversation whatever its age, or no more"))
    _add_webhooks(commands.add_parser("webhooks", help="who is told of what happens"))
    proposals = commands.add_parser("proposals", help="accepted examples as a file to commit")
    proposals.add_argument("action", choices=("export",))
    proposals.add_argument("--to", type=Path, help="a file; printed when there is none")
    proposals.set_defaults(run=_proposals)


def run(settings: Settings, options: Namespace) -> Said:
    """Run one of the commands; the exit code, and what to say."""

    async def opened() -> Said:
        database = Database(settings.gateway_database_url)
        try:
            command: Command = options.run
            return await command(settings, database, options)
        finally:
            await database.close()

    return asyncio.run(opened())


def _add_erase(parser: argparse.ArgumentParser) -> None:
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--conversation", type=uuid.UUID)
    whose.add_argument("--profile", help="the customer's profile id in the system of record")
    parser.add_argument("--by", required=True, help="who orders it; stands in the proof")
    parser.set_defaults(run=_erase)


def _add_hold(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("add", "remove"))
    parser.add_argument("conversation", type=uuid.UUID)
    parser.add_argument("--reason", default="")
    parser.add_argument("--by", default="operator")
    parser.set_defaults(run=_hold)


def _add_webhooks(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add")
    add.add_argument("name")
    add.add_argument("url")
    add.add_argument("--events", nargs="+", default=sorted(EVENTS), metavar="EVENT")
    add.add_argument("--secret", help="whsec_…; made and printed when there is none")
    actions.add_parser("list")
    actions.add_parser("remove").add_argument("name")
    actions.add_parser("replay").add_argument("delivery", type=uuid.UUID)
    parser.set_defaults(run=_webhooks)


async def _worker(settings: Settings, database: Database, _options: Namespace) -> Said:
    masker = Masker(load_texts(), ContentStore())
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        await Worker(database, session, masker, settings, clock=_now).walk()
    return 0, ""


async def _retention(settings: Settings, database: Database, _options: Namespace) -> Said:
    counts = await sweep(database, policy_of(settings), now=_now(), ordered_by="operator")
    return 0, json.dumps({"deleted": counts})


async def _erase(_settings: Settings, database: Database, options: Namespace) -> Said:
    if options.conversation is not None:
        proof = await do_erase_conversation(database, options.conversation, ordered_by=options.by, now=_now())
    else:
        proof = await do_erase_profile(database, options.profile, ordered_by=options.by, now=_now())
    return 0, json.dumps(proof_json(proof), indent=2)


async def _hold(_settings: Settings, database: Database, options: Namespace) -> Said:
    if options.action == "remove":
        done = await do_release(database, options.conversation)
    else:
        done = await do_hold(
            database, options.conversation, reason=options.reason, placed_by=options.by, now=_now()
        )
    return (0, "done") if done else (1, "There is no such conversation, or no hold on it.")


async def _webhooks(settings: Settings, database: Database, options: Namespace) -> Said:
    if options.action == "list":
        async with database.read() as session:
            endpoints = await read_endpoints(session, from_settings(settings.gateway_webhooks))
        rows = [f"{one.name}  {one.url}  {' '.join(sorted(one.events))}" for one in endpoints.values()]
        return 0, "\n".join(rows)
    if options.action == "remove":
        done = await do_remove(database, options.name)
        return (0, "removed") if done else (1, "There is no such endpoint.")
    if options.action == "replay":
        await do_replay(database, options.delivery, now=_now())
        return 0, "due again"
    secret = options.secret or new_secret()
    try:
        await do_add(
            database, Endpoint(options.name, options.url, secret, frozenset(options.events)), now=_now()
        )
    except EndpointFaultError as error:
        return 2, f"[ERROR] {options.name}: {error}"
    return 0, f"secret: {secret}"


async def _proposals(_settings: Settings, database: Database, options: Namespace) -> Said:
    content = await export(database)
    if options.to is None:
        return 0, content
    options.to.write_text(content, encoding="utf-8")
    return 0, str(options.to)


def _now() -> datetime:
    return datetime.now(UTC)

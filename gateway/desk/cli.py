"""`python -m gateway rep ...`: adds reps, renews their credentials, lists them; prints what to hand over."""

import argparse
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from gateway.conversations.database import Database
from gateway.desk import totp
from gateway.desk.records import Role
from gateway.desk.reps import (
    DEMO_USER,
    NewRep,
    RepFaultError,
    all_reps,
    do_add_rep,
    do_reset_rep,
    find_by_user_id,
)
from gateway.migrations.run import upgrade
from gateway.settings import LANGUAGES, Settings

ISSUER = "Assistant desk"
# For development only, where everybody may know them; RFC 6238's own example secret.
DEMO_PASSWORD, DEMO_SECRET = "demo-of-the-desk", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
Command = Callable[[Database, Settings, argparse.Namespace], Coroutine[Any, Any, str]]


def add_parser(commands: Any) -> None:
    """Add the command `rep` and its own commands."""
    rep = commands.add_parser("rep", help="the people at the desk")
    actions = rep.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="add somebody, and print password and second factor once")
    add.add_argument("user_id")
    add.add_argument("--name", required=True, help="as colleagues see it")
    add.add_argument("--alias", help="as customers see it; the first name unless said otherwise")
    add.add_argument("--role", choices=[str(role) for role in Role], default=str(Role.REP))
    add.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    reset = actions.add_parser("reset", help="give somebody a new password and second factor")
    reset.add_argument("user_id")
    actions.add_parser("list", help="list everybody")
    actions.add_parser("demo", help="add the demo rep; in development only")


async def run(settings: Settings, options: argparse.Namespace) -> tuple[int, str]:
    """Run one of the commands; exit code, and what to print."""
    database = Database(settings.gateway_database_url)
    try:
        if database.is_sqlite:
            await upgrade(database)
        return 0, await COMMANDS[options.action](database, settings, options)
    except RepFaultError as error:
        return 2, f"[ERROR] {error}"
    finally:
        await database.close()


async def _add(database: Database, _settings: Settings, options: argparse.Namespace) -> str:
    made = await do_add_rep(
        database,
        options.user_id,
        name=options.name,
        alias=options.alias or options.name.split()[0],
        role=Role(options.role),
        languages=options.languages,
        now=datetime.now(UTC),
    )
    return _to_hand_over(made)


async def _reset(database: Database, _settings: Settings, options: argparse.Namespace) -> str:
    return _to_hand_over(await do_reset_rep(database, options.user_id, now=datetime.now(UTC)))


async def _list(database: Database, _settings: Settings, _options: argparse.Namespace) -> str:
    async with database.read() as session:
        known = await all_reps(session)
    rows = [
        f"{rep.user_id:20} {rep.role:6} {'+'.join(rep.languages):6} {rep.alias:20} {rep.name}"
        + ("" if rep.is_active else "  (inactive)")
        for rep in known.values()
    ]
    return "\n".join(rows) or "Nobody yet."


async def _demo(database: Database, settings: Settings, _options: argparse.Namespace) -> str:
    if settings.gateway_environment != "development":
        raise RepFaultError("there is no demo rep in production (ASSISTANT_GATEWAY_ENVIRONMENT)")
    now = datetime.now(UTC)
    async with database.read() as session:
        known = await find_by_user_id(session, DEMO_USER)
    if known is None:
        await do_add_rep(
            database,
            DEMO_USER,
            name="Camille Roy",
            alias="Camille",
            role=Role.LEAD,
            now=now,
            password=DEMO_PASSWORD,
            secret=DEMO_SECRET,
        )
    code = totp.code_at(DEMO_SECRET, totp.step_of(now))
    return (
        f"Demo rep: {DEMO_USER} / {DEMO_PASSWORD}   second factor: {DEMO_SECRET}   "
        f"code at {now:%H:%M:%S} UTC: {code}"
    )


def _to_hand_over(made: NewRep) -> str:
    uri = totp.otpauth_uri(made.secret, account=made.rep.user_id, issuer=ISSUER)
    return "\n".join(
        (
            f"User id:        {made.rep.user_id}  ({made.rep.role}; customers see {made.rep.alias})",
            f"Password:       {made.password}",
            f"Second factor:  {made.secret}",
            f"                {uri}",
            "Hand these over once; they are not shown again.",
        )
    )


COMMANDS: dict[str, Command] = {"add": _add, "reset": _reset, "list": _list, "demo": _demo}

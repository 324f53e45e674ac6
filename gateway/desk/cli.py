"""`python -m gateway rep ...`: who is in the team, and what is handed over to them, printed once."""

import argparse
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.conversations.database import Database
from gateway.conversations.handover import Handover
from gateway.desk import team, totp
from gateway.desk.left import Left
from gateway.desk.records import Rep, Role
from gateway.desk.reps import DEMO_USER, all_reps, find_by_user_id
from gateway.desk.team import NewRep, Team
from gateway.errors import GatewayError
from gateway.migrations.run import upgrade
from gateway.settings import LANGUAGES, Settings
from gateway.texts import load_texts
from gateway.vault import SealError, vault_of

# For development only, where everybody may know them; RFC 6238's own example secret.
DEMO_PASSWORD, DEMO_SECRET = "demo-of-the-desk", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
Command = Callable[[Team, Settings, argparse.Namespace], Coroutine[Any, Any, str]]


def add_parser(commands: Any) -> None:
    """Add the command `rep` and its own commands."""
    rep = commands.add_parser("rep", help="the people at the desk")
    actions = rep.add_subparsers(dest="action", required=True)
    _add_adding(actions.add_parser("add", help="add somebody, and print password and second factor once"))
    for action, what in (
        ("reset", "give somebody a new password and second factor"),
        ("deactivate", "let somebody go: sessions end, conversations go back to the queue"),
        ("activate", "take somebody back"),
    ):
        actions.add_parser(action, help=what).add_argument("user_id")
    actions.add_parser("list", help="list everybody")
    actions.add_parser("demo", help="add the demo rep; in development only")
    actions.add_parser("key", help="make a key for ASSISTANT_DESK_SECRET_KEYS")
    actions.add_parser("reseal", help="seal all second factors with the first key")


def _add_adding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("user_id")
    parser.add_argument("--name", required=True, help="as colleagues see it")
    parser.add_argument("--alias", help="as customers see it; the first name unless said otherwise")
    parser.add_argument("--role", choices=[str(role) for role in Role], default=str(Role.REP))
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--team", help="one of the teams in gateway/content/desk.yml")


async def run(settings: Settings, options: argparse.Namespace) -> tuple[int, str]:
    """Run one of the commands; exit code, and what to print."""
    database, texts, vault = Database(settings.gateway_database_url), load_texts(), vault_of(settings)
    left = Left(database, Handover(texts, settings.hours), timedelta(minutes=settings.desk_away_minutes))
    try:
        if database.is_sqlite:
            await upgrade(database, vault=vault)
        return 0, await COMMANDS[options.action](Team(database, vault, texts, left), settings, options)
    except GatewayError as error:
        return 2, f"[ERROR] {texts.get(f'errors.{error.code}', 'en')}"
    except SealError as error:
        return 2, f"[ERROR] {error}"
    finally:
        await database.close()


async def _add(known: Team, _settings: Settings, options: argparse.Namespace) -> str:
    made = await team.do_add_rep(
        known,
        options.user_id,
        name=options.name,
        alias=options.alias or options.name.split()[0],
        role=Role(options.role),
        languages=options.languages,
        team_name=options.team,
        now=datetime.now(UTC),
    )
    return _to_hand_over(made)


async def _reset(known: Team, _settings: Settings, options: argparse.Namespace) -> str:
    rep = await _named(known, options.user_id)
    return _to_hand_over(await team.do_reset_rep(known, rep.id, now=datetime.now(UTC)))


async def _deactivate(known: Team, _settings: Settings, options: argparse.Namespace) -> str:
    rep = await _named(known, options.user_id)
    returned = await team.do_deactivate(known, rep.id, now=datetime.now(UTC))
    return f"{rep.user_id} may not sign in any more; conversations put back in the queue: {len(returned)}"


async def _activate(known: Team, _settings: Settings, options: argparse.Namespace) -> str:
    rep = await team.do_activate(known, (await _named(known, options.user_id)).id, now=datetime.now(UTC))
    return f"{rep.user_id} may sign in again."


async def _list(known: Team, _settings: Settings, _options: argparse.Namespace) -> str:
    async with known.database.read() as session:
        reps = await all_reps(session)
    rows = [
        f"{rep.user_id:20} {rep.role:6} {'+'.join(rep.languages):6} {rep.team or '-':11} "
        f"{rep.alias:20} {rep.name}" + ("" if rep.is_active else "  (inactive)")
        for rep in reps.values()
    ]
    return "\n".join(rows) or "Nobody yet."


async def _reseal(known: Team, _settings: Settings, _options: argparse.Namespace) -> str:
    return f"sealed with the first key: {await team.do_reseal(known)}"


async def _demo(known: Team, settings: Settings, _options: argparse.Namespace) -> str:
    if settings.gateway_environment != "development":
        raise GatewayError("demo_forbidden")
    now = datetime.now(UTC)
    async with known.database.read() as session:
        demo = await find_by_user_id(session, DEMO_USER)
    if demo is None:
        await team.do_add_rep(
            known,
            DEMO_USER,
            name="Camille Roy",
            alias="Camille",
            role=Role.ADMIN,
            now=now,
            password=DEMO_PASSWORD,
            secret=DEMO_SECRET,
        )
    code = totp.code_at(DEMO_SECRET, totp.step_of(now))
    return (
        f"Demo rep: {DEMO_USER} / {DEMO_PASSWORD}   second factor: {DEMO_SECRET}   "
        f"code at {now:%H:%M:%S} UTC: {code}"
    )


async def _named(known: Team, user_id: str) -> Rep:
    async with known.database.read() as session:
        rep = await find_by_user_id(session, user_id)
    if rep is None:
        raise GatewayError("rep_not_found")
    return rep


def _to_hand_over(made: NewRep) -> str:
    uri = totp.otpauth_uri(made.secret, account=made.rep.user_id)
    return "\n".join(
        (
            f"User id:        {made.rep.user_id}  ({made.rep.role}; customers see {made.rep.alias})",
            f"Password:       {made.password}",
            f"Second factor:  {made.secret}",
            f"                {uri}",
            totp.qr_in_terminal(uri),
            "Hand these over once; they are not shown again.",
        )
    )


COMMANDS: dict[str, Command] = {
    "add": _add,
    "reset": _reset,
    "deactivate": _deactivate,
    "activate": _activate,
    "list": _list,
    "demo": _demo,
    "reseal": _reseal,
}

"""`python -m gateway` serves; `migrate` prepares a PostgreSQL database; `rep` keeps the desk's people."""

import argparse
import asyncio
import sys

import structlog
from aiohttp import web
from pydantic import ValidationError

from gateway.app import create_app
from gateway.conversations.database import Database
from gateway.desk import cli
from gateway.log import configure_logging
from gateway.migrations.run import upgrade
from gateway.records import cli as records
from gateway.settings import PREFIX, Settings, UnknownSettingError, load_settings
from gateway.vault import new_key, vault_of

log = structlog.get_logger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gateway", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("serve", help="serve; what is done without a command")
    commands.add_parser("migrate", help="bring the database up to date")
    cli.add_parser(commands)
    records.add_parsers(commands)
    options = parser.parse_args(arguments)
    if options.command == "rep" and options.action == "key":
        print(new_key())
        return 0
    try:
        settings = load_settings()
    except (ValidationError, UnknownSettingError) as error:
        print(_explain(error), file=sys.stderr)
        return 2
    configure_logging(settings)
    if options.command == "migrate":
        asyncio.run(_migrate(settings))
    elif options.command == "rep":
        code, said = asyncio.run(cli.run(settings, options))
        print(said, file=sys.stderr if code else sys.stdout)
        return code
    elif hasattr(options, "run"):
        code, said = records.run(settings, options)
        print(said, file=sys.stderr if code else sys.stdout)
        return code
    else:
        _serve(settings)
    return 0


def _serve(settings: Settings) -> None:
    web.run_app(
        create_app(settings),
        host=settings.gateway_host,
        port=settings.gateway_port,
        shutdown_timeout=5,
        print=lambda _banner: log.info("listening", host=settings.gateway_host, port=settings.gateway_port),
    )


async def _migrate(settings: Settings) -> None:
    database = Database(settings.gateway_database_url)
    await upgrade(database, vault=vault_of(settings))
    await database.close()


def _explain(error: ValidationError | UnknownSettingError) -> str:
    if isinstance(error, UnknownSettingError):
        return f"[ERROR] {error}"
    lines = []
    for fault in error.errors(include_input=False, include_url=False):
        name = PREFIX + "_".join(str(part) for part in fault["loc"]).upper()
        said = fault["msg"].removeprefix("Value error, ")
        lines.append(f"[ERROR] {name}: {said}" if fault["loc"] else f"[ERROR] {PREFIX}{said}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

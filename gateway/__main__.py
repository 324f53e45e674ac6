"""`python -m gateway` serves; `python -m gateway migrate` prepares a PostgreSQL database first."""

import argparse
import asyncio
import sys

import structlog
from aiohttp import web
from pydantic import ValidationError

from gateway.app import create_app
from gateway.conversations.database import Database
from gateway.log import configure_logging
from gateway.migrations.run import upgrade
from gateway.settings import PREFIX, Settings, UnknownSettingError, load_settings

log = structlog.get_logger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gateway", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("serve", "migrate"), default="serve")
    command = parser.parse_args(arguments).command
    try:
        settings = load_settings()
    except (ValidationError, UnknownSettingError) as error:
        print(_explain(error), file=sys.stderr)
        return 2
    configure_logging(settings)
    if command == "migrate":
        asyncio.run(_migrate(settings))
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
    await upgrade(database)
    await database.close()


def _explain(error: ValidationError | UnknownSettingError) -> str:
    if isinstance(error, UnknownSettingError):
        return f"[ERROR] {error}"
    lines = []
    for fault in error.errors(include_input=False, include_url=False):
        name = PREFIX + "_".join(str(part) for part in fault["loc"]).upper()
        lines.append(f"[ERROR] {name}: {fault['msg']}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

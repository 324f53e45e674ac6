"""The commands: `python -m backend serve | worker | migrate | demo-data | openapi | bench | bounce`."""

import argparse
import asyncio
import json
import sys

import structlog
from aiohttp import web

from backend.api.app import NotMigrated, open_app, prepare
from backend.api.openapi import specification
from backend.assembly import assemble, make_worker
from backend.bench import bench
from backend.demo import load_demo_data
from backend.domain.people import SYSTEM
from backend.logs import set_up_logs
from backend.migrations.run import upgrade
from backend.service.bounces import take_report
from backend.settings import Settings, SettingsFault, load_settings
from backend.storage.database import open_database
from backend.worker.rounds import walk


def main() -> int:
    """Do one command; 2 when the settings can't be used."""
    parser = argparse.ArgumentParser(prog="python -m backend", description=__doc__)
    parser.add_argument(
        "command", choices=["serve", "worker", "migrate", "demo-data", "openapi", "bench", "bounce"]
    )
    parser.add_argument("--accounts", type=int, default=1000, help="how many accounts the bench has")
    parser.add_argument("--http", action="store_true", help="the bench speaks HTTP, not to the services")
    arguments = parser.parse_args()
    command = arguments.command
    if command == "openapi":
        print(json.dumps(specification(), indent=2, ensure_ascii=False))
        return 0
    try:
        settings = load_settings()
        set_up_logs(settings.log_format)
        _run(command, settings, arguments.accounts, over_http=arguments.http)
    except (SettingsFault, NotMigrated) as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _run(command: str, settings: Settings, accounts: int, *, over_http: bool) -> None:
    if command == "serve":
        structlog.get_logger("backend").info("starting", host=settings.host, port=settings.port)
        web.run_app(open_app(settings), host=settings.host, port=settings.port, access_log=None, print=None)
    elif command == "worker":
        asyncio.run(_work(settings))
    elif command == "bench":
        asyncio.run(_bench(settings, accounts, over_http=over_http))
    elif command == "bounce":
        asyncio.run(_bounce(settings, sys.stdin.buffer.read()))
    elif command == "migrate":
        asyncio.run(_migrate(settings))
    else:
        asyncio.run(_load(settings))


async def _work(settings: Settings) -> None:
    database = open_database(settings.database_url, pool_size=settings.database_pool)
    try:
        await prepare(settings, database)
        await walk(make_worker(settings, assemble(settings, database)), pause=settings.worker_pause)
    finally:
        await database.close()


async def _migrate(settings: Settings) -> None:
    database = open_database(settings.database_url)
    try:
        await upgrade(database)
    finally:
        await database.close()


async def _bounce(settings: Settings, raw: bytes) -> None:
    """A report of bounced mail on the standard input, as a mail server's pipe gives it."""
    database = open_database(settings.database_url)
    try:
        await prepare(settings, database)
        returned = await take_report(assemble(settings, database), SYSTEM, raw)
        print(f"accounts returned to paper: {returned}")
    finally:
        await database.close()


async def _bench(settings: Settings, accounts: int, *, over_http: bool) -> None:
    database = open_database(settings.database_url, pool_size=settings.database_pool)
    try:
        await upgrade(database)
        await bench(settings, database, accounts, over_http=over_http)
    finally:
        await database.close()


async def _load(settings: Settings) -> None:
    if settings.environment != "development":
        raise SettingsFault("demo data is for development only (BACKEND_ENVIRONMENT)")
    database = open_database(settings.database_url)
    try:
        await upgrade(database)
        print(await load_demo_data(assemble(settings, database)))
    finally:
        await database.close()


if __name__ == "__main__":
    sys.exit(main())

"""The one place where the service is put together: settings in, application out, nothing at import."""

from collections.abc import AsyncIterator

from aiohttp import web

from backend.api import sandbox
from backend.api.call import BACKEND
from backend.api.dispatch import SETTINGS, handler_for
from backend.api.openapi import specification
from backend.api.recovery_page import add_recovery_page
from backend.api.refusals import refusals
from backend.api.table import ROUTES
from backend.api.watching import METRICS, Metrics, live, ready, show_metrics, watch
from backend.assembly import assemble, make_worker
from backend.demo import load_demo_data
from backend.migrations.run import is_current, upgrade
from backend.service.backend import Backend
from backend.settings import Settings
from backend.storage.database import Database, open_database
from backend.wording.texts import texts
from backend.worker.rounds import Worker, running

BODY_LIMIT = 64 * 1024


class NotMigrated(RuntimeError):  # noqa: N818 - it is told to the operator in these words
    """The database is older than the program."""


def create_app(settings: Settings, backend: Backend, *, worker: Worker | None = None) -> web.Application:
    """The application around a backend that is already open."""
    texts()
    app = web.Application(middlewares=[watch, refusals], client_max_size=BODY_LIMIT)
    app[SETTINGS], app[BACKEND], app[METRICS] = settings, backend, Metrics()
    for route in ROUTES:
        app.router.add_route(route.method, route.path, handler_for(route))
    document = specification()

    async def openapi(_request: web.Request) -> web.Response:
        return web.json_response(document)

    app.router.add_get("/v1/openapi.json", openapi)
    if settings.environment == "development" and settings.provider == "sandbox":
        app.router.add_get(sandbox.PATH, sandbox.show_page)
        app.router.add_post(sandbox.PATH, sandbox.pay)
    add_recovery_page(app)
    app.router.add_get("/health/live", live)
    app.router.add_get("/health/ready", ready)
    app.router.add_get("/metrics", show_metrics)
    if worker is not None:
        app.cleanup_ctx.append(lambda _app: running(worker, pause=settings.worker_pause))
    return app


async def open_app(settings: Settings) -> web.Application:
    """The application with its database, migrated in development, checked elsewhere."""
    database = open_database(settings.database_url, pool_size=settings.database_pool)
    await prepare(settings, database)
    backend = assemble(settings, database)
    if settings.demo_data:
        await load_demo_data(backend)
    app = create_app(
        settings, backend, worker=make_worker(settings, backend) if settings.runs_worker else None
    )

    async def closing(_app: web.Application) -> AsyncIterator[None]:
        yield
        await database.close()

    app.cleanup_ctx.insert(0, closing)
    return app


async def prepare(settings: Settings, database: Database) -> None:
    """Migrate in development; elsewhere refuse to start on a database that isn't up to date."""
    if settings.environment == "development":
        await upgrade(database)
    elif not await is_current(database):
        raise NotMigrated("the database is not up to date: run `python -m backend migrate` first")

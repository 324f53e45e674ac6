"""Puts the gateway together: everything it needs is opened here, and closed here."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from faq import ContentStore
from gateway.contact import contact
from gateway.conversations.buttons import ButtonSigner
from gateway.conversations.database import Database
from gateway.conversations.live import Live
from gateway.conversations.locks import open_locks
from gateway.conversations.notices import listen
from gateway.conversations.recovery import recover
from gateway.conversations.service import ConversationService
from gateway.conversations.turns import TurnWorker
from gateway.metrics import Metrics
from gateway.migrations.run import upgrade
from gateway.rasa import HttpRasa, Rasa
from gateway.settings import Language, Settings
from gateway.texts import load_texts
from gateway.web import api, help_pages, keys, live, operations, static
from gateway.web.headers import add_security_headers
from gateway.web.limits import AddressLimiter
from gateway.web.middleware import answer_errors, count_requests
from gateway.web.origins import add_cors_headers
from gateway.web.pages import open_templates

CLOSING_GRACE = 12.0  # seconds for turns under way; a little more than Rasa's own limit


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    rasa: Rasa | None = None,
    clock: Callable[[], datetime] = utc_now,
    content: ContentStore | None = None,
) -> web.Application:
    """The gateway as an application; nothing is opened until it starts."""
    app = web.Application(middlewares=[count_requests, answer_errors], client_max_size=settings.body_limit)
    app[keys.SETTINGS] = settings
    app[keys.TEXTS] = load_texts()
    app[keys.TEMPLATES] = open_templates()
    app[keys.CONTENT] = content or ContentStore()
    app[keys.METRICS] = Metrics()
    app[keys.CLOCK] = clock
    app[keys.SOCKETS] = set()
    app[keys.NEW_CONVERSATIONS] = AddressLimiter(settings.gateway_conversations_per_minute, clock)
    if rasa is not None:
        app[keys.RASA] = rasa
    for module in (api, live, operations, help_pages, static):
        app.add_routes(module.routes)
    app.on_response_prepare.extend([add_security_headers, add_cors_headers])
    app.cleanup_ctx.extend([_open_rasa, _open_conversations])
    app.on_shutdown.append(live.close_sockets)
    return app


async def _open_rasa(app: web.Application) -> AsyncIterator[None]:
    if keys.RASA in app:
        yield
        return
    async with aiohttp.ClientSession() as session:
        app[keys.RASA] = HttpRasa(session, app[keys.SETTINGS])
        yield


async def _open_conversations(app: web.Application) -> AsyncIterator[None]:
    settings = app[keys.SETTINGS]
    database = Database(settings.gateway_database_url)
    if database.is_sqlite:
        await upgrade(database)
    locks, followers = open_locks(database), Live(limit=settings.gateway_sockets_per_conversation)
    worker = TurnWorker(
        database,
        app[keys.RASA],
        followers,
        locks,
        app[keys.METRICS],
        clock=app[keys.CLOCK],
        apology=_apology(app),
    )
    app[keys.DATABASE] = database
    app[keys.SERVICE] = ConversationService(
        database,
        worker,
        followers,
        ButtonSigner(settings.gateway_secret.get_secret_value()),
        app[keys.TEXTS],
        settings,
        clock=app[keys.CLOCK],
    )
    async with listen(database, followers), recover(database, worker, app[keys.RASA]):
        yield
    await worker.close(grace=CLOSING_GRACE)
    await locks.close()
    await database.close()


def _apology(app: web.Application) -> Callable[[Language], str]:
    def apology(language: Language) -> str:
        values = contact(app[keys.CONTENT].current(), language)
        return app[keys.TEXTS].get("chat.assistant_unavailable", language, values)

    return apology

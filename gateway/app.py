"""Puts the gateway together: everything it needs is opened here, and closed here."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from faq import ContentStore
from gateway.backend import Backend, HttpBackend
from gateway.contact import contact
from gateway.conversations.buttons import ButtonSigner
from gateway.conversations.database import Database
from gateway.conversations.handover import Handover
from gateway.conversations.keystrokes import Keystrokes
from gateway.conversations.live import Live
from gateway.conversations.locks import open_locks
from gateway.conversations.notices import listen
from gateway.conversations.records import Sender, Turn
from gateway.conversations.recovery import recover
from gateway.conversations.service import ConversationService
from gateway.conversations.sessions import SIGNED_IN, SIGNED_OUT
from gateway.conversations.signing_in import SigningIn
from gateway.conversations.store import Line
from gateway.conversations.turns import TurnWorker
from gateway.desk.api import doors
from gateway.desk.api.keys import DESK, DESK_BACKEND, DESK_SIGN_INS
from gateway.desk.backend import HttpDeskBackend
from gateway.desk.desk import Desk
from gateway.desk.passwords import Passwords
from gateway.desk.watching import watch
from gateway.metrics import Metrics
from gateway.migrations.run import upgrade
from gateway.rasa import HttpRasa, Rasa
from gateway.records import doors as kept
from gateway.records.keys import MASKER
from gateway.settings import Language, Settings
from gateway.texts import load_texts
from gateway.transcripts.build import Masker
from gateway.vault import vault_of
from gateway.voice import mounting
from gateway.web import api, callbacks, desk_page, help_pages, keys, live, operations, sessions, static
from gateway.web.headers import add_security_headers
from gateway.web.limits import AddressLimiter
from gateway.web.middleware import answer_errors, count_requests
from gateway.web.origins import add_cors_headers
from gateway.web.pages import open_templates
from gateway.worker import Worker, walking

CLOSING_GRACE = 2.0  # seconds more than Rasa's own limit, for turns under way

APOLOGIES = {SIGNED_IN: "signed_in_unanswered", SIGNED_OUT: "signed_out_unanswered"}


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    rasa: Rasa | None = None,
    backend: Backend | None = None,
    clock: Callable[[], datetime] = utc_now,
    content: ContentStore | None = None,
) -> web.Application:
    """The gateway as an application; nothing is opened until it starts."""
    app = web.Application(middlewares=[count_requests, answer_errors], client_max_size=settings.body_limit)
    app[keys.SETTINGS] = settings
    app[keys.TEXTS] = load_texts()
    app[keys.TEMPLATES] = open_templates()
    app[keys.CONTENT] = content or ContentStore()
    app[MASKER] = Masker(app[keys.TEXTS], app[keys.CONTENT])
    app[keys.METRICS] = Metrics()
    app[keys.CLOCK] = clock
    app[keys.SOCKETS] = set()
    app[keys.NEW_CONVERSATIONS] = AddressLimiter(settings.gateway_conversations_per_minute, clock)
    app[keys.SIGN_INS] = AddressLimiter(settings.gateway_sign_ins_per_minute, clock)
    app[DESK_SIGN_INS] = AddressLimiter(settings.gateway_sign_ins_per_minute, clock)
    if rasa is not None:
        app[keys.RASA] = rasa
    if backend is not None:
        app[keys.BACKEND] = backend
    pages = (api, callbacks, sessions, live, operations, desk_page, help_pages, static)
    for module in (*pages, *doors.MODULES, *kept.MODULES, *mounting.MODULES):
        app.add_routes(module.routes)
    app.on_response_prepare.extend([add_security_headers, add_cors_headers])
    app.cleanup_ctx.extend([_open_neighbours, _open_conversations, _open_worker, mounting.open_voice])
    app.on_shutdown.append(live.close_sockets)
    return app


async def _open_neighbours(app: web.Application) -> AsyncIterator[None]:
    settings = app[keys.SETTINGS]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        if keys.RASA not in app:
            app[keys.RASA] = HttpRasa(session, settings)
        if keys.BACKEND not in app:
            app[keys.BACKEND] = HttpBackend(session, settings)
        app[DESK_BACKEND] = HttpDeskBackend(session, settings)
        app[keys.HTTP] = session
        yield


async def _open_conversations(app: web.Application) -> AsyncIterator[None]:
    settings = app[keys.SETTINGS]
    database = Database(settings.gateway_database_url)
    if database.is_sqlite:
        await upgrade(database, vault=vault_of(settings))
    locks, followers = open_locks(database), Live(limit=settings.gateway_sockets_per_conversation)
    handover = Handover(app[keys.TEXTS], settings.hours)
    worker = TurnWorker(
        database,
        app[keys.RASA],
        followers,
        locks,
        app[keys.METRICS],
        clock=app[keys.CLOCK],
        apology=_apology(app),
        handover=handover,
    )
    app[keys.DATABASE] = database
    app[keys.TYPING] = Keystrokes(database, followers)
    app[keys.SERVICE] = ConversationService(
        database,
        worker,
        followers,
        ButtonSigner(settings.gateway_secret.get_secret_value()),
        app[keys.TEXTS],
        settings,
        clock=app[keys.CLOCK],
    )
    app[keys.SIGNING_IN] = _signing_in(app)
    desk = app[DESK] = _desk(app, handover)
    async with (
        listen(database, followers, app[keys.TYPING]),
        recover(database, worker, app[keys.RASA]),
        watch(desk),
    ):
        yield
    await worker.close(grace=settings.rasa_timeout + CLOSING_GRACE)
    await locks.close()
    await database.close()


async def _open_worker(app: web.Application) -> AsyncIterator[None]:
    settings = app[keys.SETTINGS]
    worker = Worker(
        app[keys.DATABASE],
        app[keys.HTTP],
        app[MASKER],
        settings,
        clock=app[keys.CLOCK],
        delivered=app[keys.SERVICE].live.deliveries.ring,
    )
    async with walking(worker, is_wanted=settings.gateway_worker_inside):
        yield


def _signing_in(app: web.Application) -> SigningIn:
    conversations, backend = app[keys.SERVICE], app[keys.BACKEND]
    return SigningIn(app[keys.DATABASE], conversations, backend, app[keys.METRICS], clock=app[keys.CLOCK])


def _desk(app: web.Application, handover: Handover) -> Desk:
    return Desk(
        database=app[keys.DATABASE],
        conversations=app[keys.SERVICE],
        live=app[keys.SERVICE].live,
        typing=app[keys.TYPING],
        handover=handover,
        backend=app[DESK_BACKEND],
        passwords=Passwords(),
        vault=vault_of(app[keys.SETTINGS]),
        content=app[keys.CONTENT],
        texts=app[keys.TEXTS],
        settings=app[keys.SETTINGS],
        clock=app[keys.CLOCK],
    )


def _apology(app: web.Application) -> Callable[[Turn, Language], Line]:
    def apology(turn: Turn, language: Language) -> Line:
        values = contact(app[keys.CONTENT].current(), language)
        key = APOLOGIES.get(turn.payload or "", "assistant_unavailable")
        text = app[keys.TEXTS].get(f"chat.{key}", language, values)
        return Line(Sender.SYSTEM, text, language, {"key": key})

    return apology

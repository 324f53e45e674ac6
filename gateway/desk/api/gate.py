"""Who may come in: a session by its cookie, from a page of this site, and for changes with its own value."""

import functools
import hmac
import uuid
from collections.abc import Awaitable, Callable

from aiohttp import web

from gateway.conversations.access import parse_id
from gateway.desk.api.keys import DESK, OPEN
from gateway.desk.records import Rep
from gateway.desk.signing_in import Open, access_session
from gateway.errors import GatewayError
from gateway.web.keys import CONVERSATION_LANGUAGE, SETTINGS
from gateway.web.origins import is_own_origin

COOKIE = "assistant_desk"
PATH = "/api/desk"
CSRF = "X-CSRF-Token"
SAFE = ("GET", "HEAD")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def let_in(handler: Handler) -> Handler:
    """Only for reps who are signed in; the language of the answer is theirs."""

    @functools.wraps(handler)
    async def checked(request: web.Request) -> web.StreamResponse:
        check_site(request)
        opened = await access_session(request.app[DESK], request.cookies.get(COOKIE, ""))
        request[OPEN], request[CONVERSATION_LANGUAGE] = opened, opened.rep.language
        if request.method not in SAFE:
            _check_csrf(request, opened)
        return await handler(request)

    return checked


def check_site(request: web.Request) -> None:
    """Raise origin_forbidden for pages of other sites, those too on which the widget may be."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_own_origin(request, origin):
        raise GatewayError("origin_forbidden")


def rep_of(request: web.Request) -> Rep:
    """The rep who asks."""
    return request[OPEN].rep


def conversation_of(request: web.Request) -> uuid.UUID:
    """The conversation that the address names; raises conversation_not_found."""
    found = parse_id(request.match_info["id"])
    if found is None:
        raise GatewayError("conversation_not_found")
    return found


def set_cookie(request: web.Request, response: web.Response, opened: Open) -> None:
    """Keep the session in the browser, out of reach of scripts and of other sites."""
    hours = request.app[SETTINGS].desk_session_hours
    response.set_cookie(
        COOKIE,
        opened.token,
        path=PATH,
        max_age=int(hours * 3600),
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )


def is_secure(request: web.Request) -> bool:
    """Whether the browser comes over TLS: as the public address says, else always but in development."""
    settings = request.app[SETTINGS]
    if settings.gateway_public_url is not None:
        return settings.gateway_public_url.scheme == "https"
    return settings.gateway_environment == "production"


def _check_csrf(request: web.Request, opened: Open) -> None:
    given = request.headers.get(CSRF, "").encode("utf-8", "replace")
    if not hmac.compare_digest(opened.csrf.encode(), given):
        raise GatewayError("csrf_invalid")

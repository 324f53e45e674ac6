"""Where failures become answers: one body, in the customer's language, with nothing of the inside in it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from gateway.errors import GatewayError
from gateway.settings import Language
from gateway.web.error_pages import error_page
from gateway.web.keys import METRICS, SETTINGS, TEXTS
from gateway.web.language import request_language
from gateway.web.origins import API, is_preflight

log = structlog.get_logger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HTTP_CODES = {
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "body_too_large",
    415: "unsupported_media_type",
    426: "upgrade_required",
}


@web.middleware
async def count_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count answers by route, not by address, so that ids stay out of the metrics."""
    response = await handler(request)
    resource = request.match_info.route.resource
    route = "none" if resource is None else resource.canonical
    request.app[METRICS].requests.labels(request.method, route, str(response.status)).inc()
    return response


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into the one error body, or into a page for people."""
    if is_preflight(request):
        return web.Response(status=204)
    try:
        return await handler(request)
    except GatewayError as error:
        return _answer(request, error)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _answer(request, _from_http(error, request.app[SETTINGS].body_limit))
    except Exception:  # the last door before the customer: log everything, say nothing of it
        log.exception("request_failed", method=request.method, path=request.path)
        return _answer(request, GatewayError("internal_error"))


def error_body(app: web.Application, error: GatewayError, language: Language) -> dict[str, Any]:
    """The standard body: code for programs, sentence for people, fields for both."""
    message = app[TEXTS].get(f"errors.{error.code}", language, error.fields)
    return {"error": {"code": error.code, "message": message, "fields": error.fields}}


def _answer(request: web.Request, error: GatewayError) -> web.Response:
    language = request_language(request)
    headers = {**error.headers, "Content-Language": language, "Cache-Control": "no-store"}
    if error.code == "token_missing":
        headers["WWW-Authenticate"] = "Bearer"
    if not request.path.startswith(API):
        return error_page(request, error, language, headers)
    body = json.dumps(error_body(request.app, error, language), ensure_ascii=False)
    return web.Response(text=body, status=error.status, content_type="application/json", headers=headers)


def _from_http(error: web.HTTPException, limit: int) -> GatewayError:
    headers = {name: error.headers[name] for name in ("Allow", "Upgrade") if name in error.headers}
    code = _HTTP_CODES.get(error.status, "internal_error" if error.status >= 500 else "bad_request")
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return GatewayError(code, {"limit": limit})
    return GatewayError(code, headers=headers)

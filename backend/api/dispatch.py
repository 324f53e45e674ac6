"""From an HTTP request to a handler's call and back: parse, identify, check, answer."""

import re
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from backend.api.call import BACKEND, LANGUAGE, Call
from backend.api.identity import bearer, find_service, identify
from backend.api.language import choose_language
from backend.api.routes import ROUTE, Route, pattern_of
from backend.domain.errors import Refusal
from backend.settings import Settings

SETTINGS = web.AppKey("settings", Settings)
KEY = re.compile(r"[\x21-\x7e]{8,200}")
NOT_FOUND = {
    "account_id": "account_not_found",
    "receipt_number": "receipt_not_found",
    "report_id": "payment_report_not_found",
    "bill_id": "bill_not_found",
    "payment_id": "payment_not_found",
}


def handler_for(route: Route) -> Any:
    """The aiohttp handler of a route."""

    async def handle(request: web.Request) -> web.StreamResponse:
        call = await _let_in(request, route)
        result = await route.handler(call)
        if isinstance(result, web.StreamResponse):
            return result
        if result is None:
            return web.Response(status=route.status)
        headers = {"Content-Language": call.language.value}
        if getattr(result, "is_repeat", False):
            headers["Idempotency-Replayed"] = "true"
        return web.json_response(text=result.model_dump_json(), status=route.status, headers=headers)

    return handle


async def _let_in(request: web.Request, route: Route) -> Call:
    settings, backend = request.app[SETTINGS], request.app[BACKEND]
    request[ROUTE] = route
    caller = await identify(request, route, backend, settings)
    language = choose_language(request, caller.profile)
    request[LANGUAGE] = language
    _check_params(request)
    if route.takes and request.content_type != route.takes:
        raise Refusal("unsupported_media_type")
    query, is_preview = _query(request, route)
    return Call(
        request=request,
        backend=backend,
        actor=caller.actor,
        profile=caller.profile,
        language=language,
        address=client_address(request, settings),
        channel=caller.actor.channel,
        query=query,
        is_preview=is_preview,
        key=_key(request, is_needed=not is_preview) if route.writes else "",
        body=await _body(request, route.body) if route.body else None,
    )


def _check_params(request: web.Request) -> None:
    for name, value in request.match_info.items():
        if not re.fullmatch(pattern_of(name), value):
            raise Refusal(NOT_FOUND[name])


def _query(request: web.Request, route: Route) -> tuple[Any, bool]:
    given = dict(request.query)
    is_preview = False
    if route.may_preview and "preview" in given:
        word = given.pop("preview")
        if word not in ("true", "false"):
            raise Refusal("invalid_query", errors=[{"field": "preview", "problem": "must be true or false"}])
        is_preview = word == "true"
    if len(request.query) != len(set(request.query)):
        raise Refusal("invalid_query", errors=[{"field": "", "problem": "a parameter is repeated"}])
    if route.query is None:
        return None, is_preview
    try:
        return route.query.model_validate(given), is_preview
    except ValidationError as error:
        raise Refusal("invalid_query", errors=_faults(error)) from None


def _key(request: web.Request, *, is_needed: bool) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None and not is_needed:
        return ""
    if key is None:
        raise Refusal("idempotency_key_missing")
    if not KEY.fullmatch(key):
        raise Refusal("idempotency_key_invalid")
    return key


async def _body(request: web.Request, model: type[BaseModel]) -> BaseModel:
    if request.content_type != "application/json":
        raise Refusal("unsupported_media_type")
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise Refusal("invalid_json") from None
        raise Refusal("invalid_request", errors=_faults(error)) from None


def _faults(error: ValidationError) -> list[dict[str, str]]:
    return [
        {"field": ".".join(map(str, fault["loc"])), "problem": fault["type"]}
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def client_address(request: web.Request, settings: Settings) -> str:
    """Where the customer really is: told by a trusted service or proxy, else the peer's address.

    A service that speaks for customers and tells no address is not one address: each session counts apart.
    """
    _, service = find_service(bearer(request), settings)
    told = request.headers.get("X-Client-Address")
    if service is not None and "sign_in" in service.scopes and told:
        return told[:64]
    if service is not None and (session := request.headers.get("X-Session-Id")):
        return f"session:{session}"[:64]
    if settings.trusted_proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.trusted_proxies:
            return hops[-settings.trusted_proxies][:64]
    return request.remote or "unknown"

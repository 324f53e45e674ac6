"""One error body from one place: a code for programs, words and a next step for people."""

import asyncio
from typing import Any

import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from backend.api.call import LANGUAGE, REFUSED
from backend.api.language import choose_language
from backend.domain.errors import STATUS, Refusal
from backend.domain.people import Language
from backend.wording.texts import texts

log = structlog.get_logger("backend.api")
_HTTP = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type"}


def error_body(code: str, language: Language, fields: dict[str, Any]) -> dict[str, Any]:
    """The body of every refusal."""
    return {
        "error": {
            "code": code,
            "message": texts().get(f"errors.{code}.message", language),
            "fields": fields,
            "next_step": texts().get(f"errors.{code}.next_step", language),
            "words": {one.value: _words(code, one) for one in Language},
        }
    }


def _words(code: str, language: Language) -> dict[str, str]:
    """What is said in a language, for who may have to say it again in the other one."""
    return {part: texts().get(f"errors.{code}.{part}", language) for part in ("message", "next_step")}


def _answer(request: web.Request, code: str, fields: dict[str, Any], headers: dict[str, str]) -> web.Response:
    language: Language = request.get(LANGUAGE) or choose_language(request)
    request[REFUSED] = code
    return web.json_response(
        error_body(code, language, fields),
        status=STATUS[code],
        headers={"Content-Language": language.value, **headers},
    )


@web.middleware
async def refusals(request: web.Request, handler: Any) -> web.StreamResponse:
    """Turn whatever went wrong into the one body; the unexpected is logged, and tells nothing."""
    try:
        return await handler(request)  # type: ignore[no-any-return]
    except Refusal as refusal:
        return _answer(request, refusal.code, refusal.fields, _headers(refusal))
    except web.HTTPException as error:
        if error.status < 400:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return _answer(request, _HTTP.get(error.status, "bad_request"), {}, allow)
    except asyncio.CancelledError:
        raise
    except DBAPIError as error:
        log.exception("database_fault", connection_lost=error.connection_invalidated)
        return _answer(request, "busy" if _is_passing(error) else "internal_error", {}, {"Retry-After": "1"})
    except Exception:
        log.exception("unexpected_fault")
        return _answer(request, "internal_error", {}, {})


def _is_passing(error: DBAPIError) -> bool:
    text = str(error.orig).lower()
    return error.connection_invalidated or any(word in text for word in ("locked", "deadlock", "serializ"))


def _headers(refusal: Refusal) -> dict[str, str]:
    headers = {}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in refusal.fields:
        headers["Retry-After"] = str(refusal.fields["retry_after"])
    return headers

"""The pages people see when an address is wrong or something broke."""

from collections.abc import Mapping

import structlog
from aiohttp import web

from gateway.errors import GatewayError
from gateway.settings import Language
from gateway.web.headers import page_policy
from gateway.web.keys import TEXTS
from gateway.web.pages import render_page

log = structlog.get_logger(__name__)
HOME: Mapping[Language, str] = {"fr": "/fr/", "en": "/en/"}


def error_page(
    request: web.Request, error: GatewayError, language: Language, headers: Mapping[str, str]
) -> web.Response:
    """What is wrong, the way back and whom to call; plain text when even the page can't be made."""
    message = request.app[TEXTS].get(f"errors.{error.code}", language, error.fields)
    try:
        html = render_page(
            request, "error.html", language, HOME, message=message, is_missing=error.code == "not_found"
        )
    except Exception:  # nothing may stand between a customer and an answer of some kind
        log.exception("error_page_failed")
        return web.Response(text=message, status=error.status, headers=headers)
    policy = {"Content-Security-Policy": page_policy([])}
    return web.Response(
        text=html,
        status=error.status,
        content_type="text/html",
        charset="utf-8",
        headers={**headers, **policy},
    )

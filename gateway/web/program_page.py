"""Pages that a built program fills; everything in them comes over the program's own API."""

from aiohttp import web

from gateway.web.keys import SETTINGS
from gateway.web.language import accepted_language
from gateway.web.pages import page_response, render_page


def program_page(request: web.Request, template: str, path: str) -> web.Response:
    """The frame, in the browser's language until the program knows better; nobody else keeps it."""
    default = request.app[SETTINGS].gateway_default_language
    language = accepted_language(request.headers.get("Accept-Language", ""), default=default)
    html = render_page(request, template, language, {"fr": path, "en": path})
    response = page_response(request, html, language, hashes=[])
    response.headers["Vary"] = "Accept-Encoding, Accept-Language"
    response.headers["Cache-Control"] = "private, no-cache"
    return response

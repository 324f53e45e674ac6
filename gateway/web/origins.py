"""Which other web sites may use the chat API, and the headers that tell browsers so."""

from urllib.parse import urlsplit

from aiohttp import web

from gateway.errors import GatewayError
from gateway.web.keys import SETTINGS

API = "/api/"
ALLOWED_HEADERS = "Authorization, Content-Type, Accept-Language"
ALLOWED_METHODS = "GET, POST, PUT, OPTIONS"


def is_own_origin(request: web.Request, origin: str) -> bool:
    """Whether a page of this very site is asking."""
    public = request.app[SETTINGS].gateway_public_url
    own = {request.host.lower()}
    if public is not None:
        own.add(urlsplit(str(public)).netloc.lower())
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() in own


def is_allowed_origin(request: web.Request, origin: str) -> bool:
    """Whether this site, or one the operator named, is asking."""
    return origin.lower() in request.app[SETTINGS].gateway_allowed_origins or is_own_origin(request, origin)


def check_origin(request: web.Request) -> None:
    """Raise origin_forbidden for a browser on a site that isn't allowed; programs send no Origin."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_allowed_origin(request, origin):
        raise GatewayError("origin_forbidden")


def is_preflight(request: web.Request) -> bool:
    """Whether a browser only asks if it may."""
    asks = "Access-Control-Request-Method" in request.headers
    return request.method == "OPTIONS" and asks and request.path.startswith(API)


async def add_cors_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser whether the asking site may read this answer."""
    if not request.path.startswith(API):
        return
    response.headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    if origin is None or not is_allowed_origin(request, origin):
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After, Content-Disposition"
    if is_preflight(request):
        response.headers["Access-Control-Allow-Methods"] = ALLOWED_METHODS
        response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = "600"

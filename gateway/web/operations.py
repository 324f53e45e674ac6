"""What machines ask of the gateway: is it alive, can it answer, how is it doing, how to talk to it."""

import functools
import hmac
import ipaddress
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from gateway.errors import GatewayError
from gateway.web.keys import DATABASE, METRICS, RASA, SETTINGS
from gateway.web.replies import reply

routes = web.RouteTableDef()
OPENAPI = Path(__file__).parent / "openapi.yml"


@functools.cache
def openapi_document() -> Any:
    """The API's description, as clients get it."""
    return yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))


@routes.get("/api/health")
async def health(_request: web.Request) -> web.Response:
    """Alive: the process answers."""
    return reply({"status": "ok"})


@routes.get("/api/ready")
async def ready(request: web.Request) -> web.Response:
    """Ready: a customer who wrote now would be answered."""
    checks = {"database": await _database_answers(request), "assistant": await request.app[RASA].is_ready()}
    is_ready = all(checks.values())
    answer = {"status": "ok" if is_ready else "unavailable", "checks": checks}
    return reply(answer, status=200 if is_ready else 503)


@routes.get("/api/openapi.json")
async def openapi(_request: web.Request) -> web.Response:
    """The API's description."""
    return reply(openapi_document())


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """The operator's instruments, for this machine or for whoever has the token."""
    _check_operator(request)
    response = web.Response(body=request.app[METRICS].render())
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response


async def _database_answers(request: web.Request) -> bool:
    try:
        await request.app[DATABASE].ping()
    except (SQLAlchemyError, OSError):
        return False
    return True


def _check_operator(request: web.Request) -> None:
    token = request.app[SETTINGS].gateway_metrics_token
    if token is not None:
        expected = f"Bearer {token.get_secret_value()}".encode()
        if not hmac.compare_digest(expected, request.headers.get("Authorization", "").encode()):
            raise GatewayError("forbidden")
    elif not _is_this_machine(request):
        raise GatewayError("forbidden")


def _is_this_machine(request: web.Request) -> bool:
    # A proxy on this machine speaks for others and says so.
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False

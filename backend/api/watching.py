"""Health, metrics and one log line a request, without personal data: patterns, no paths, no bodies."""

import hmac
import time
import uuid
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from backend.api.call import BACKEND, REFUSED
from backend.api.dispatch import SETTINGS
from backend.api.identity import bearer
from backend.api.routes import ROUTE
from backend.domain.errors import Refusal

log = structlog.get_logger("backend.api")
LOOPBACK = ("127.0.0.1", "::1")


class Metrics:
    """What is counted; one registry an application, so that tests don't share it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "backend_request_seconds", "Time to answer", ["route", "method", "status"], registry=self.registry
        )
        self.refusals = Counter("backend_refusals", "Refusals by code", ["code"], registry=self.registry)
        self.outbox = Gauge(
            "backend_outbox_messages",
            "Messages by state; failed ones were given up",
            ["state"],
            registry=self.registry,
        )
        self.operations = Counter("backend_operations", "Operations done", ["route"], registry=self.registry)


METRICS = web.AppKey("metrics", Metrics)


@web.middleware
async def watch(request: web.Request, handler: Any) -> web.StreamResponse:
    """Time it, count it, log it; the id travels back so that a person can quote it."""
    started = time.perf_counter()
    request_id = uuid.uuid4().hex
    structlog.contextvars.bind_contextvars(request_id=request_id)
    try:
        response: web.StreamResponse = await handler(request)
        _note(request, response, time.perf_counter() - started)
        response.headers["X-Request-Id"] = request_id
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
    finally:
        structlog.contextvars.unbind_contextvars("request_id")


def _note(request: web.Request, response: web.StreamResponse, seconds: float) -> None:
    metrics, route, refusal = request.app[METRICS], request.get(ROUTE), request.get(REFUSED)
    path = route.path if route else "other"
    method = request.method if route else "other"
    metrics.seconds.labels(path, method, response.status).observe(seconds)
    if refusal:
        metrics.refusals.labels(refusal).inc()
    elif route and route.writes:
        metrics.operations.labels(path).inc()
    log.info(
        "request",
        route=path,
        method=method,
        status=response.status,
        refusal=refusal,
        milliseconds=round(seconds * 1000, 1),
    )


async def live(_request: web.Request) -> web.Response:
    """The process answers."""
    return web.json_response({"status": "live"})


async def ready(request: web.Request) -> web.Response:
    """The database answers too."""
    try:
        async with request.app[BACKEND].store.reading() as uow:
            await uow.profiles.get("")
    except Exception:
        log.exception("not_ready")
        return web.json_response({"status": "not ready"}, status=503)
    return web.json_response({"status": "ready"})


async def show_metrics(request: web.Request) -> web.Response:
    """Prometheus metrics, for this machine or the holder of the token."""
    wanted = request.app[SETTINGS].metrics_token
    if wanted is None and request.remote not in LOOPBACK:
        raise Refusal("not_found")
    if wanted is not None and not hmac.compare_digest(wanted.get_secret_value(), bearer(request) or ""):
        raise Refusal("not_signed_in")
    async with request.app[BACKEND].store.reading() as uow:
        for state, number in (await uow.outbox.count()).items():
            request.app[METRICS].outbox.labels(state).set(number)
    body = generate_latest(request.app[METRICS].registry)
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

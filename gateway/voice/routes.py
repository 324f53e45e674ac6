"""Twilio's webhooks: every one is signed, every one answers with TwiML whatever happens, and soon."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from gateway.errors import GatewayError
from gateway.voice.call import Reply
from gateway.voice.keys import DOOR, TWILIO
from gateway.voice.webhook import (
    Form,
    call_id,
    has_ended,
    read_connected,
    read_form,
    read_heard,
    read_incoming,
)
from gateway.web.keys import SETTINGS

log = structlog.get_logger(__name__)
routes = web.RouteTableDef()
LARGEST = 10**6


@routes.post("/voice/incoming")
async def incoming(request: web.Request) -> web.Response:
    """A call begins."""
    return await _answer(request, lambda form: request.app[DOOR].incoming(read_incoming(form)))


@routes.post("/voice/turn")
async def turn(request: web.Request) -> web.Response:
    """The caller answered a prompt, or did not."""

    def take(form: Form) -> Awaitable[Reply]:
        return request.app[DOOR].turn(call_id(form), _number(request, "p"), read_heard(form))

    return await _answer(request, take)


@routes.post("/voice/waiting")
async def waiting(request: web.Request) -> web.Response:
    """The caller has heard a filler."""

    def take(form: Form) -> Awaitable[Reply]:
        return request.app[DOOR].waiting(call_id(form), _number(request, "p"), _number(request, "round"))

    return await _answer(request, take)


@routes.post("/voice/transfer")
async def transfer(request: web.Request) -> web.Response:
    """A transfer ended."""

    def take(form: Form) -> Awaitable[Reply]:
        number, how = _number(request, "p"), read_connected(form)
        return request.app[DOOR].transferred(call_id(form), number, how, read_heard(form))

    return await _answer(request, take)


@routes.post("/voice/whisper")
async def whisper(request: web.Request) -> web.Response:
    """The person who takes the call hears what it is about; they are on a call of their own."""
    form = await read_form(request, request.app[SETTINGS])
    step = await request.app[DOOR].details(form.get("ParentCallSid", ""), _number(request, "p"))
    twilio = request.app[TWILIO]
    if step is None:
        return _document(twilio.whisper(()))
    return _document(twilio.whisper(step.briefing()))


@routes.post("/voice/status")
async def status(request: web.Request) -> web.Response:
    """What became of a call."""
    form = await read_form(request, request.app[SETTINGS])
    if has_ended(form):
        await request.app[DOOR].ended(call_id(form))
    return web.Response(status=204)


async def _answer(request: web.Request, take: Callable[[Form], Awaitable[Reply]]) -> web.Response:
    form = await read_form(request, request.app[SETTINGS])
    try:
        reply = await take(form)
    except GatewayError:
        raise
    except Exception:  # a fault of ours must not be read out by the vendor's own voice
        log.exception("voice_failed", path=request.path)
        reply = request.app[DOOR].sorry(request.app[SETTINGS].gateway_default_language)
    return _document(request.app[TWILIO].document(reply))


def _document(twiml: str) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=twiml, content_type="text/xml", charset="utf-8", headers=headers)


def _number(request: web.Request, name: str) -> int:
    given = request.query.get(name, "")
    if not (given.isascii() and given.isdecimal()) or int(given[:7]) > LARGEST:
        raise GatewayError("bad_request")
    return int(given)

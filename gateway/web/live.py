"""The door to the live connection: who may open it, and how it ends."""

import asyncio
from contextlib import suppress

import structlog
from aiohttp import WSCloseCode, web

from gateway.conversations.records import Conversation
from gateway.errors import GatewayError
from gateway.web.bodies import read_page
from gateway.web.connection import Connection
from gateway.web.keys import METRICS, SERVICE, SETTINGS, SOCKETS
from gateway.web.origins import check_origin

log = structlog.get_logger(__name__)
routes = web.RouteTableDef()

PROTOCOL = "assistant.v1"
TOKEN_PROTOCOL = "token."


@routes.get("/api/conversations/{id}/live")
async def live(request: web.Request) -> web.WebSocketResponse:
    """Follow a conversation, and say things in it."""
    check_origin(request)
    socket = open_socket(request, PROTOCOL)
    after, token = read_page(request).after, _offered_token(request)
    known = None if token is None else await request.app[SERVICE].access(request.match_info["id"], token)
    await socket.prepare(request)
    request.app[SOCKETS].add(socket)
    try:
        with request.app[METRICS].sockets.track_inprogress():
            await _serve(Connection(request, socket), known, after)
    finally:
        request.app[SOCKETS].discard(socket)
    return socket


async def close_sockets(app: web.Application) -> None:
    """Say goodbye when the gateway stops; clients come back by themselves."""
    sockets = app[SOCKETS]
    for socket in tuple(sockets):
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(1):
                await socket.close(code=WSCloseCode.SERVICE_RESTART)


def open_socket(request: web.Request, protocol: str) -> web.WebSocketResponse:
    """A WebSocket that is yet to be prepared; raises upgrade_required when none is asked for."""
    settings = request.app[SETTINGS]
    socket = web.WebSocketResponse(
        heartbeat=settings.gateway_heartbeat,
        max_msg_size=settings.body_limit,
        protocols=[protocol],
        timeout=2,
    )
    if not socket.can_prepare(request):
        raise GatewayError("upgrade_required", headers={"Upgrade": "websocket"})
    return socket


def _offered_token(request: web.Request) -> str | None:
    offered = [name.strip() for name in request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
    tokens = [name.removeprefix(TOKEN_PROTOCOL) for name in offered if name.startswith(TOKEN_PROTOCOL)]
    return tokens[0] if tokens else None


async def _serve(connection: Connection, known: Conversation | None, after: int) -> None:
    try:
        if known is None:
            known, after = await connection.hello()
        await connection.run(known, after)
    except GatewayError as error:
        await connection.refuse(error)
    except ConnectionError:
        return
    except Exception:  # the handshake is over: no error page may follow it
        log.exception("live_failed")
        await connection.refuse(GatewayError("internal_error"))

"""The door to a desk's live connection."""

import structlog
from aiohttp import web

from gateway.desk.api.connection import DeskConnection
from gateway.desk.api.gate import let_in
from gateway.desk.api.keys import OPEN
from gateway.errors import GatewayError
from gateway.web.keys import METRICS, SOCKETS
from gateway.web.live import open_socket

log = structlog.get_logger(__name__)
routes = web.RouteTableDef()

PROTOCOL = "desk.v1"


@routes.get("/api/desk/live")
@let_in
async def live(request: web.Request) -> web.WebSocketResponse:
    """Follow the queue, and conversations."""
    if "Origin" not in request.headers:
        raise GatewayError("origin_forbidden")  # only browsers have the cookie, and they always say
    socket = open_socket(request, PROTOCOL)
    await socket.prepare(request)
    request.app[SOCKETS].add(socket)
    try:
        with request.app[METRICS].sockets.track_inprogress():
            await _serve(DeskConnection(request, socket, request[OPEN]))
    finally:
        request.app[SOCKETS].discard(socket)
    return socket


async def _serve(connection: DeskConnection) -> None:
    try:
        await connection.run()
    except GatewayError as error:
        await connection.refuse(error)
    except ConnectionError:
        return
    except Exception:  # the handshake is over: no error page may follow it
        log.exception("desk_live_failed")
        await connection.refuse(GatewayError("internal_error"))

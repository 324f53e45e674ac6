"""From page to telephone and back: a code made here is dialled there, one told there is typed here."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from gateway.voice.keys import CODES
from gateway.web.api import CONVERSATION, access
from gateway.web.bodies import Body, read_body
from gateway.web.keys import SERVICE, SETTINGS
from gateway.web.limits import client_address
from gateway.web.replies import reply

routes = web.RouteTableDef()


class ResumeBody(Body):
    """POST /api/conversations/resume"""

    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]


@routes.post(CONVERSATION + "/phone-code")
async def make_code(request: web.Request) -> web.Response:
    """A code with which this conversation goes on by telephone."""
    conversation = await access(request)
    code = await request.app[CODES].make(conversation.id, "phone")
    return reply({"code": code.digits, "expires_at": code.expires_at.isoformat()}, status=201)


@routes.post("/api/conversations/resume")
async def resume(request: web.Request) -> web.Response:
    """Go on here with a conversation begun by telephone; its token is new, older ones are of no more use."""
    body = await read_body(request, ResumeBody)
    address = client_address(request, trusted_proxies=request.app[SETTINGS].gateway_trusted_proxies)
    conversation, token = await request.app[CODES].open_on_page(body.code, tried_by=address)
    service = request.app[SERVICE]
    messages = await service.messages_after(conversation.id, 0)
    return reply(
        {
            "id": str(conversation.id),
            "token": token,
            "language": conversation.language,
            "signed_in": service.is_signed_in(conversation),
            "messages": [message.to_json() for message in messages],
        }
    )

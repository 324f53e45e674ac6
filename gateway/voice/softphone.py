"""A telephone in the browser, for development and for operators: it drives Twilio's very webhooks.

The page asks here for the next document; the request is signed and sent to our own webhook, and the document
comes back as it is. Only where the setting `voice_softphone` allows it.
"""

from typing import Annotated, Any, Literal

import aiohttp
from aiohttp import web
from pydantic import Field
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types

from gateway.errors import GatewayError
from gateway.settings import Settings
from gateway.voice.webhook import address_at
from gateway.web.bodies import Body, read_body
from gateway.web.keys import HTTP, SETTINGS
from gateway.web.program_page import program_page

routes = web.RouteTableDef()
TIMEOUT = aiohttp.ClientTimeout(total=15)
TARGET = r"^(incoming|status|(turn|transfer)\?p=\d{1,6}|waiting\?p=\d{1,6}&round=\d{1,6})$"
Sent = Annotated[str, Field(max_length=1000)]


class SoftphoneBody(Body):
    """POST /softphone"""

    call: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    to: Annotated[str, Field(pattern=TARGET)]
    caller: Annotated[str, Field(pattern=r"^(\+1[0-9]{10})?$")] = ""
    digits: Annotated[str, Field(pattern=r"^[0-9*#]{0,40}$")] = ""
    speech: Sent = ""
    dialled: Literal["", "completed", "no-answer"] = ""
    status: Literal["in-progress", "completed"] = "in-progress"


@routes.get("/softphone")
async def softphone_page(request: web.Request) -> web.Response:
    """The telephone, in the browser's language."""
    _allowed(request)
    response = program_page(request, "softphone.html", "/softphone")
    response.headers["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=()"
    return response


@routes.post("/softphone")
async def softphone(request: web.Request) -> web.Response:
    """The next document of a call, as Twilio would have fetched it."""
    settings = _allowed(request)
    body = await read_body(request, SoftphoneBody)
    assert settings.voice_twilio_auth_token is not None
    name = request.transport.get_extra_info("sockname") if request.transport else None
    if name is None:
        raise GatewayError("busy")
    path, form = f"/voice/{body.to}", _form(body)
    here = f"{name[0]}:{name[1]}"
    validator = RequestValidator(settings.voice_twilio_auth_token.get_secret_value())
    headers = {
        "X-Twilio-Signature": validator.compute_signature(address_at(settings, "http", here, path), form)
    }
    session = request.app[HTTP]
    async with session.post(f"http://{here}{path}", data=form, headers=headers, timeout=TIMEOUT) as answer:
        document = await answer.text()
        if answer.status >= 400:
            raise GatewayError("bad_request")
        kept = {"Cache-Control": "no-store"}
        return web.Response(text=document, content_type="text/xml", charset="utf-8", headers=kept)


def _allowed(request: web.Request) -> Settings:
    settings = request.app[SETTINGS]
    if not settings.voice_softphone or settings.voice_twilio_auth_token is None:
        raise GatewayError("not_found")
    return settings


def _form(body: SoftphoneBody) -> dict[str, Any]:
    said = {"Digits": body.digits, "SpeechResult": body.speech, "DialCallStatus": body.dialled}
    form = {
        "CallSid": f"CA{body.call}",
        "From": body.caller,
        "CallStatus": body.status,
        "Direction": "inbound",
        **{name: value for name, value in said.items() if value},
    }
    return form | ({"Confidence": "1.0"} if body.speech else {})

"""The door to be called back through, when nobody is there."""

from typing import Annotated, Literal

import phonenumbers
from aiohttp import web
from email_validator import EmailNotValidError, validate_email
from pydantic import Field

from gateway.conversations.words import check_message, clean_text
from gateway.desk.api.keys import DESK
from gateway.desk.tickets import Wish, do_open_ticket
from gateway.errors import GatewayError
from gateway.web.api import CONVERSATION, access
from gateway.web.bodies import Body, ClientMessageId, read_body
from gateway.web.keys import SERVICE
from gateway.web.replies import reply

routes = web.RouteTableDef()
LONGEST = 2000  # characters


class CallbackBody(Body):
    """POST /api/conversations/{id}/callback"""

    client_message_id: ClientMessageId
    reach_by: Literal["telephone", "email"]
    reach_at: Annotated[str, Field(min_length=1, max_length=254)]
    message: Annotated[str, Field(min_length=1)]


@routes.post(CONVERSATION + "/callback")
async def ask_callback(request: web.Request) -> web.Response:
    """Keep a message and the way to answer it."""
    conversation = await access(request)
    body = await read_body(request, CallbackBody)
    reach_at = _telephone(body.reach_at) if body.reach_by == "telephone" else _email(body.reach_at)
    typed = check_message(body.message, limit=LONGEST)
    kept = request.app[SERVICE].without_numbers(typed, conversation.language)
    wish = Wish(body.reach_by, reach_at, kept)
    ticket, messages = await do_open_ticket(request.app[DESK], conversation.id, body.client_message_id, wish)
    shown = request.app[SERVICE].show(messages)
    return reply({"number": ticket.number, "messages": [message.to_json() for message in shown]})


def _telephone(given: str) -> str:
    """The number in its international form."""
    try:
        number = phonenumbers.parse(clean_text(given), "CA")
    except phonenumbers.NumberParseException:
        raise _wrong() from None
    if number.country_code != 1 or not phonenumbers.is_valid_number(number):
        raise _wrong()
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if number.extension is None else f"{written};ext={number.extension}"


def _email(given: str) -> str:
    """The address, as it should be written."""
    try:
        checked = validate_email(clean_text(given), check_deliverability=False)
    except EmailNotValidError:
        raise _wrong() from None
    return checked.normalized


def _wrong() -> GatewayError:
    return GatewayError("invalid_request", {"reach_at": "invalid"})

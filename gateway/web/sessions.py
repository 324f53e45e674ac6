"""The doors beside the conversation: sign in, sign out, fetch a receipt."""

from urllib.parse import quote

from aiohttp import web

from gateway.conversations.records import Conversation
from gateway.conversations.service import Answered
from gateway.web.api import CONVERSATION, access
from gateway.web.bodies import SignInBody, read_body, read_receipt_query
from gateway.web.keys import SETTINGS, SIGN_INS, SIGNING_IN, TEXTS
from gateway.web.limits import client_address
from gateway.web.replies import reply

routes = web.RouteTableDef()


@routes.post(CONVERSATION + "/sign-in")
async def sign_in(request: web.Request) -> web.Response:
    """Sign the customer in and tell what the bot says next."""
    conversation = await access(request)
    address = client_address(request, trusted_proxies=request.app[SETTINGS].gateway_trusted_proxies)
    request.app[SIGN_INS].check(address, code="too_many_sign_ins")
    body = await read_body(request, SignInBody)
    answers = await request.app[SIGNING_IN].sign_in(
        conversation, body.user_id, body.password, address=address
    )
    return _changed(conversation, answers, is_signed_in=True)


@routes.post(CONVERSATION + "/sign-out")
async def sign_out(request: web.Request) -> web.Response:
    """Sign the customer out and tell what the bot says to it."""
    conversation = await access(request)
    answers = await request.app[SIGNING_IN].sign_out(conversation)
    return _changed(conversation, answers, is_signed_in=False)


@routes.get(CONVERSATION + "/receipts/{number:[0-9]{12}}.pdf")
async def receipt(request: web.Request) -> web.Response:
    """A receipt of the customer who is signed in."""
    conversation = await access(request)
    language = read_receipt_query(request).lang or conversation.language
    number = request.match_info["number"]
    pdf = await request.app[SIGNING_IN].receipt_pdf(conversation, number, language)
    name = request.app[TEXTS].get("chat.receipt_file", language, {"number": number})
    headers = {
        "Content-Disposition": f"attachment; filename=\"{number}.pdf\"; filename*=UTF-8''{quote(name)}",
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    return web.Response(body=pdf, content_type="application/pdf", headers=headers)


def _changed(conversation: Conversation, answers: list[Answered], *, is_signed_in: bool) -> web.Response:
    return reply(
        {
            "signed_in": is_signed_in,
            "language": answers[-1].language if answers else conversation.language,
            "messages": [message.to_json() for answer in answers for message in answer.messages],
        }
    )

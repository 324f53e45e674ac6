"""The chat API: begin a conversation, say something, read what was said, rate it."""

from typing import Any

from aiohttp import web

from gateway.conversations.records import Conversation
from gateway.conversations.shown import ShownMessage
from gateway.desk.standing import standing_of
from gateway.errors import GatewayError
from gateway.web.bodies import BeginBody, LanguageBody, RatingBody, SayBody, read_body, read_page
from gateway.web.keys import CONVERSATION_LANGUAGE, DATABASE, NEW_CONVERSATIONS, SERVICE, SETTINGS
from gateway.web.language import request_language
from gateway.web.limits import client_address
from gateway.web.replies import reply

routes = web.RouteTableDef()
CONVERSATION = "/api/conversations/{id}"


async def access(request: web.Request) -> Conversation:
    """The conversation the request names, for whoever sends its token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise GatewayError("token_missing")
    conversation = await request.app[SERVICE].access(request.match_info["id"], token.strip())
    request[CONVERSATION_LANGUAGE] = conversation.language
    return conversation


@routes.post("/api/conversations")
async def begin(request: web.Request) -> web.Response:
    """Open a conversation and tell its token."""
    body = await read_body(request, BeginBody, may_be_empty=True)
    address = client_address(request, trusted_proxies=request.app[SETTINGS].gateway_trusted_proxies)
    request.app[NEW_CONVERSATIONS].check(address, code="too_many_conversations")
    begun = await request.app[SERVICE].begin(body.language or request_language(request))
    answer = {
        "id": str(begun.conversation.id),
        "token": begun.token,
        "language": begun.conversation.language,
        "messages": _json(begun.messages),
    }
    return reply(answer, status=201)


@routes.post(CONVERSATION + "/messages")
async def say(request: web.Request) -> web.Response:
    """Say something and wait for the answer to it."""
    conversation = await access(request)
    body = await read_body(request, SayBody)
    answered = await request.app[SERVICE].say(
        conversation, body.client_message_id, text=body.text, button=body.button
    )
    return reply(
        {
            "client_message_id": body.client_message_id,
            "seq": answered.turn.seq,
            "state": answered.turn.state,
            "language": answered.language,
            "messages": _json(answered.messages),
        }
    )


@routes.get(CONVERSATION + "/messages")
async def read(request: web.Request) -> web.Response:
    """The transcript after a message's number."""
    conversation = await access(request)
    page = read_page(request)
    messages = await request.app[SERVICE].messages_after(conversation.id, page.after, limit=page.limit)
    return reply(
        {
            "language": conversation.language,
            "signed_in": request.app[SERVICE].is_signed_in(conversation),
            **(await _standing(request, conversation)),
            "messages": _json(messages),
            "more": len(messages) == page.limit and messages[-1].seq < conversation.last_seq,
        }
    )


@routes.put(CONVERSATION + "/language")
async def change_language(request: web.Request) -> web.Response:
    """Go on in the other language."""
    conversation = await access(request)
    body = await read_body(request, LanguageBody)
    request[CONVERSATION_LANGUAGE] = body.language
    messages = await request.app[SERVICE].change_language(conversation, body.language)
    return reply({"language": body.language, "messages": _json(messages)})


@routes.post(CONVERSATION + "/messages/{seq:[0-9]{1,9}}/feedback")
async def rate(request: web.Request) -> web.Response:
    """Say whether an answer was useful, and why."""
    conversation = await access(request)
    body = await read_body(request, RatingBody)
    seq = int(request.match_info["seq"])
    await request.app[SERVICE].rate(conversation, seq, useful=body.useful, comment=body.comment)
    answer: dict[str, Any] = {"seq": seq, "useful": body.useful}
    return reply(answer if body.comment is None else {**answer, "comment": body.comment})


async def _standing(request: web.Request, conversation: Conversation) -> dict[str, object]:
    async with request.app[DATABASE].read() as session:
        return (await standing_of(session, conversation)).to_json()


def _json(messages: list[ShownMessage]) -> list[dict[str, object]]:
    return [message.to_json() for message in messages]

"""Transcripts for the customer, by the conversation's token, and for the desk."""

from urllib.parse import quote

from aiohttp import web

from gateway.contact import contact
from gateway.conversations.records import Conversation
from gateway.desk.access import access_conversation
from gateway.desk.api.gate import conversation_of, let_in, rep_of
from gateway.records.bodies import FormatQuery, TranscriptBody
from gateway.records.keys import MASKER
from gateway.transcripts import words
from gateway.transcripts.build import build
from gateway.transcripts.outbox import LEVEL, do_ask, masked_email
from gateway.transcripts.pdf import make_pdf
from gateway.transcripts.records import TranscriptMail
from gateway.transcripts.schema import json_schema
from gateway.web.api import CONVERSATION, access
from gateway.web.bodies import read_body, read_query
from gateway.web.keys import CLOCK, CONTENT, DATABASE, TEXTS
from gateway.web.replies import reply

routes = web.RouteTableDef()
DESK_CONVERSATION = "/api/desk/conversations/{id}"


@routes.get("/api/transcript.schema.json")
async def schema(_request: web.Request) -> web.Response:
    """The shape of a transcript."""
    return reply(json_schema())


@routes.get(CONVERSATION + "/transcript")
async def read(request: web.Request) -> web.Response:
    """The customer's own conversation, masked."""
    return await _export(request, await access(request))


@routes.post(CONVERSATION + "/transcript")
async def send(request: web.Request) -> web.Response:
    """Send the customer's own conversation by e-mail."""
    conversation = await access(request)
    body = await read_body(request, TranscriptBody)
    mail = await do_ask(request.app[DATABASE], conversation.id, body.email, now=request.app[CLOCK]())
    return _asked(mail)


@routes.get(DESK_CONVERSATION + "/transcript")
@let_in
async def read_at_desk(request: web.Request) -> web.Response:
    """A conversation as the customer would get it."""
    async with request.app[DATABASE].read() as session:
        conversation = await access_conversation(session, conversation_of(request))
    return await _export(request, conversation)


@routes.post(DESK_CONVERSATION + "/transcript")
@let_in
async def send_from_desk(request: web.Request) -> web.Response:
    """Send a conversation to its customer, in the conversation's language."""
    conversation_id = conversation_of(request)
    body = await read_body(request, TranscriptBody)
    async with request.app[DATABASE].read() as session:
        await access_conversation(session, conversation_id)
    mail = await do_ask(
        request.app[DATABASE],
        conversation_id,
        body.email,
        now=request.app[CLOCK](),
        asked_by=rep_of(request).id,
    )
    return _asked(mail)


def _asked(mail: TranscriptMail) -> web.Response:
    answer = {"to": masked_email(mail.recipient), "language": mail.language, "masking": LEVEL}
    return reply({**answer, "state": mail.state}, status=202)


async def _export(request: web.Request, conversation: Conversation) -> web.Response:
    asked = read_query(request, FormatQuery)
    texts, language = request.app[TEXTS], conversation.language
    async with request.app[DATABASE].read() as session:
        transcript = await build(session, conversation, request.app[MASKER], now=request.app[CLOCK]())
    if asked.format == "json":
        return reply(transcript.model_dump(mode="json"))
    company = contact(request.app[CONTENT].current(), language)["company"]
    name = texts.get("transcript.file", language, {"day": transcript.begun_at.date().isoformat()})
    if asked.format == "text":
        text = words.text(transcript, texts, company=company)
        return _file(text.encode(), f"{name}.txt", "text/plain", language, charset="utf-8")
    pdf = await make_pdf(words.document(transcript, texts, company=company))
    return _file(pdf, f"{name}.pdf", "application/pdf", language)


def _file(
    content: bytes, name: str, content_type: str, language: str, *, charset: str | None = None
) -> web.Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    return web.Response(body=content, content_type=content_type, charset=charset, headers=headers)

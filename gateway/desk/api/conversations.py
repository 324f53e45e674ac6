"""One conversation: read it, take it, talk in it, give it on."""

import uuid

from aiohttp import web

from gateway.desk import ending, owning
from gateway.desk.access import access_conversation, check_own
from gateway.desk.api.bodies import (
    EndBody,
    HandBackBody,
    NoteBody,
    SayBody,
    TakeoverBody,
    TransferBody,
    TypingBody,
)
from gateway.desk.api.gate import conversation_of, let_in, rep_of
from gateway.desk.api.keys import DESK
from gateway.desk.desk import Desk
from gateway.desk.items import names_for, read_item
from gateway.desk.notes import do_note
from gateway.desk.records import Rep
from gateway.desk.saying import do_say
from gateway.desk.transcript import read_messages, shown
from gateway.desk.view import note_json, read_view
from gateway.web.bodies import read_body, read_page
from gateway.web.replies import reply

routes = web.RouteTableDef()
CONVERSATION = "/api/desk/conversations/{id}"


@routes.get(CONVERSATION)
@let_in
async def view(request: web.Request) -> web.Response:
    """All that is known of it."""
    found = await read_view(request.app[DESK], conversation_of(request), rep_of(request).language)
    return reply(found)


@routes.get(CONVERSATION + "/messages")
@let_in
async def read(request: web.Request) -> web.Response:
    """The transcript."""
    desk, page, conversation_id = request.app[DESK], read_page(request), conversation_of(request)
    names = names_for(desk, rep_of(request).language)
    async with desk.database.read() as session:
        conversation = await access_conversation(session, conversation_id)
        messages = await read_messages(session, conversation_id, names, after=page.after, limit=page.limit)
    more = len(messages) == page.limit and messages[-1]["seq"] < conversation.last_seq
    return reply({"messages": messages, "more": more})


@routes.post(CONVERSATION + "/messages")
@let_in
async def say(request: web.Request) -> web.Response:
    """Say something to the customer."""
    desk, rep, body = request.app[DESK], rep_of(request), await read_body(request, SayBody)
    conversation_id = conversation_of(request)
    message = await do_say(desk, rep, conversation_id, body.client_message_id, body.text, faq_id=body.faq_id)
    async with desk.database.read() as session:
        (answer,) = await shown(session, [message], names_for(desk, rep.language))
    return reply({"message": answer})


@routes.post(CONVERSATION + "/typing")
@let_in
async def typing(request: web.Request) -> web.Response:
    """The rep is typing."""
    body = await read_body(request, TypingBody)
    await do_type(request.app[DESK], rep_of(request), conversation_of(request), on=body.on)
    return reply({"done": True})


@routes.post(CONVERSATION + "/claim")
@let_in
async def claim(request: web.Request) -> web.Response:
    """Take a waiting conversation."""
    desk, rep, conversation_id = _who(request)
    await owning.do_claim(desk, rep, conversation_id)
    return await _item(request)


@routes.post(CONVERSATION + "/takeover")
@let_in
async def take_over(request: web.Request) -> web.Response:
    """Take a conversation from whoever has it."""
    desk, rep, conversation_id = _who(request)
    body = await read_body(request, TakeoverBody)
    await owning.do_take_over(desk, rep, conversation_id, reason=body.reason)
    return await _item(request)


@routes.post(CONVERSATION + "/release")
@let_in
async def release(request: web.Request) -> web.Response:
    """Put it back in the queue."""
    desk, rep, conversation_id = _who(request)
    await owning.do_release(desk, rep, conversation_id)
    return await _item(request)


@routes.post(CONVERSATION + "/transfer")
@let_in
async def transfer(request: web.Request) -> web.Response:
    """Give it to somebody else."""
    desk, rep, conversation_id = _who(request)
    body = await read_body(request, TransferBody)
    if body.rep is not None:
        await owning.do_transfer_to_rep(desk, rep, conversation_id, body.rep, note=body.note)
    else:
        await owning.do_transfer_to_team(desk, rep, conversation_id, body.team or "", note=body.note)
    return await _item(request)


@routes.post(CONVERSATION + "/hand-back")
@let_in
async def hand_back(request: web.Request) -> web.Response:
    """Give it back to the bot."""
    desk, rep, conversation_id = _who(request)
    body = await read_body(request, HandBackBody, may_be_empty=True)
    await ending.do_hand_back(desk, rep, conversation_id, note=body.note)
    return await _item(request)


@routes.post(CONVERSATION + "/close")
@let_in
async def close(request: web.Request) -> web.Response:
    """End it with an outcome."""
    desk, rep, conversation_id = _who(request)
    body = await read_body(request, EndBody)
    await ending.do_close(desk, rep, conversation_id, outcome=body.outcome, note=body.note)
    return await _item(request)


@routes.post(CONVERSATION + "/notes")
@let_in
async def note(request: web.Request) -> web.Response:
    """Write a note for the desk."""
    desk, rep, conversation_id = _who(request)
    body = await read_body(request, NoteBody)
    kept = await do_note(desk, rep, conversation_id, body.text)
    return reply({"note": note_json(kept, {rep.id: rep})})


async def do_type(desk: Desk, rep: Rep, conversation_id: uuid.UUID, *, on: bool) -> None:
    """Tell the customer that the rep is typing, or stopped; raises not_yours."""
    async with desk.database.read() as session:
        await check_own(session, await access_conversation(session, conversation_id), rep)
    await desk.typing.tell(conversation_id, "rep", on=on)


def _who(request: web.Request) -> tuple[Desk, Rep, uuid.UUID]:
    return request.app[DESK], rep_of(request), conversation_of(request)


async def _item(request: web.Request) -> web.Response:
    desk, rep, conversation_id = _who(request)
    async with desk.database.read() as session:
        conversation = await access_conversation(session, conversation_id)
        item = await read_item(session, desk, conversation, rep.language)
    return reply({"conversation": item})

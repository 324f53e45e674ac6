"""What a desk shows before a conversation is opened: settings, queue, reps, tickets, ready answers, audit."""

from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from gateway.desk import audit, canned, reps, tickets
from gateway.desk.access import check_lead
from gateway.desk.api.bodies import AuditQuery, CannedQuery, ConversationsQuery, EndBody, TicketsQuery
from gateway.desk.api.gate import let_in, rep_of
from gateway.desk.api.keys import DESK
from gateway.desk.audited import facts
from gateway.desk.items import moment, names_for, read_queue, rep_json
from gateway.desk.lists import read_conversations, read_reps
from gateway.desk.operations import OPERATIONS
from gateway.opening import hours_in_words
from gateway.web.bodies import read_body, read_query
from gateway.web.replies import reply

routes = web.RouteTableDef()
OPENAPI = Path(__file__).parent.parent / "openapi.yml"


def openapi_document() -> Any:
    """The description of the desk's API."""
    return yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))


@routes.get("/api/desk/openapi.json")
async def openapi(_request: web.Request) -> web.Response:
    """The description of the desk's API."""
    return reply(openapi_document())


@routes.get("/api/desk/settings")
@let_in
async def settings(request: web.Request) -> web.Response:
    """Hours and lists, named in the rep's language."""
    desk, language = request.app[DESK], rep_of(request).language
    names, hours, now = names_for(desk, language), desk.handover.hours, desk.clock()
    return reply(
        {
            "is_open": hours.is_open(now),
            "hours": hours_in_words(hours, desk.texts, language),
            "opens": moment(hours.next_opening(now)),
            "away_minutes": round(desk.settings.desk_away_minutes),
            "teams": names.all("team"),
            "outcomes": names.all("outcome"),
            "operations": [names.named("operation", name) for name in OPERATIONS],
        }
    )


@routes.get("/api/desk/reps")
@let_in
async def list_reps(request: web.Request) -> web.Response:
    """The reps, and who is there."""
    return reply({"reps": await read_reps(request.app[DESK])})


@routes.get("/api/desk/queue")
@let_in
async def queue(request: web.Request) -> web.Response:
    """Who waits."""
    rep = rep_of(request)
    return reply(await read_queue(request.app[DESK], rep, rep.language))


@routes.get("/api/desk/conversations")
@let_in
async def conversations(request: web.Request) -> web.Response:
    """Conversations by owner."""
    asked = read_query(request, ConversationsQuery)
    found = await read_conversations(
        request.app[DESK],
        rep_of(request).language,
        owner=asked.owner,
        closed=asked.closed,
        before=asked.before,
        limit=asked.limit,
    )
    return reply({"conversations": found})


@routes.get("/api/desk/canned")
@let_in
async def search_canned(request: web.Request) -> web.Response:
    """Ready answers."""
    asked = read_query(request, CannedQuery)
    content = request.app[DESK].content.current()
    return reply({"answers": canned.search(content, asked.q, asked.lang, limit=asked.limit)})


@routes.get("/api/desk/canned/{faq_id}")
@let_in
async def one_canned(request: web.Request) -> web.Response:
    """One ready answer."""
    asked = read_query(request, CannedQuery)
    content = request.app[DESK].content.current()
    return reply(canned.one(content, request.match_info["faq_id"], asked.lang))


@routes.get("/api/desk/tickets")
@let_in
async def list_tickets(request: web.Request) -> web.Response:
    """What customers left."""
    desk, asked = request.app[DESK], read_query(request, TicketsQuery)
    async with desk.database.read() as session:
        names = names_for(desk, rep_of(request).language)
        found = await tickets.read_tickets(session, names, state=asked.state)
    return reply({"tickets": found})


@routes.post("/api/desk/tickets/{number}/done")
@let_in
async def finish_ticket(request: web.Request) -> web.Response:
    """The customer was reached."""
    desk, rep, body = request.app[DESK], rep_of(request), await read_body(request, EndBody)
    number = request.match_info["number"]
    ticket = await tickets.do_finish_ticket(desk, rep, number, outcome=body.outcome, note=body.note)
    async with desk.database.read() as session:
        known = await reps.all_reps(session)
    return reply({"ticket": tickets.ticket_json(ticket, known, names_for(desk, rep.language))})


@routes.get("/api/desk/audit")
@let_in
async def read_audit(request: web.Request) -> web.Response:
    """What reps did; for those who lead others."""
    check_lead(rep_of(request))
    asked, names = read_query(request, AuditQuery), names_for(request.app[DESK], rep_of(request).language)
    async with request.app[DESK].database.read() as session:
        known = await reps.all_reps(session)
        entries = await audit.read(
            session, conversation_id=asked.conversation, before=asked.before, limit=asked.limit
        )
    rows = [
        {
            "id": entry.id,
            "at": moment(entry.at),
            "rep": None if entry.rep_id is None else rep_json(known.get(entry.rep_id)),
            "action": entry.action,
            "conversation": None if entry.conversation_id is None else str(entry.conversation_id),
            "details": entry.details,
            "facts": facts(entry.details, names, known),
        }
        for entry in entries
    ]
    return reply({"entries": rows})

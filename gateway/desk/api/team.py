"""The team: leads see it, admins change it."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from gateway.conversations.access import parse_id
from gateway.desk import reps, team
from gateway.desk.access import check_admin, check_lead
from gateway.desk.api.bodies import AddRepBody, ChangeRepBody
from gateway.desk.api.gate import let_in, rep_of
from gateway.desk.api.keys import DESK
from gateway.desk.items import names_for
from gateway.desk.lists import member_json
from gateway.desk.records import Rep
from gateway.desk.team import NewRep
from gateway.desk.totp import otpauth_uri, qr_rows
from gateway.errors import GatewayError
from gateway.web.bodies import read_body
from gateway.web.replies import reply

routes = web.RouteTableDef()
TEAM = "/api/desk/team"
MEMBER = TEAM + "/{id}"
Json = dict[str, Any]


@routes.get(TEAM)
@let_in
async def show(request: web.Request) -> web.Response:
    """Everybody, those too who may not sign in any more."""
    check_lead(rep_of(request))
    desk, names = request.app[DESK], names_for(request.app[DESK], rep_of(request).language)
    async with desk.database.read() as session:
        known, claimed = await reps.all_reps(session), await reps.claimed_counts(session)
    return reply({"members": [member_json(rep, names, claimed, desk.clock()) for rep in known.values()]})


@routes.post(TEAM)
@let_in
async def add(request: web.Request) -> web.Response:
    """Add somebody; the answer alone holds what to hand over."""
    check_admin(rep_of(request))
    desk, body = request.app[DESK], await read_body(request, AddRepBody)
    made = await team.do_add_rep(
        desk.team,
        body.user_id.strip().lower(),
        name=body.name,
        alias=body.alias,
        role=body.role,
        languages=body.languages,
        team_name=body.team,
        now=desk.clock(),
        by=rep_of(request).id,
        rep_id=body.id,
    )
    desk.live.bell.ring()
    return await _told(request, made.rep, status=201, credentials=_credentials(made))


@routes.patch(MEMBER)
@let_in
async def change(request: web.Request) -> web.Response:
    """Change what is named, and nothing else."""
    check_admin(rep_of(request))
    body = await read_body(request, ChangeRepBody)
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    return await _changed(request, lambda desk, **who: team.do_change_rep(desk.team, changes=changes, **who))


@routes.post(MEMBER + "/reset")
@let_in
async def reset(request: web.Request) -> web.Response:
    """New credentials; the answer alone holds them."""
    rep, desk = rep_of(request), request.app[DESK]
    check_admin(rep)
    rep_id = _member_id(request)
    if rep_id == rep.id:
        raise GatewayError("own_account")
    made = await team.do_reset_rep(desk.team, rep_id, now=desk.clock(), by=rep.id)
    desk.live.bell.ring()
    return await _told(request, made.rep, credentials=_credentials(made))


@routes.post(MEMBER + "/deactivate")
@let_in
async def deactivate(request: web.Request) -> web.Response:
    """Let somebody go; their conversations go back to the head of the queue."""
    check_admin(rep_of(request))
    desk, rep_id = request.app[DESK], _member_id(request)
    returned = await team.do_deactivate(desk.team, rep_id, now=desk.clock(), by=rep_of(request).id)
    for conversation_id in returned:
        desk.live.wake(conversation_id)
    desk.live.bell.ring()
    async with desk.database.read() as session:
        rep = await session.get_one(Rep, rep_id)
    return await _told(request, rep, returned=len(returned))


@routes.post(MEMBER + "/activate")
@let_in
async def activate(request: web.Request) -> web.Response:
    """Take somebody back."""
    check_admin(rep_of(request))
    return await _changed(request, lambda desk, **who: team.do_activate(desk.team, **who))


async def _changed(request: web.Request, do: Callable[..., Awaitable[Rep]]) -> web.Response:
    desk = request.app[DESK]
    rep = await do(desk, rep_id=_member_id(request), now=desk.clock(), by=rep_of(request).id)
    desk.live.bell.ring()
    return await _told(request, rep)


async def _told(request: web.Request, rep: Rep, *, status: int = 200, **more: Any) -> web.Response:
    desk, names = request.app[DESK], names_for(request.app[DESK], rep_of(request).language)
    async with desk.database.read() as session:
        claimed = await reps.claimed_counts(session)
    return reply({"member": member_json(rep, names, claimed, desk.clock()), **more}, status=status)


def _member_id(request: web.Request) -> uuid.UUID:
    found = parse_id(request.match_info["id"])
    if found is None:
        raise GatewayError("rep_not_found")
    return found


def _credentials(made: NewRep) -> Json:
    uri = otpauth_uri(made.secret, account=made.rep.user_id)
    return {"password": made.password, "secret": made.secret, "uri": uri, "qr": qr_rows(uri)}

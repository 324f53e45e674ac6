"""One hidden value of a conversation, for a rep who says why."""

from aiohttp import web

from gateway.desk.access import access_conversation
from gateway.desk.api.gate import conversation_of, let_in, rep_of
from gateway.desk.revealing import do_reveal
from gateway.records.bodies import RevealBody
from gateway.records.keys import MASKER
from gateway.web.bodies import read_body
from gateway.web.keys import CLOCK, DATABASE
from gateway.web.replies import reply

routes = web.RouteTableDef()


@routes.post("/api/desk/conversations/{id}/reveal")
@let_in
async def reveal(request: web.Request) -> web.Response:
    """The value as it was typed, or as the bot keeps it."""
    conversation_id, body = conversation_of(request), await read_body(request, RevealBody)
    async with request.app[DATABASE].write() as session:
        kind, value = await do_reveal(
            session,
            rep_of(request),
            await access_conversation(session, conversation_id),
            body.value,
            reason=body.reason,
            known=request.app[MASKER].known,
            now=request.app[CLOCK](),
        )
        await session.commit()
    return reply({"kind": kind, "value": value})

"""One hidden value of one message, for a rep who says why; each time is written down."""

from aiohttp import web

from gateway.conversations.records import Message
from gateway.desk import audit
from gateway.desk.access import access_conversation
from gateway.desk.api.gate import conversation_of, let_in, rep_of
from gateway.errors import GatewayError
from gateway.masking.find import find_spans
from gateway.records.bodies import RevealBody
from gateway.records.keys import MASKER
from gateway.web.bodies import LARGEST_SEQ, read_body
from gateway.web.keys import CLOCK, DATABASE
from gateway.web.replies import reply

routes = web.RouteTableDef()


@routes.post("/api/desk/conversations/{id}/messages/{seq:[0-9]{1,10}}/reveal")
@let_in
async def reveal(request: web.Request) -> web.Response:
    """The value as it was typed."""
    conversation_id, seq = conversation_of(request), int(request.match_info["seq"])
    body = await read_body(request, RevealBody)
    async with request.app[DATABASE].write() as session:
        await access_conversation(session, conversation_id)
        message = await session.get(Message, (conversation_id, min(seq, LARGEST_SEQ)))
        if message is None:
            raise GatewayError("value_not_found")
        spans = find_spans(message.text, request.app[MASKER].known)
        if body.index >= len(spans):
            raise GatewayError("value_not_found")
        span = spans[body.index]
        audit.write(
            session,
            "reveal",
            now=request.app[CLOCK](),
            rep_id=rep_of(request).id,
            conversation_id=conversation_id,
            seq=seq,
            index=body.index,
            kind=span.kind,
            reason=body.reason,
        )
        await session.commit()
    return reply({"kind": span.kind, "value": message.text[span.start : span.end]})

"""What was delivered to whom, and delivering it again; for leads."""

import uuid

from aiohttp import web

from gateway.desk import audit
from gateway.desk.access import check_lead
from gateway.desk.api.gate import let_in, rep_of
from gateway.errors import GatewayError
from gateway.records.bodies import DeliveriesQuery
from gateway.web.bodies import read_query
from gateway.web.keys import CLOCK, DATABASE, SERVICE, SETTINGS
from gateway.web.replies import reply
from gateway.webhooks.delivering import delivery_json, do_replay
from gateway.webhooks.endpoints import from_settings, read_endpoints
from gateway.webhooks.reading import read_deliveries

routes = web.RouteTableDef()


@routes.get("/api/desk/webhooks")
@let_in
async def deliveries(request: web.Request) -> web.Response:
    """The endpoints, without their secrets, and a page of deliveries."""
    check_lead(rep_of(request))
    asked = read_query(request, DeliveriesQuery)
    async with request.app[DATABASE].read() as session:
        endpoints = await read_endpoints(session, from_settings(request.app[SETTINGS].gateway_webhooks))
        page, older = await read_deliveries(
            session, state=asked.state, endpoint=asked.endpoint, before=asked.before, limit=asked.limit
        )
    shown = [{"name": one.name, "url": one.url, "events": sorted(one.events)} for one in endpoints.values()]
    rows = [delivery_json(delivery) for delivery in page]
    return reply({"endpoints": shown, "deliveries": rows, "older": older})


@routes.post("/api/desk/webhooks/{id}/replay")
@let_in
async def replay(request: web.Request) -> web.Response:
    """Deliver again, under the same id."""
    rep, now = rep_of(request), request.app[CLOCK]()
    check_lead(rep)
    try:
        delivery_id = uuid.UUID(request.match_info["id"])
    except ValueError as error:
        raise GatewayError("delivery_not_found") from error
    delivery = await do_replay(request.app[DATABASE], delivery_id, now=now)
    async with request.app[DATABASE].write() as session:
        audit.write(session, "replay_webhook", now=now, rep_id=rep.id, delivery=str(delivery_id))
        await session.commit()
    request.app[SERVICE].live.deliveries.ring()
    return reply({"delivery": delivery_json(delivery)})

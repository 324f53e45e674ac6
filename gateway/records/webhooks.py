"""What was delivered to whom, and delivering it again; for leads."""

import uuid

from aiohttp import web
from sqlalchemy import select

from gateway.desk import audit
from gateway.desk.access import check_lead
from gateway.desk.api.gate import let_in, rep_of
from gateway.errors import GatewayError
from gateway.records.bodies import DeliveriesQuery
from gateway.web.bodies import read_query
from gateway.web.keys import CLOCK, DATABASE, SETTINGS
from gateway.web.replies import reply
from gateway.webhooks.delivering import delivery_json, do_replay
from gateway.webhooks.endpoints import from_settings, read_endpoints
from gateway.webhooks.records import WebhookDelivery

routes = web.RouteTableDef()


@routes.get("/api/desk/webhooks")
@let_in
async def deliveries(request: web.Request) -> web.Response:
    """The endpoints, without their secrets, and the newest deliveries."""
    check_lead(rep_of(request))
    asked = read_query(request, DeliveriesQuery)
    query = select(WebhookDelivery).order_by(WebhookDelivery.event_id.desc()).limit(asked.limit)
    if asked.state is not None:
        query = query.where(WebhookDelivery.state == asked.state)
    async with request.app[DATABASE].read() as session:
        endpoints = await read_endpoints(session, from_settings(request.app[SETTINGS].gateway_webhooks))
        found = (await session.execute(query)).scalars().all()
    shown = [{"name": one.name, "url": one.url, "events": sorted(one.events)} for one in endpoints.values()]
    return reply({"endpoints": shown, "deliveries": [delivery_json(delivery) for delivery in found]})


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
    return reply({"delivery": delivery_json(delivery)})

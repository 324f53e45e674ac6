"""Deliveries in pages, the newest first, for whoever looks after them."""

import re
from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.errors import GatewayError
from gateway.webhooks.records import WebhookDelivery

_CURSOR = re.compile(r"(\d{1,18})\.([a-z0-9-]{1,64})", re.ASCII)


async def read_deliveries(
    session: AsyncSession, *, state: str | None, endpoint: str | None, before: str | None, limit: int
) -> tuple[Sequence[WebhookDelivery], str | None]:
    """A page, and where the one after it begins, if there is one; raises invalid_query."""
    query = select(WebhookDelivery).order_by(WebhookDelivery.event_id.desc(), WebhookDelivery.endpoint)
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    if endpoint is not None:
        query = query.where(WebhookDelivery.endpoint == endpoint)
    if before is not None:
        event_id, name = _read_cursor(before)
        same = and_(WebhookDelivery.event_id == event_id, WebhookDelivery.endpoint > name)
        query = query.where(or_(WebhookDelivery.event_id < event_id, same))
    found = list((await session.execute(query.limit(limit + 1))).scalars())
    page = found[:limit]
    older = f"{page[-1].event_id}.{page[-1].endpoint}" if len(found) > limit else None
    return page, older


def _read_cursor(before: str) -> tuple[int, str]:
    found = _CURSOR.fullmatch(before)
    if found is None:
        raise GatewayError("invalid_query")
    return int(found[1]), found[2]

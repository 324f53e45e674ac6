"""Delivers: signed as the Standard Webhooks specification says, over https, without following redirects."""

import asyncio
import base64
import hashlib
import hmac
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import structlog

from gateway.backoff import claim_due, next_try
from gateway.conversations.database import Database
from gateway.errors import GatewayError
from gateway.webhooks.endpoints import Endpoint, read_endpoints
from gateway.webhooks.records import DeliveryState, WebhookDelivery

log = structlog.get_logger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
TRIES = 12  # over about a day
BATCH = 20
GONE = 410  # the endpoint wants no more of it


def signature(key: bytes, id: str, timestamp: int, body: str) -> str:
    """The `webhook-signature` of one try."""
    signed = f"{id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(endpoint: Endpoint, delivery: WebhookDelivery, now: datetime) -> dict[str, str]:
    """What goes with a delivery; the id is the same each time, the timestamp is not."""
    id, timestamp = f"msg_{delivery.id.hex}", int(now.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(endpoint.key, id, timestamp, delivery.body),
    }


@dataclass(frozen=True)
class Deliverer:
    """Delivers what is due; several workers may do so at once."""

    database: Database
    session: aiohttp.ClientSession
    settled: Sequence[Endpoint]
    clock: Callable[[], datetime]

    async def deliver_due(self) -> int:
        """Try what is due once; returns how many were tried."""
        claimed, endpoints = await self._claim()
        await asyncio.gather(*(self._deliver(one, endpoints.get(one.endpoint)) for one in claimed))
        return len(claimed)

    async def _deliver(self, delivery: WebhookDelivery, endpoint: Endpoint | None) -> None:
        answer = (None, "endpoint_removed") if endpoint is None else await self._try(endpoint, delivery)
        await self._end(delivery, *answer)

    async def _claim(self) -> tuple[Sequence[WebhookDelivery], dict[str, Endpoint]]:
        async with self.database.write() as session:
            found = await claim_due(
                session, WebhookDelivery, WebhookDelivery.event_id, now=self.clock(), limit=BATCH
            )
            endpoints = await read_endpoints(session, self.settled)
            await session.commit()
        return found, endpoints

    async def _try(self, endpoint: Endpoint, delivery: WebhookDelivery) -> tuple[int | None, str | None]:
        post = self.session.post(
            endpoint.url,
            data=delivery.body.encode(),
            headers=headers(endpoint, delivery, self.clock()),
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        try:
            async with post as response:
                return response.status, None
        except TimeoutError:
            return None, "timeout"
        except (aiohttp.ClientError, OSError) as error:
            return None, type(error).__name__

    async def _end(self, delivery: WebhookDelivery, status: int | None, error: str | None) -> None:
        now = self.clock()
        async with self.database.write() as session:
            stored = await session.get(WebhookDelivery, delivery.id, with_for_update=True)
            if stored is None or stored.state != DeliveryState.WAITING:
                return
            stored.claimed_until, stored.last_status, stored.last_error = None, status, error
            if status is not None and 200 <= status < 300:
                stored.state, stored.ended_at = DeliveryState.DELIVERED, now
            elif status == GONE or error == "endpoint_removed" or stored.tries >= TRIES:
                stored.state, stored.ended_at = DeliveryState.FAILED, now
                log.warning("delivery_given_up", endpoint=stored.endpoint, status=status, error=error)
            else:
                stored.due_at = next_try(now, stored.tries)
            await session.commit()


async def do_replay(database: Database, delivery_id: uuid.UUID, *, now: datetime) -> WebhookDelivery:
    """Deliver again, under the same id, so that who has it already knows; raises delivery_not_found."""
    async with database.write() as session:
        delivery = await session.get(WebhookDelivery, delivery_id, with_for_update=True)
        if delivery is None:
            raise GatewayError("delivery_not_found")
        delivery.state, delivery.tries, delivery.due_at = DeliveryState.WAITING, 0, now
        delivery.ended_at = delivery.claimed_until = None
        await session.commit()
    return delivery


def delivery_json(delivery: WebhookDelivery) -> dict[str, object]:
    """A delivery as the desk gets it."""
    ended = delivery.ended_at
    return {
        "id": str(delivery.id),
        "endpoint": delivery.endpoint,
        "event": delivery.event,
        "conversation": str(delivery.conversation_id),
        "state": delivery.state,
        "tries": delivery.tries,
        "status": delivery.last_status,
        "error": delivery.last_error,
        "created_at": delivery.created_at.isoformat(),
        "due_at": delivery.due_at.isoformat(),
        "ended_at": None if ended is None else ended.isoformat(),
        "body": delivery.body,
    }

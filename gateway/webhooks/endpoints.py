"""Where deliveries go: endpoints of the settings and those added by command; https, or this machine."""

import base64
import ipaddress
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.ledger.kinds import Kind
from gateway.settings import WebhookSetting
from gateway.webhooks.records import WebhookEndpoint

# What can be heard of: the name in deliveries, and what it is in the ledger.
EVENTS: dict[str, Kind] = {
    "conversation.begun": Kind.BEGUN,
    "handoff.requested": Kind.HANDOFF_REQUESTED,
    "handoff.claimed": Kind.HANDOFF_CLAIMED,
    "handoff.returned": Kind.HANDED_BACK,
    "handoff.closed": Kind.HANDOFF_CLOSED,
    "ticket.created": Kind.TICKET_CREATED,
    "transcript.ready": Kind.TRANSCRIPT_READY,
    "transcript.sent": Kind.TRANSCRIPT_SENT,
    "operation.done": Kind.OPERATION_DONE,
    "operation.refused": Kind.OPERATION_REFUSED,
    "conversation.abandoned": Kind.ABANDONED,
}
PREFIX = "whsec_"


class EndpointFaultError(ValueError):
    """An endpoint that can't be used; the message says why."""


@dataclass(frozen=True)
class Endpoint:
    """An address and what it wants to hear of."""

    name: str
    url: str
    secret: str
    events: frozenset[str]

    @property
    def key(self) -> bytes:
        """The bytes that deliveries are signed with."""
        return secret_key(self.secret)


def secret_key(secret: str) -> bytes:
    """The key in a secret, which is base64 behind `whsec_`; raises EndpointFaultError."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError as error:
        raise EndpointFaultError("the secret must be whsec_ and base64") from error
    if len(key) < 24:
        raise EndpointFaultError("the secret must hold at least 24 bytes")
    return key


def new_secret() -> str:
    """A secret as the Standard Webhooks specification writes it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def check(endpoint: Endpoint) -> Endpoint:
    """The endpoint; raises EndpointFaultError for an address or an event that can't be."""
    parts = urlsplit(endpoint.url)
    if parts.username or parts.password or not parts.hostname:
        raise EndpointFaultError("the address needs a host, and no password")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname)):
        raise EndpointFaultError("the address must be https, except on this machine")
    unknown = sorted(endpoint.events - set(EVENTS))
    if unknown or not endpoint.events:
        raise EndpointFaultError(f"unknown events {unknown}; there are {sorted(EVENTS)}")
    secret_key(endpoint.secret)
    return endpoint


def from_settings(settings: Iterable[WebhookSetting]) -> list[Endpoint]:
    """The endpoints of the settings; raises EndpointFaultError."""
    return [
        check(Endpoint(one.name, str(one.url), one.secret.get_secret_value(), frozenset(one.events)))
        for one in settings
    ]


async def read_endpoints(session: AsyncSession, settled: Sequence[Endpoint]) -> dict[str, Endpoint]:
    """All endpoints by name; one of the settings hides a stored one of the same name."""
    stored = (await session.execute(select(WebhookEndpoint))).scalars()
    found = {row.name: Endpoint(row.name, row.url, row.secret, frozenset(row.events)) for row in stored}
    return {**found, **{endpoint.name: endpoint for endpoint in settled}}


async def do_add(database: Database, endpoint: Endpoint, *, now: datetime) -> None:
    """Keep an endpoint, or change it; raises EndpointFaultError."""
    check(endpoint)
    async with database.write() as session:
        await session.merge(
            WebhookEndpoint(
                name=endpoint.name,
                url=endpoint.url,
                secret=endpoint.secret,
                events=sorted(endpoint.events),
                created_at=now,
            )
        )
        await session.commit()


async def do_remove(database: Database, name: str) -> bool:
    """Forget an endpoint; whether there was one."""
    async with database.write() as session:
        gone = await session.execute(delete(WebhookEndpoint).where(WebhookEndpoint.name == name))
        await session.commit()
    return bool(gone.rowcount)  # type: ignore[attr-defined]  # a delete always tells


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""Who is calling: a customer by token, a service inside a session, or a rep on a customer's behalf."""

import hmac
import re
from dataclasses import dataclass, replace

from aiohttp import web

from backend.api.routes import Route, Who
from backend.domain.errors import Refusal
from backend.domain.people import Actor, ActorKind, Channel, Profile, Session
from backend.service.backend import Backend
from backend.service.signing_in import session_by_id, session_by_token, touch
from backend.settings import Service, Settings

REP = re.compile(r"[A-Za-z0-9._@-]{1,64}")
NAMED = {channel.value for channel in Channel if channel is not Channel.SYSTEM}
ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Caller:
    """What the headers prove."""

    actor: Actor
    profile: Profile | None
    service: str | None


async def identify(request: web.Request, route: Route, backend: Backend, settings: Settings) -> Caller:
    """The caller, or the refusal that fits the route."""
    token = bearer(request)
    name, service = find_service(token, settings)
    channel = channel_of(request, service)
    if route.who is Who.ANYONE:
        return Caller(Actor(ActorKind.CUSTOMER, id="anyone", channel=channel), None, name)
    if token is None:
        raise Refusal("not_signed_in")
    if route.who is Who.SERVICE:
        return _as_service(request, route, name, service, channel)
    if service is None:
        session, profile = await session_by_token(backend, token)
        await touch(backend, session)
        return Caller(_customer(profile, session, channel), profile, None)
    return await _through_service(request, backend, name or "", service, channel)


def bearer(request: web.Request) -> str | None:
    """The token of `Authorization: Bearer ...`."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def find_service(token: str | None, settings: Settings) -> tuple[str | None, Service | None]:
    """The service whose token this is; every token is compared, in constant time."""
    found: tuple[str | None, Service | None] = (None, None)
    for name, service in settings.services.items():
        if token is not None and hmac.compare_digest(
            service.token.get_secret_value().encode(), token.encode()
        ):
            found = (name, service)
    return found


def channel_of(request: web.Request, service: Service | None) -> Channel:
    """The door a service names; customers who come by themselves come through the portal."""
    named = request.headers.get("X-Channel", "")
    if service is None or named not in NAMED:
        return Channel.PORTAL
    return Channel(named)


def _as_service(
    request: web.Request, route: Route, name: str | None, service: Service | None, channel: Channel
) -> Caller:
    if service is None or name is None:
        raise Refusal("not_signed_in")
    need(service, route.scope or "")
    return Caller(Actor(ActorKind.REP, id=_rep(request) or name, channel=channel), None, name)


async def _through_service(
    request: web.Request, backend: Backend, name: str, service: Service, channel: Channel
) -> Caller:
    if (session_id := request.headers.get("X-Session-Id")) is not None:
        need(service, "act_in_session")
        session, profile = await session_by_id(backend, session_id if ID.fullmatch(session_id) else "")
        await touch(backend, session)
        return Caller(_customer(profile, session, channel), profile, name)
    if (profile_id := request.headers.get("X-On-Behalf-Of")) is not None:
        need(service, "act_on_behalf")
        profile = await _profile(backend, profile_id if ID.fullmatch(profile_id) else "")
        actor = Actor(ActorKind.REP, id=_rep(request) or name, channel=channel)
        return Caller(replace(actor, profile_id=profile.id), profile, name)
    raise Refusal("not_signed_in")


async def _profile(backend: Backend, profile_id: str) -> Profile:
    async with backend.store.reading() as uow:
        profile = await uow.profiles.get(profile_id)
    if profile is None:
        raise Refusal("customer_not_found")
    return profile


def _customer(profile: Profile, session: Session, channel: Channel) -> Actor:
    return Actor(
        ActorKind.CUSTOMER, id=profile.id, channel=channel, profile_id=profile.id, session_id=session.id
    )


def _rep(request: web.Request) -> str | None:
    rep = request.headers.get("X-Rep", "")
    return rep if REP.fullmatch(rep) else None


def need(service: Service, scope: str) -> None:
    """Refuse a service that lacks the scope."""
    if scope not in service.scopes:
        raise Refusal("scope_missing", scope=scope)

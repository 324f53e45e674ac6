"""Signing in and out: tries limited per profile and per client address, sessions that end by themselves."""

from dataclasses import dataclass
from datetime import timedelta

from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.limits import Attempts, too_many
from backend.domain.people import Actor, ActorKind, Channel, Profile, Session
from backend.service.backend import Backend, new_token, token_digest
from backend.service.perform import Work
from backend.service.ports import UnitOfWork
from backend.service.proof import count_try

TOUCH_EVERY = timedelta(minutes=1)
_KEPT = 64


@dataclass(frozen=True)
class SignIn:
    """What a customer types, and from where."""

    user_id: str
    password: str
    address: str
    channel: Channel


@dataclass(frozen=True)
class SignedIn:
    """An open session; the token is told here and nowhere else."""

    session: Session
    profile: Profile
    token: str


async def sign_in(backend: Backend, command: SignIn) -> SignedIn:
    """Open a session, or refuse in the same words whatever was wrong."""
    policy = backend.policy
    user_id = command.user_id.strip().casefold()[:_KEPT]
    key = backend.tries_of("sign-in-profile", user_id)
    await count_try(
        backend, (key, policy.sign_in_profile), (f"sign-in-address:{command.address}", policy.sign_in_address)
    )
    async with backend.store.reading() as uow:
        found = await uow.profiles.by_user_id(user_id)
    is_right = await backend.hasher.verify(command.password, found.password_hash if found else None)
    fresh = (
        await backend.hasher.hash(command.password)
        if found and is_right and _outdated(backend, found)
        else None
    )
    async with backend.store.writing() as uow:
        attempts = await uow.attempts.of(key, backend.now())
        profile = await uow.profiles.get(found.id, lock=True) if found else None
        if found is None or profile is None or not is_right or profile.password_hash != found.password_hash:
            await _refuse(backend, uow, command, profile, attempts)
        assert profile is not None
        profile.password_hash = fresh or profile.password_hash
        signed_in = open_session(backend, uow, profile, channel=command.channel, action="sign_in")
        attempts.succeeded(backend.now())
        (await uow.attempts.of(f"sign-in-address:{command.address}", backend.now())).succeeded(backend.now())
        await uow.commit()
    return signed_in


def _outdated(backend: Backend, profile: Profile) -> bool:
    return backend.hasher.is_outdated(profile.password_hash)


def open_session(
    backend: Backend, uow: UnitOfWork, profile: Profile, *, channel: Channel, action: str
) -> SignedIn:
    """A session for whoever proved to be this; `action` is what the audit calls it."""
    now, token = backend.now(), new_token()
    session = Session(
        id=new_id(),
        token_digest=token_digest(token),
        profile_id=profile.id,
        created_at=now,
        used_at=now,
        expires_at=now + backend.policy.session_life,
    )
    uow.sessions.add(session)
    profile.use(now)
    actor = Actor(ActorKind.CUSTOMER, id=profile.id, channel=channel, profile_id=profile.id)
    Work(backend=backend, uow=uow, actor=actor, now=now).audit(action, profile_id=profile.id)
    return SignedIn(session=session, profile=profile, token=token)


async def _refuse(
    backend: Backend, uow: UnitOfWork, command: SignIn, profile: Profile | None, attempts: Attempts
) -> None:
    work = _work(backend, uow, command, profile)
    work.audit("sign_in_refused", profile_id=profile.id if profile else None)
    now = backend.now()
    is_locked = attempts.locked_until is not None and attempts.locked_until > now
    if is_locked and profile is not None:
        work.send("sign_in_locked", profile)
    left = attempts.left(backend.policy.sign_in_profile)
    wait = attempts.locked_until - now if is_locked and attempts.locked_until else None
    await uow.commit()
    if wait is not None:
        raise too_many(wait)
    raise Refusal("wrong_credentials", attempts_left=left)


def _work(backend: Backend, uow: UnitOfWork, command: SignIn, profile: Profile | None) -> Work:
    profile_id = profile.id if profile else None
    actor = Actor(
        kind=ActorKind.CUSTOMER, id=profile_id or "unknown", channel=command.channel, profile_id=profile_id
    )
    return Work(backend=backend, uow=uow, actor=actor, now=backend.now())


async def sign_out(backend: Backend, actor: Actor) -> None:
    """End the session; ending it again is no fault."""
    async with backend.store.writing() as uow:
        session = await uow.sessions.get(actor.session_id or "", lock=True)
        if session is not None and session.ended_at is None:
            session.ended_at = backend.now()
            work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
            work.audit("sign_out", profile_id=actor.profile_id)
        await uow.commit()


async def session_by_token(backend: Backend, token: str) -> tuple[Session, Profile]:
    """The open session a customer's token stands for."""
    async with backend.store.reading() as uow:
        session = await uow.sessions.by_digest(token_digest(token))
        return await _checked(backend, uow, session)


async def session_by_id(backend: Backend, session_id: str) -> tuple[Session, Profile]:
    """The open session of that id; only a trusted service may ask by id."""
    async with backend.store.reading() as uow:
        session = await uow.sessions.get(session_id)
        return await _checked(backend, uow, session)


async def _checked(backend: Backend, uow: UnitOfWork, session: Session | None) -> tuple[Session, Profile]:
    if session is None or not session.is_open(backend.now(), idle=backend.policy.session_idle):
        raise Refusal("session_expired")
    profile = await uow.profiles.get(session.profile_id)
    if profile is None:
        raise Refusal("session_expired")
    return session, profile


async def touch(backend: Backend, session: Session) -> None:
    """Remember that the session is in use, at most once a minute."""
    now = backend.now()
    if now - session.used_at < TOUCH_EVERY:
        return
    async with backend.store.writing() as uow:
        kept = await uow.sessions.get(session.id, lock=True)
        if kept is not None:
            kept.used_at = max(kept.used_at, now)
        await uow.commit()

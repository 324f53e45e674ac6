"""A forgotten id or password comes back through a single-use link by e-mail (FAQ forgot_credentials)."""

from dataclasses import dataclass

from backend.domain.credentials import check_password
from backend.domain.errors import Refusal
from backend.domain.people import Actor, ActorKind, Channel, Profile, RecoveryLink
from backend.domain.records import Operation
from backend.service.backend import Backend, new_token, token_digest
from backend.service.perform import Done, Work
from backend.service.ports import UnitOfWork
from backend.service.proof import count_try

PASSWORD, USER_ID = "password", "user_id"


@dataclass(frozen=True)
class AskRecovery:
    """Send a link to whoever this is; the answer is the same whether anybody is."""

    email: str
    user_id: str | None
    purpose: str
    address: str
    channel: Channel


@dataclass(frozen=True)
class SetPassword:
    """Choose a new password with a link instead of the old one."""

    token: str
    new_password: str
    channel: Channel


async def ask_recovery(backend: Backend, command: AskRecovery) -> None:
    """Promise a link to each profile of that address (or the one of that id); tell nobody if there is one."""
    await count_try(backend, (f"recovery-address:{command.address}", backend.policy.recovery_address))
    async with backend.store.writing() as uow:
        for profile in await uow.profiles.by_email(command.email):
            if command.user_id is None or profile.user_id == command.user_id.strip().casefold():
                await _promise(backend, uow, command, profile)
        await uow.commit()


async def _promise(backend: Backend, uow: UnitOfWork, command: AskRecovery, profile: Profile) -> None:
    token = new_token()
    await uow.recovery.drop(profile.id, command.purpose)
    uow.recovery.add(
        RecoveryLink(
            token_digest=token_digest(token),
            profile_id=profile.id,
            purpose=command.purpose,
            expires_at=backend.now() + backend.policy.recovery_life,
        )
    )
    work = work_for(backend, uow, profile, command.channel)
    work.audit(f"recovery_asked_{command.purpose}", profile_id=profile.id)
    # The token is a fragment: it stays out of the logs of servers and proxies.
    link = f"{backend.public_url}/recovery?lang={profile.language.value}#{command.purpose}={token}"
    work.send(f"recovery_{command.purpose}", profile, values={"link": link, "minutes": minutes(backend)})


def minutes(backend: Backend) -> int:
    """How long a link works."""
    return int(backend.policy.recovery_life.total_seconds() // 60)


async def recover_user_id(backend: Backend, token: str) -> str:
    """Show the user id to the holder of the link, once."""
    async with backend.store.writing() as uow:
        profile, _ = await use_link(backend, uow, token, USER_ID)
        await uow.commit()
    return profile.user_id


async def recover_password(backend: Backend, command: SetPassword) -> Done:
    """Set a new password with the link; every session ends and the lock on the profile is lifted."""
    hashed = await backend.hasher.hash(command.new_password)
    async with backend.store.writing() as uow:
        profile, _ = await use_link(backend, uow, command.token, PASSWORD)
        check_password(command.new_password, user_id=profile.user_id)
        profile.password_hash = hashed
        await uow.sessions.end_all(profile.id, backend.now())
        key = backend.tries_of("sign-in-profile", profile.user_id)
        (await uow.attempts.of(key, backend.now())).succeeded(backend.now())
        receipt = await work_for(backend, uow, profile, command.channel).leave_receipt(
            Operation.PASSWORD_CHANGE, profile
        )
        await uow.commit()
    return Done(receipt)


async def use_link(
    backend: Backend, uow: UnitOfWork, token: str, purpose: str
) -> tuple[Profile, RecoveryLink]:
    """The profile and link of a good token, which is thereby used up."""
    link = await uow.recovery.get(token_digest(token), lock=True)
    if link is None or not link.is_good(backend.now(), purpose=purpose):
        raise Refusal("link_expired")
    profile = await uow.profiles.get(link.profile_id, lock=True)
    if profile is None:
        raise Refusal("link_expired")
    link.used_at = backend.now()
    return profile, link


def work_for(backend: Backend, uow: UnitOfWork, profile: Profile, channel: Channel) -> Work:
    """What the holder of a link does."""
    actor = Actor(kind=ActorKind.CUSTOMER, id=profile.id, channel=channel, profile_id=profile.id)
    return Work(backend=backend, uow=uow, actor=actor, now=backend.now())

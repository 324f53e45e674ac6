"""Registering, and changing what a profile is known by (FAQ eligibility, change_credentials)."""

from dataclasses import dataclass

from backend.domain.credentials import check_password, parse_user_id
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id
from backend.domain.people import AccountLink, Actor, ActorKind, Channel, Language, Profile
from backend.domain.records import Operation, Receipt
from backend.service.backend import Backend
from backend.service.perform import Done, Work, perform
from backend.service.proof import Proof, count_try, prove


@dataclass(frozen=True)
class Register:
    """Open a profile for the holder of an account."""

    proof: Proof
    user_id: str
    password: str
    email: str
    language: Language


@dataclass(frozen=True)
class ChangeUserId:
    """Be known by another user id."""

    user_id: str
    password: str


@dataclass(frozen=True)
class ChangePassword:
    """Choose another password, knowing the present one."""

    password: str
    new_password: str


@dataclass(frozen=True)
class ChangeLanguage:
    """Be written to in the other language."""

    language: Language


async def register(backend: Backend, command: Register, *, channel: Channel, address: str, key: str) -> Done:
    """Open a profile on proof; the account given becomes its default (FAQ which_account_number)."""
    user_id = parse_user_id(command.user_id)
    check_password(command.password, user_id=user_id)
    policy = backend.policy
    await count_try(
        backend,
        (f"proof-address:{address}", policy.proof_address),
        (backend.tries_of("proof-account", command.proof.account_number), policy.proof_account),
    )
    hashed = await backend.hasher.hash(command.password)

    async def do_register(work: Work, command: Register) -> Receipt:
        return await _register(work, command, user_id=user_id, hashed=hashed)

    actor = Actor(kind=ActorKind.CUSTOMER, id=f"register:{command.proof.account_number}", channel=channel)
    return await perform(backend, actor, do_register, command, key=key, language=command.language)


async def _register(work: Work, command: Register, *, user_id: str, hashed: str) -> Receipt:
    account = await prove(work.uow, command.proof)
    if await work.uow.profiles.by_user_id(user_id) is not None:
        raise Refusal("user_id_taken", field="user_id")
    profile = Profile(
        id=new_id(),
        user_id=user_id,
        password_hash=hashed,
        email=command.email,
        language=command.language,
        created_at=work.now,
        last_used_at=work.now,
        default_account_id=account.id,
    )
    await tell_the_others(work, account.id)
    work.uow.profiles.add(profile)
    await work.uow.flush()
    work.uow.accounts.add_link(AccountLink(profile_id=profile.id, account_id=account.id, linked_at=work.now))
    return await work.leave_receipt(
        Operation.REGISTER,
        profile,
        account=account,
        after={"user_id": user_id, "email": command.email, "account_number": account.number},
    )


async def tell_the_others(work: Work, account_id: str) -> None:
    """Everybody else who manages the account hears of a new one."""
    for other in await work.uow.profiles.of_account(account_id):
        work.send("linked_elsewhere", other, account_id=account_id)


async def change_user_id(backend: Backend, actor: Actor, command: ChangeUserId, *, key: str) -> Done:
    """A new user id, at any time (FAQ change_credentials)."""
    await confirm_password(backend, actor, command.password)
    return await perform(backend, actor, do_change_user_id, command, key=key)


async def do_change_user_id(work: Work, command: ChangeUserId) -> Receipt:
    """Swap the user id, if nobody else has the new one."""
    profile = await work.profile(lock=True)
    user_id = parse_user_id(command.user_id)
    other = await work.uow.profiles.by_user_id(user_id)
    if other is not None:
        raise Refusal("user_id_taken", field="user_id")
    before, profile.user_id = profile.user_id, user_id
    return await work.leave_receipt(
        Operation.USER_ID_CHANGE, profile, before={"user_id": before}, after={"user_id": user_id}
    )


async def change_password(backend: Backend, actor: Actor, command: ChangePassword, *, key: str) -> Done:
    """A new password; every other session ends."""
    await confirm_password(backend, actor, command.password, or_already=command.new_password)
    hashed = await backend.hasher.hash(command.new_password)

    async def do_change_password(work: Work, command: ChangePassword) -> Receipt:
        return await set_password(work, command.new_password, hashed=hashed)

    return await perform(backend, actor, do_change_password, command, key=key)


async def set_password(work: Work, password: str, *, hashed: str) -> Receipt:
    """Store the new hash, end the other sessions, and say so."""
    profile = await work.profile(lock=True)
    check_password(password, user_id=profile.user_id)
    profile.password_hash = hashed
    await work.uow.sessions.end_all(profile.id, work.now, but=work.actor.session_id)
    return await work.leave_receipt(Operation.PASSWORD_CHANGE, profile)


async def do_change_language(work: Work, command: ChangeLanguage) -> Receipt:
    """From now on in this language."""
    profile = await work.profile(lock=True)
    before, profile.language = profile.language, command.language
    return await work.leave_receipt(
        Operation.LANGUAGE_CHANGE,
        profile,
        before={"language": before.value},
        after={"language": command.language.value},
    )


async def confirm_password(
    backend: Backend, actor: Actor, password: str, *, or_already: str | None = None
) -> None:
    """Ask for the password again; tries count like sign-ins. `or_already` lets a repeat through."""
    await count_try(backend, (f"confirm:{actor.profile_id}", backend.policy.sign_in_profile))
    async with backend.store.reading() as uow:
        profile = await uow.profiles.get(actor.profile_id or "")
    hashed = profile.password_hash if profile else None
    if not await backend.hasher.verify(password, hashed) and not (
        or_already is not None and await backend.hasher.verify(or_already, hashed)
    ):
        raise Refusal("wrong_password", field="password")
    async with backend.store.writing() as uow:
        (await uow.attempts.of(f"confirm:{actor.profile_id}", backend.now())).succeeded(backend.now())
        await uow.commit()

"""Who calls proves it with an account number and a PIN, both dialled (FAQ login_attempts holds here too).

The same PIN on two profiles of one account tells nobody apart: neither is let in by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.domain.credentials import check_phone_pin
from backend.domain.errors import Refusal
from backend.domain.limits import Attempts, too_many
from backend.domain.people import Actor, ActorKind, Channel, Profile
from backend.domain.records import Operation, Receipt
from backend.service.backend import Backend
from backend.service.perform import Done, Work, perform
from backend.service.ports import UnitOfWork
from backend.service.profiles import confirm_password
from backend.service.proof import count_try
from backend.service.signing_in import SignedIn, open_session

_KEPT = 20


@dataclass(frozen=True)
class ChangePhonePin:
    """Choose a PIN for the telephone, or none, knowing the password."""

    password: str
    pin: str | None


@dataclass(frozen=True)
class PhoneSignIn:
    """What a caller dials, and from where."""

    account_number: str
    pin: str
    address: str
    channel: Channel


async def change_phone_pin(backend: Backend, actor: Actor, command: ChangePhonePin, *, key: str) -> Done:
    """Keep the PIN's hash; it is shown nowhere afterwards."""
    if command.pin is not None:
        check_phone_pin(command.pin)
    await confirm_password(backend, actor, command.password)
    hashed = None if command.pin is None else await backend.hasher.hash(command.pin)

    async def do_change_phone_pin(work: Work, command: ChangePhonePin) -> Receipt:
        profile = await work.profile(lock=True)
        profile.phone_pin_hash = hashed
        operation = Operation.PHONE_PIN_REMOVE if command.pin is None else Operation.PHONE_PIN_CHANGE
        return await work.leave_receipt(operation, profile)

    return await perform(backend, actor, do_change_phone_pin, command, key=key)


async def sign_in_by_phone(backend: Backend, command: PhoneSignIn) -> SignedIn:
    """Open a session, or refuse in the same words whatever was wrong."""
    policy, number = backend.policy, command.account_number[:_KEPT]
    key, address = backend.tries_of("phone-account", number), f"phone-address:{command.address}"
    await count_try(backend, (key, policy.phone_account), (address, policy.phone_address))
    async with backend.store.reading() as uow:
        account = await uow.accounts.by_number(number)
        known = await uow.profiles.of_account(account.id) if account else []
    holders = [profile for profile in known if profile.phone_pin_hash is not None]
    proven = await _proven(backend, holders, command.pin)
    async with backend.store.writing() as uow:
        now = backend.now()
        attempts = await uow.attempts.of(key, now)
        profile = await uow.profiles.get(proven.id, lock=True) if proven else None
        if proven is None or profile is None or profile.phone_pin_hash != proven.phone_pin_hash:
            await _refuse(backend, uow, command, holders, attempts)
        assert profile is not None
        signed_in = open_session(backend, uow, profile, channel=command.channel, action="phone_sign_in")
        attempts.succeeded(now)
        (await uow.attempts.of(address, now)).succeeded(now)
        await uow.commit()
    return signed_in


async def _proven(backend: Backend, holders: Sequence[Profile], pin: str) -> Profile | None:
    """The one profile whose PIN it is; as slow when there is nobody to compare with."""
    if not holders:
        await backend.hasher.verify(pin, None)
    fits = [holder for holder in holders if await backend.hasher.verify(pin, holder.phone_pin_hash)]
    return fits[0] if len(fits) == 1 else None


async def _refuse(
    backend: Backend,
    uow: UnitOfWork,
    command: PhoneSignIn,
    holders: Sequence[Profile],
    attempts: Attempts,
) -> None:
    now = backend.now()
    locked_until = attempts.locked_until
    tried: list[str | None] = [holder.id for holder in holders]
    for profile_id in tried or [None]:
        _work(backend, uow, command, profile_id, now).audit("phone_sign_in_refused", profile_id=profile_id)
    left = attempts.left(backend.policy.phone_account)
    is_locked = locked_until is not None and locked_until > now
    for holder in holders if is_locked else ():
        _work(backend, uow, command, holder.id, now).send("phone_sign_in_locked", holder)
    await uow.commit()
    if is_locked and locked_until is not None:
        raise too_many(locked_until - now)
    raise Refusal("wrong_pin", attempts_left=left)


def _work(
    backend: Backend, uow: UnitOfWork, command: PhoneSignIn, profile_id: str | None, now: datetime
) -> Work:
    actor = Actor(
        kind=ActorKind.CUSTOMER, id=profile_id or "unknown", channel=command.channel, profile_id=profile_id
    )
    return Work(backend=backend, uow=uow, actor=actor, now=now)

"""Profiles end: after a year without use, with a warning (FAQ inactivity), or when the customer asks."""

from dataclasses import dataclass
from datetime import timedelta

from backend.domain.people import WARNED_BEFORE, Actor, Profile
from backend.domain.records import Operation, Receipt
from backend.service.backend import Backend
from backend.service.perform import Done, Work, perform
from backend.service.profiles import confirm_password

SOONEST = timedelta(days=365) - WARNED_BEFORE
BATCH = 200


@dataclass(frozen=True)
class DeleteProfile:
    """Forget me: the profile goes, the company's accounts stay."""

    password: str


async def delete_profile(backend: Backend, actor: Actor, command: DeleteProfile, *, key: str) -> Done:
    """Delete on request, after the password was given again."""
    await confirm_password(backend, actor, command.password)
    return await perform(backend, actor, do_delete_profile, command, key=key)


async def do_delete_profile(work: Work, command: DeleteProfile) -> Receipt:
    """Remove the profile with its links and sessions; receipts stay, as the law wants."""
    return await remove(work, await work.profile(lock=True))


async def remove(work: Work, profile: Profile) -> Receipt:
    """What deletion on request and by lapse of time have in common."""
    receipt = await work.leave_receipt(Operation.PROFILE_DELETE, profile, before={"user_id": profile.user_id})
    await work.uow.profiles.delete(profile)
    return receipt


async def watch_lapses(backend: Backend, actor: Actor) -> int:
    """Warn and delete profiles that nobody uses; returns how many were touched."""
    touched, after = 0, ""
    while True:
        async with backend.store.reading() as uow:
            ids = await uow.profiles.unused_since(backend.now() - SOONEST, limit=BATCH, after=after)
        for profile_id in ids:
            touched += await _watch(backend, actor, profile_id)
        if len(ids) < BATCH:
            return touched
        after = ids[-1]


async def _watch(backend: Backend, actor: Actor, profile_id: str) -> bool:
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
        profile = await uow.profiles.get(profile_id, lock=True)
        if profile is None:
            return False
        if profile.has_lapsed(work.now):
            await remove(work, profile)
        elif profile.should_warn(work.now):
            profile.warned_at = work.now
            work.audit("inactivity_warned", profile_id=profile.id)
            work.send("inactivity_warning", profile, values={"on": profile.deletion_at.isoformat()})
        else:
            return False
        await uow.commit()
    return True

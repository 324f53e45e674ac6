"""Overdue accounts are suspended after the grace, unless a report holds that off (FAQ why_report_payment)."""

from backend.domain.accounts import GRACE, Status
from backend.domain.clock import toronto_date
from backend.domain.people import Actor
from backend.service.backend import Backend
from backend.service.perform import Work

BATCH = 200


async def suspend_overdue(backend: Backend, actor: Actor) -> int:
    """Suspend what may be suspended today; returns how many."""
    suspended, after = 0, ""
    while True:
        async with backend.store.reading() as uow:
            before = toronto_date(backend.now()) - GRACE
            ids = await uow.accounts.suspendable(before, limit=BATCH, after=after)
        for account_id in ids:
            suspended += await _suspend(backend, actor, account_id)
        if len(ids) < BATCH:
            return suspended
        after = ids[-1]


async def _suspend(backend: Backend, actor: Actor, account_id: str) -> bool:
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
        account = await uow.accounts.get(account_id, lock=True)
        if account is None or not account.may_suspend(work.today):
            return False
        account.status = Status.SUSPENDED
        work.audit(
            "suspended", profile_id=None, account_id=account.id, after={"status": account.status.value}
        )
        for profile in await uow.profiles.of_account(account.id):
            work.send("suspended", profile, values={"account_number": account.number}, account_id=account.id)
        await uow.commit()
    return True

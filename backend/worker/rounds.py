"""The worker's rounds: each job looks for due work by row, so several workers may walk at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from backend.domain.clock import toronto_date
from backend.domain.people import SYSTEM
from backend.service.addresses import apply_change
from backend.service.autopay_run import charge_due
from backend.service.backend import Backend
from backend.service.bill_run import run_bills
from backend.service.lapse import watch_lapses
from backend.service.linking import OneAccount
from backend.service.perform import Work
from backend.service.refunds import close_abandoned
from backend.service.suspension import suspend_overdue
from backend.worker.bounces import take_dropped
from backend.worker.mail import Mail
from backend.worker.sending import send_due

log = structlog.get_logger("backend.worker")
BATCH = 50
Job = Callable[[], Awaitable[int]]


class Worker:
    """Does what is due; killed at any moment, it loses and doubles nothing."""

    def __init__(self, backend: Backend, mail: Mail, *, bounces: Path | None = None) -> None:
        self.backend = backend
        self.mail = mail
        self.bounces = bounces
        # Each job with the pause between two looks at it; `None` is every round.
        self.jobs: dict[str, tuple[Job, timedelta | None]] = {
            "apply_changes": (self.apply_changes, None),
            "bills": (lambda: run_bills(self.backend, SYSTEM), None),
            "autopay": (lambda: charge_due(self.backend, SYSTEM), None),
            "expire": (lambda: close_abandoned(self.backend, SYSTEM), timedelta(minutes=1)),
            "bounces": (self.take_bounces, None),
            "send": (lambda: send_due(self.backend, self.mail), None),
            "lapses": (lambda: watch_lapses(self.backend, SYSTEM), timedelta(hours=1)),
            "suspend": (lambda: suspend_overdue(self.backend, SYSTEM), timedelta(hours=1)),
            "tidy": (self.tidy, timedelta(hours=1)),
        }
        self._last: dict[str, datetime] = {}

    async def round(self) -> int:
        """One look at every job whose turn it is; a fault in one doesn't keep the others."""
        done = 0
        for name, (job, pause) in self.jobs.items():
            now = self.backend.now()
            last = self._last.get(name)
            if pause is not None and last is not None and now - last < pause:
                continue
            try:
                done += await job()
            except Exception:
                log.exception("job_failed", job=name)
            else:
                self._last[name] = now
        return done

    async def until_idle(self) -> None:
        """Rounds until nothing is due."""
        while await self.round():
            pass

    async def apply_changes(self) -> int:
        """Scheduled changes whose day has come in Toronto, also if it came while nobody was up."""
        async with self.backend.store.reading() as uow:
            due = await uow.changes.due(toronto_date(self.backend.now()), limit=BATCH)
        applied = 0
        for change in due:
            async with self.backend.store.writing() as uow:
                work = Work(backend=self.backend, uow=uow, actor=SYSTEM, now=self.backend.now())
                applied += await apply_change(work, OneAccount(account_id=change.account_id))
                await uow.commit()
        return applied

    async def take_bounces(self) -> int:
        """What the mail server dropped in the folder for bounces, if there is one."""
        if self.bounces is None or not self.bounces.is_dir():
            return 0
        return await take_dropped(self.backend, self.bounces)

    async def tidy(self) -> int:
        """Forget keys, links, sessions and counters that no longer mean anything."""
        now = self.backend.now()
        async with self.backend.store.writing() as uow:
            await uow.keys.forget(now - self.backend.policy.keys_kept)
            await uow.recovery.forget(now - timedelta(days=1))
            await uow.sessions.forget_ended(now - timedelta(days=7))
            await uow.attempts.forget(now - timedelta(days=1))
            await uow.commit()
        return 0


async def running(worker: Worker, *, pause: float) -> AsyncIterator[None]:
    """The worker in the background, for as long as the application lives."""
    task = asyncio.create_task(walk(worker, pause=pause))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def walk(worker: Worker, *, pause: float) -> None:
    """Rounds for ever, resting when there is nothing to do."""
    while True:
        if not await worker.round():
            await asyncio.sleep(pause)

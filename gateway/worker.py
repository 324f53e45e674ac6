"""What the gateway does by itself: e-mail, webhooks, ends of visits, retention. Any number may run."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import structlog

from gateway.background import in_background
from gateway.conversations.database import Database
from gateway.figures.quiet import note_quiet
from gateway.retention.policy import policy_of
from gateway.retention.sweep import sweep
from gateway.settings import Settings
from gateway.transcripts.build import Masker
from gateway.transcripts.mail import Mail, open_mail
from gateway.transcripts.outbox import Outbox
from gateway.webhooks.delivering import Deliverer
from gateway.webhooks.dispatch import dispatch
from gateway.webhooks.endpoints import from_settings

log = structlog.get_logger(__name__)
Job = Callable[[], Awaitable[int]]


class Worker:
    """Does what is due; killed at any moment, it loses nothing and doubles nothing."""

    def __init__(
        self,
        database: Database,
        session: aiohttp.ClientSession,
        masker: Masker,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
        mail: Mail | None = None,
        delivered: Callable[[], None] = lambda: None,
    ) -> None:
        settled = from_settings(settings.gateway_webhooks)
        outbox = Outbox(database, mail or open_mail(settings), masker, settings.mail_from, clock)
        deliverer = Deliverer(database, session, settled, clock)
        self._clock = clock
        self._pause = settings.gateway_worker_pause
        # Each job, and how long to wait before looking again; None is every round.
        self._jobs: dict[str, tuple[Job, timedelta | None]] = {
            "quiet": (lambda: note_quiet(database, now=clock()), timedelta(minutes=1)),
            "dispatch": (
                lambda: _then(dispatch(database, masker, settled, now=clock()), delivered),
                None,
            ),
            "deliver": (lambda: _then(deliverer.deliver_due(), delivered), None),
            "mail": (outbox.send_due, None),
            "sweep": (
                lambda: _counted(sweep(database, policy_of(settings), now=clock())),
                timedelta(hours=1),
            ),
        }
        self._last: dict[str, datetime] = {}

    async def round(self) -> int:
        """Look at every job whose turn it is; a fault in one doesn't keep the others."""
        done = 0
        for name, (job, pause) in self._jobs.items():
            now, last = self._clock(), self._last.get(name)
            if pause is not None and last is not None and now - last < pause:
                continue
            try:
                handled = await job()
            except Exception:
                log.exception("job_failed", job=name)
                continue
            done += handled
            if not handled:
                self._last[name] = now
        return done

    async def walk(self) -> None:
        """Rounds for ever, resting when there is nothing to do."""
        while True:
            if not await self.round():
                await asyncio.sleep(self._pause)


async def _then(work: Awaitable[int], tell: Callable[[], None]) -> int:
    if done := await work:
        tell()
    return done


async def _counted(swept: Awaitable[dict[str, int]]) -> int:
    counts = await swept
    if counts:
        log.info("too_old_deleted", **counts)
    return 0


@asynccontextmanager
async def walking(worker: Worker, *, is_wanted: bool) -> AsyncIterator[None]:
    """Let the worker walk while the block runs, if one is wanted in this process."""
    if not is_wanted:
        yield
        return
    async with in_background(worker.walk()):
        yield

"""Keeping the outbox's promises: claim, send, mark; slower after each failure, given up after the last."""

from datetime import datetime, timedelta

import structlog

from backend.domain.people import SYSTEM
from backend.domain.records import MessageState, OutboxMessage
from backend.service.backend import Backend
from backend.service.bill_run import EBILL, return_to_paper
from backend.service.perform import Work
from backend.service.ports import UnitOfWork
from backend.worker.letters import write
from backend.worker.mail import Mail, MailFault

log = structlog.get_logger("backend.worker")
BATCH = 20


async def send_due(backend: Backend, mail: Mail) -> int:
    """Send what is due; returns how many messages were handled."""
    async with backend.store.writing() as uow:
        claimed = await uow.outbox.claim(
            backend.now(), until=backend.now() + backend.policy.claim_life, limit=BATCH
        )
        await uow.commit()
    for message in claimed:
        await _send(backend, mail, message)
    return len(claimed)


async def _send(backend: Backend, mail: Mail, message: OutboxMessage) -> None:
    try:
        email = await write(backend, message, sender=mail.sender)
    except Exception as error:
        # A message that can't be written counts as a try, so that it neither blocks the others nor is lost.
        log.exception("message_not_written", template=message.template)
        await _failed(backend, message, MailFault(f"not written: {type(error).__name__}"))
        return
    try:
        await mail.send(email, id=message.id)
    except MailFault as fault:
        await _failed(backend, message, fault)
        return
    async with backend.store.writing() as uow:
        kept = await uow.outbox.get(message.id, lock=True)
        if kept is not None:
            kept.state, kept.sent_at, kept.tries = MessageState.SENT, backend.now(), kept.tries + 1
            kept.values = {key: value for key, value in kept.values.items() if key != "link"}
        await uow.commit()


async def _failed(backend: Backend, message: OutboxMessage, fault: MailFault) -> None:
    async with backend.store.writing() as uow:
        kept = await uow.outbox.get(message.id, lock=True)
        if kept is not None:
            kept.tries, kept.last_error, kept.claimed_until = kept.tries + 1, str(fault), None
            kept.due_at = next_try(backend.now(), kept.tries)
            if fault.is_permanent or kept.tries >= backend.policy.outbox_tries:
                kept.state = MessageState.FAILED
                await _tell(backend, uow, kept, fault)
                log.warning("message_given_up", template=kept.template, reason=str(fault), tries=kept.tries)
        await uow.commit()


async def _tell(backend: Backend, uow: UnitOfWork, message: OutboxMessage, fault: MailFault) -> None:
    """An e-bill that can't be delivered returns its account to paper (FAQ ebill_not_received)."""
    if message.template == EBILL:
        work = Work(backend=backend, uow=uow, actor=SYSTEM, now=backend.now())
        await return_to_paper(work, message.id, "bounced" if fault.is_permanent else "send_failed")


def next_try(now: datetime, tries: int) -> datetime:
    """One minute, two, four ... at most six hours."""
    return now + min(timedelta(minutes=2 ** (tries - 1)), timedelta(hours=6))

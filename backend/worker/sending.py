"""Keeping the outbox's promises: claim, send, mark; slower after each failure, given up after the last."""

from datetime import datetime, timedelta

import structlog

from backend.domain.records import MessageState, OutboxMessage, Receipt
from backend.service.backend import Backend
from backend.wording.emails import compose
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
    email = compose(message, sender=mail.sender, receipt=await _receipt(backend, message), now=backend.now())
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


async def _receipt(backend: Backend, message: OutboxMessage) -> Receipt | None:
    if "number" not in message.values:
        return None
    async with backend.store.reading() as uow:
        return await uow.receipts.get(message.values["number"])


async def _failed(backend: Backend, message: OutboxMessage, fault: MailFault) -> None:
    async with backend.store.writing() as uow:
        kept = await uow.outbox.get(message.id, lock=True)
        if kept is not None:
            kept.tries, kept.last_error, kept.claimed_until = kept.tries + 1, str(fault), None
            kept.due_at = next_try(backend.now(), kept.tries)
            if fault.is_permanent or kept.tries >= backend.policy.outbox_tries:
                kept.state = MessageState.FAILED
                log.warning("message_given_up", template=kept.template, reason=str(fault), tries=kept.tries)
        await uow.commit()


def next_try(now: datetime, tries: int) -> datetime:
    """One minute, two, four ... at most six hours."""
    return now + min(timedelta(minutes=2 ** (tries - 1)), timedelta(hours=6))

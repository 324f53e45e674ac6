"""E-bills that come back: a delivery status report (RFC 3464) is read, and its account returns to paper."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from backend.domain.people import Actor
from backend.service.backend import Backend
from backend.service.bill_run import return_to_paper
from backend.service.perform import Work

OURS = re.compile(r"<?([0-9a-f]{32})@")


def bounced_messages(raw: bytes) -> set[str]:
    """Ids of our messages that a report gives up; none if it is no such report."""
    try:
        return _read(raw)
    except Exception:  # the email package raises many things on rubbish, and rubbish must not stop the rest
        return set()


def _read(raw: bytes) -> set[str]:
    report = message_from_bytes(raw, policy=policy.default)
    parts = list(report.walk()) if report.get_content_type() == "multipart/report" else []
    if not any(_has_failed(block) for block in _status(parts)):
        return set()
    return {found[1] for part in parts for header in _returned(part) if (found := OURS.match(header))}


def _status(parts: list[EmailMessage]) -> Iterator[EmailMessage]:
    """The blocks of fields of the report: one for the message, one for each recipient."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from blocks if isinstance(blocks, list) else []  # type: ignore[misc]


def _has_failed(block: EmailMessage) -> bool:
    """Given up: not merely delayed, relayed or delivered."""
    return str(block.get("Action", "")).strip().lower() == "failed"


def _returned(part: EmailMessage) -> Iterator[str]:
    """The Message-ID of what came back: whole, or its header alone."""
    if part.get_content_type() == "message/rfc822":
        for inner in part.get_payload():
            yield str(inner.get("Message-ID", "")).strip()  # type: ignore[union-attr]
    elif part.get_content_type() == "text/rfc822-headers":
        inner = message_from_bytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        yield str(inner.get("Message-ID", "")).strip()


async def take_report(backend: Backend, actor: Actor, raw: bytes) -> int:
    """Return to paper what a report names; returns how many accounts did so because of it."""
    return sum([await take_bounce(backend, actor, message) for message in sorted(bounced_messages(raw))])


async def take_bounce(backend: Backend, actor: Actor, message_id: str) -> bool:
    """One e-bill that came back; whether its account returned to paper because of it."""
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
        returned = await return_to_paper(work, message_id, "bounced")
        await uow.commit()
    return returned is not None

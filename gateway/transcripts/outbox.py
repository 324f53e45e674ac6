"""Keeps the promise to send: asked once or twice it is one e-mail, whoever dies on the way."""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.backoff import claim_due, next_try
from gateway.contact import contact
from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation
from gateway.desk import audit
from gateway.errors import GatewayError, too_often
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record
from gateway.transcripts.build import Masker, build
from gateway.transcripts.mail import Mail, MailError, compose
from gateway.transcripts.records import MailState, TranscriptMail

log = structlog.get_logger(__name__)

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 3  # from one conversation
TRIES = 8
BATCH = 10
LEVEL = "masked"


async def do_ask(
    database: Database,
    conversation_id: uuid.UUID,
    email: str,
    *,
    now: datetime,
    asked_by: uuid.UUID | None = None,
) -> TranscriptMail:
    """Promise a transcript as it now stands; raises email_invalid or too_many_transcripts."""
    address = check_email(email)
    digest = hashlib.sha256(address.lower().encode()).hexdigest()
    async with database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        mail = await _find(session, conversation, digest)
        if mail is None or mail.state == MailState.FAILED:
            await _check_rate(session, conversation_id, now)
        if mail is None:
            mail = _new(conversation, address, digest, asked_by, now)
            session.add(mail)
        elif mail.state == MailState.FAILED:
            mail.state, mail.tries, mail.due_at, mail.recipient = MailState.WAITING, 0, now, address
        if asked_by is not None:
            audit.write(
                session,
                "send_transcript",
                now=now,
                rep_id=asked_by,
                conversation_id=conversation_id,
                to=masked_email(address),
                masking=LEVEL,
            )
        await session.commit()
    return mail


def check_email(email: str) -> str:
    """The address in its usual spelling; raises email_invalid."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise GatewayError("email_invalid") from error


def masked_email(address: str) -> str:
    """`marie@example.ca` as `m***@example.ca`."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"


@dataclass(frozen=True)
class Outbox:
    """Sends what is due; several workers may do so at once."""

    database: Database
    mail: Mail
    masker: Masker
    sender: str
    clock: Callable[[], datetime]

    async def send_due(self) -> int:
        """Send what is due; returns how many were handled."""
        claimed = await self._claim()
        for mail in claimed:
            await self._send(mail)
        return len(claimed)

    async def _claim(self) -> Sequence[TranscriptMail]:
        async with self.database.write() as session:
            found = await claim_due(session, TranscriptMail, now=self.clock(), limit=BATCH)
            await session.commit()
        return found

    async def _send(self, mail: TranscriptMail) -> None:
        try:
            await self._hand_over(mail)
        except MailError as error:
            await self._failed(mail, error.reason, is_permanent=error.is_permanent)
        except Exception as error:  # a transcript that can't be made must not keep the others back
            log.exception("transcript_not_made", mail=str(mail.id))
            await self._failed(mail, type(error).__name__, is_permanent=False)
        else:
            await self._sent(mail)

    async def _hand_over(self, mail: TranscriptMail) -> None:
        async with self.database.read() as session:
            conversation = await session.get_one(Conversation, mail.conversation_id)
            transcript = await build(
                session, conversation, self.masker, now=mail.created_at, last_seq=mail.last_seq
            )
        transcript = transcript.model_copy(update={"language": mail.language})
        company = contact(self.masker.content.current(), mail.language)["company"]
        message = await compose(
            transcript,
            self.masker.texts,
            recipient=mail.recipient,
            id=str(mail.id),
            sender=self.sender,
            company=company,
        )
        await self.mail.send(message, id=str(mail.id))

    async def _sent(self, mail: TranscriptMail) -> None:
        now = self.clock()
        async with self.database.write() as session:
            conversation = await session.get(Conversation, mail.conversation_id)
            stored = await session.get(TranscriptMail, mail.id, with_for_update=True)
            if stored is None or conversation is None or stored.state == MailState.SENT:
                return
            recipient = masked_email(stored.recipient)
            stored.state, stored.ended_at, stored.claimed_until = MailState.SENT, now, None
            stored.recipient = recipient
            details = {"recipient": recipient, "language": stored.language, "by_rep": bool(stored.asked_by)}
            record(session, conversation, Kind.TRANSCRIPT_SENT, now=now, reason=LEVEL, details=details)
            await session.commit()

    async def _failed(self, mail: TranscriptMail, reason: str, *, is_permanent: bool) -> None:
        now = self.clock()
        async with self.database.write() as session:
            stored = await session.get(TranscriptMail, mail.id, with_for_update=True)
            if stored is None:
                return
            stored.last_error, stored.claimed_until = reason, None
            stored.due_at = next_try(now, stored.tries)
            if is_permanent or stored.tries >= TRIES:
                stored.state, stored.ended_at = MailState.FAILED, now
                log.warning("transcript_given_up", mail=str(mail.id), reason=reason)
            await session.commit()


async def _find(session: AsyncSession, conversation: Conversation, digest: str) -> TranscriptMail | None:
    query = select(TranscriptMail).where(
        TranscriptMail.conversation_id == conversation.id,
        TranscriptMail.recipient_hash == digest,
        TranscriptMail.last_seq == conversation.last_seq,
    )
    return (await session.execute(query)).scalar_one_or_none()


async def _check_rate(session: AsyncSession, conversation_id: uuid.UUID, now: datetime) -> None:
    query = select(func.count()).where(
        TranscriptMail.conversation_id == conversation_id, TranscriptMail.created_at > now - HOUR
    )
    if (await session.execute(query)).scalar_one() >= MOST_AN_HOUR:
        raise too_often("too_many_transcripts", retry_after=3600, limit=MOST_AN_HOUR)


def _new(
    conversation: Conversation, address: str, digest: str, asked_by: uuid.UUID | None, now: datetime
) -> TranscriptMail:
    return TranscriptMail(
        id=uuid.uuid4(),
        conversation_id=conversation.id,
        recipient=address,
        recipient_hash=digest,
        language=conversation.language,
        last_seq=conversation.last_seq,
        asked_by=asked_by,
        state=MailState.WAITING,
        tries=0,
        due_at=now,
        created_at=now,
    )

"""Makes a transcript of what was shown to the customer, masked; the desk's notes are no part of it.

People's words stay as they were typed; the light markup of the assistant's is written out.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from faq import ContentStore
from faq.render import to_text
from gateway.conversations.records import Conversation, Message, Sender
from gateway.masking.find import Known, mask_text
from gateway.masking.known import known_from
from gateway.settings import Language
from gateway.texts import Texts
from gateway.transcripts.schema import Transcript, TranscriptLine, TranscriptLink, TranscriptReceipt

PEOPLE = (Sender.CUSTOMER, Sender.REP)


@dataclass(frozen=True)
class Masker:
    """Masks texts in the language they are in."""

    texts: Texts
    content: ContentStore

    @property
    def known(self) -> Known:
        """What belongs to the company."""
        return known_from(self.content.current())

    def labels(self, language: Language) -> Mapping[str, str]:
        """What stands where something was hidden."""
        return self.texts.group("masking", language)

    def mask(self, text: str, language: Language) -> str:
        """The text without anything personal."""
        return mask_text(text, self.labels(language), self.known)


async def build(
    session: AsyncSession,
    conversation: Conversation,
    masker: Masker,
    *,
    now: datetime,
    last_seq: int | None = None,
) -> Transcript:
    """The conversation up to message `last_seq`, or all of it."""
    messages = await _messages(session, conversation.id, last_seq)
    return Transcript(
        conversation=str(conversation.id),
        language=conversation.language,
        channel=conversation.channel,
        begun_at=conversation.created_at,
        exported_at=now,
        messages=[_line(message, masker) for message in messages],
    )


async def _messages(session: AsyncSession, conversation_id: uuid.UUID, last_seq: int | None) -> list[Message]:
    query = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    if last_seq is not None:
        query = query.where(Message.seq <= last_seq)
    return list((await session.execute(query)).scalars())


def _line(message: Message, masker: Masker) -> TranscriptLine:
    extras, language = message.extras, message.lang
    return TranscriptLine(
        seq=message.seq,
        sender=Sender(message.sender),
        author=extras.get("author"),
        text=masker.mask(_written(message), language),
        language=language,
        at=message.created_at,
        faq_id=extras.get("faq_id"),
        choices=[masker.mask(button["title"], language) for button in extras.get("buttons", [])],
        links=[
            TranscriptLink(title=masker.mask(link["title"], language), url=link["url"])
            for link in extras.get("links", [])
        ],
        receipt=_receipt(extras.get("card")),
    )


def _written(message: Message) -> str:
    return message.text if message.sender in PEOPLE else to_text(message.text)


def _receipt(card: Mapping[str, Any] | None) -> TranscriptReceipt | None:
    if card is None or card.get("kind") != "receipt":
        return None
    return TranscriptReceipt(number=card["number"], title=card["title"], effective=card["effective"])

"""Keeps what a customer thought of one answer, with the answer's id and version as they were shown."""

import uuid
from datetime import datetime

from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.records import Feedback, Message, Sender
from gateway.errors import GatewayError
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record


async def do_rate(
    database: Database,
    conversation_id: uuid.UUID,
    seq: int,
    *,
    useful: bool,
    comment: str | None,
    now: datetime,
) -> None:
    """Store or replace the rating of message `seq`; raises message_not_found unless it is an answer."""
    async with database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        message = await session.get(Message, (conversation_id, seq))
        if message is None or not _is_answer(message):
            raise GatewayError("message_not_found", {"seq": seq})
        feedback = await session.get(Feedback, (conversation_id, seq))
        if feedback is None:
            feedback = Feedback(conversation_id=conversation_id, seq=seq, created_at=now)
            session.add(feedback)
        feedback.useful, feedback.comment, feedback.updated_at = useful, comment, now
        feedback.faq_id = message.extras.get("faq_id")
        feedback.faq_version = message.extras.get("faq_version")
        reason = "useful" if useful else "not_useful"
        record(session, conversation, Kind.RATED, now=now, faq_id=feedback.faq_id, reason=reason)
        await session.commit()


def _is_answer(message: Message) -> bool:
    # The greeting and the like belong to no turn.
    return message.sender == Sender.REP or (message.sender == Sender.BOT and message.turn_id is not None)

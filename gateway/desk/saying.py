"""What a rep says goes to the customer, never to the bot, and only while the rep owns the conversation."""

import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import store
from gateway.conversations.records import Conversation, Message, Sender
from gateway.conversations.store import Line
from gateway.conversations.words import check_message
from gateway.desk.access import check_own, lock_conversation
from gateway.desk.desk import Desk
from gateway.desk.records import Rep, RepLine
from gateway.errors import GatewayError

LONGEST = 4000  # characters


async def do_say(
    desk: Desk,
    rep: Rep,
    conversation_id: uuid.UUID,
    client_message_id: str,
    text: str,
    *,
    faq_id: str | None = None,
) -> Message:
    """Store what the rep says, once and without card and social insurance numbers.

    Raises not_yours, message_id_reused, message_empty, message_too_long.
    """
    now, text = desk.clock(), check_message(text, limit=LONGEST)
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        text = desk.conversations.without_numbers(text, conversation.language)
        said = await _said_before(session, conversation, rep, client_message_id, text)
        if said is not None:
            return said
        await check_own(session, conversation, rep)
        line = Line(Sender.REP, text, conversation.language, _extras(desk, conversation, rep, faq_id))
        message = store.add_line(session, conversation, line, now=now)
        await session.flush()
        session.add(
            RepLine(
                conversation_id=conversation.id,
                seq=message.seq,
                rep_id=rep.id,
                client_message_id=client_message_id,
            )
        )
        await session.commit()
    desk.live.wake(conversation_id)
    return message


def _extras(desk: Desk, conversation: Conversation, rep: Rep, faq_id: str | None) -> dict[str, str]:
    extras = {"author": rep.alias}
    content = desk.content.current()
    if faq_id is not None and faq_id in content.entries:
        extras |= {"faq_id": faq_id, "faq_version": content.version(faq_id, conversation.language)}
    return extras


async def _said_before(
    session: AsyncSession, conversation: Conversation, rep: Rep, client_message_id: str, text: str
) -> Message | None:
    query = select(RepLine).where(
        RepLine.conversation_id == conversation.id, RepLine.client_message_id == client_message_id
    )
    line = (await session.execute(query)).scalar_one_or_none()
    if line is None:
        return None
    message = await session.get_one(Message, (conversation.id, line.seq))
    if line.rep_id != rep.id or message.text != text:
        raise GatewayError("message_id_reused", {"client_message_id": client_message_id})
    return message

"""The one door to a conversation from the desk, and who may do what with it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import store
from gateway.conversations.records import Conversation, Owner
from gateway.desk.records import Rep, Role
from gateway.errors import GatewayError

LEADING = (Role.LEAD, Role.ADMIN)


async def access_conversation(session: AsyncSession, conversation_id: uuid.UUID) -> Conversation:
    """The conversation; raises conversation_not_found."""
    found = await session.get(Conversation, conversation_id, populate_existing=True)
    if found is None:
        raise GatewayError("conversation_not_found")
    return found


async def lock_conversation(session: AsyncSession, conversation_id: uuid.UUID) -> Conversation:
    """The conversation, ours alone until the transaction ends; raises conversation_not_found."""
    await access_conversation(session, conversation_id)
    return await store.lock_conversation(session, conversation_id)


async def lock_own_conversation(session: AsyncSession, conversation_id: uuid.UUID, rep: Rep) -> Conversation:
    """The rep's own conversation, locked; raises not_yours with the owner's name."""
    conversation = await lock_conversation(session, conversation_id)
    await check_own(session, conversation, rep)
    return conversation


async def check_own(session: AsyncSession, conversation: Conversation, rep: Rep) -> None:
    """Raise not_yours, with the owner's name, unless the rep owns the conversation."""
    if conversation.owner != Owner.REP or conversation.rep_id != rep.id:
        raise GatewayError("not_yours", {"rep": await owner_name(session, conversation)})


async def owner_name(session: AsyncSession, conversation: Conversation) -> str:
    """The rep who owns the conversation, or `bot` or `queue`."""
    rep = None if conversation.rep_id is None else await session.get(Rep, conversation.rep_id)
    return conversation.owner if rep is None else rep.name


def check_admin(rep: Rep) -> None:
    """Raise role_missing unless the rep is an administrator."""
    if rep.role != Role.ADMIN:
        raise GatewayError("role_missing")


def check_lead(rep: Rep) -> None:
    """Raise role_missing unless the rep leads others."""
    if rep.role not in LEADING:
        raise GatewayError("role_missing")

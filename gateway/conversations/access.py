"""The one door to a conversation's record: its id together with its token."""

import hashlib
import hmac
import secrets
import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation
from gateway.errors import GatewayError

_NO_TOKEN = bytes(32)


def new_token() -> str:
    """A token that can't be guessed, told to the customer's program once."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def parse_id(text: str) -> uuid.UUID | None:
    """A conversation id in its one canonical spelling."""
    try:
        parsed = uuid.UUID(text)
    except ValueError:
        return None
    return parsed if str(parsed) == text else None


async def access_conversation_by_token(
    session: AsyncSession, conversation_id: str, token: str
) -> Conversation:
    """The conversation; raises conversation_not_found alike for an unknown id and for a wrong token."""
    parsed = parse_id(conversation_id)
    found = None if parsed is None else await session.get(Conversation, parsed)
    stored = _NO_TOKEN if found is None else found.token_hash
    if not hmac.compare_digest(stored, hash_token(token)) or found is None:
        raise GatewayError("conversation_not_found")
    return found

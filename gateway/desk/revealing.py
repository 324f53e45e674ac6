"""One hidden value, for a rep who says why; each time is written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation, Message
from gateway.desk import audit
from gateway.desk.hidden import REACHED, SLOTS
from gateway.desk.records import Rep, Ticket
from gateway.errors import GatewayError
from gateway.masking.find import Known, find_spans
from gateway.masking.spans import Kind

WHOLE = "all"
_ID = re.compile(r"(message|draft|ticket):([A-Za-z0-9_-]{1,64}):([a-z0-9_.]{1,64}):(\d{1,4}|all)", re.ASCII)
_SEQ = re.compile(r"[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True)
class Held:
    """What a thing holds by field, and which fields are personal as a whole."""

    fields: Mapping[str, Any]
    kinds: Mapping[str, Kind]


async def do_reveal(
    session: AsyncSession,
    rep: Rep,
    conversation: Conversation,
    id: str,
    *,
    reason: str,
    known: Known,
    now: datetime,
) -> tuple[Kind, Any]:
    """The value as it is kept, and its kind; raises value_not_found."""
    found = _ID.fullmatch(id)
    if found is None:
        raise GatewayError("value_not_found")
    source, key, field, number = found.groups()
    held = await READERS[source](session, conversation, key)
    kind, value = _pick(held, field, number, known)
    audit.write(
        session,
        "reveal",
        now=now,
        rep_id=rep.id,
        conversation_id=conversation.id,
        value=id,
        kind=kind,
        reason=reason,
    )
    return kind, value


def _pick(held: Held, field: str, number: str, known: Known) -> tuple[Kind, Any]:
    value: Any = held.fields
    for step in field.split("."):
        value = _step(value, step)
    if number == WHOLE and field in held.kinds and value is not None:
        return held.kinds[field], value
    spans = find_spans(value, known) if number != WHOLE and isinstance(value, str) else []
    if number == WHOLE or int(number) >= len(spans):
        raise GatewayError("value_not_found")
    span = spans[int(number)]
    return span.kind, value[span.start : span.end]


def _step(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    is_place = isinstance(value, list) and step.isdecimal() and int(step) < len(value)
    return value[int(step)] if is_place else None


async def _message(session: AsyncSession, conversation: Conversation, key: str) -> Held:
    message = await session.get(Message, (conversation.id, int(key))) if _SEQ.fullmatch(key) else None
    if message is None:
        raise GatewayError("value_not_found")
    fields = {"text": message.text, "card": message.extras.get("card")}
    return Held(fields, {"card.account": Kind.ACCOUNT})


async def _draft(_session: AsyncSession, conversation: Conversation, key: str) -> Held:
    for task in (conversation.operation or {}).get("tasks") or []:
        if draft_key(task) == key:
            return Held(task.get("values") or {}, SLOTS)
    raise GatewayError("value_not_found")


async def _ticket(session: AsyncSession, conversation: Conversation, key: str) -> Held:
    ticket = await session.get(Ticket, key)
    if ticket is None or ticket.conversation_id != conversation.id:
        raise GatewayError("value_not_found")
    fields = {"reach_at": ticket.reach_at, "message": ticket.message}
    return Held(fields, {"reach_at": REACHED[ticket.reach_by]})


def draft_key(task: Mapping[str, Any]) -> str:
    """What a half-finished operation is known by."""
    return str(task.get("id") or task.get("operation"))


READERS = {"message": _message, "draft": _draft, "ticket": _ticket}

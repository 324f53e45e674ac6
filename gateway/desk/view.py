"""All that is known of a conversation besides its words: tried, done, refused, half finished."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation, Message, Sender, Turn
from gateway.desk import notes, reps, tickets
from gateway.desk.access import access_conversation
from gateway.desk.customers import profile_of
from gateway.desk.desk import Desk
from gateway.desk.hidden import Hider, hide_slot, hider_for
from gateway.desk.items import moment, names_for, read_item, rep_json
from gateway.desk.names import Names
from gateway.desk.records import DeskOperation, OperationState, Rep
from gateway.desk.revealing import draft_key
from gateway.desk.tried import tried_by_bot
from gateway.settings import Language

Json = dict[str, Any]
REFUSED = ("utter_refused", "utter_refused_value")
BY_REP = {OperationState.BEGUN: "unknown", OperationState.DONE: "done", OperationState.REFUSED: "failed"}


async def read_view(desk: Desk, conversation_id: uuid.UUID, language: Language) -> Json:
    """The conversation's view; raises conversation_not_found."""
    names = names_for(desk, language)
    async with desk.database.read() as session:
        conversation = await access_conversation(session, conversation_id)
        turns = await _all(session, select(Turn), Turn.conversation_id, conversation_id, Turn.seq)
        messages = await _all(session, select(Message), Message.conversation_id, conversation_id, Message.seq)
        done = await _all(
            session, select(DeskOperation), DeskOperation.conversation_id, conversation_id, DeskOperation.id
        )
        known = await reps.all_reps(session)
        return {
            "conversation": await read_item(session, desk, conversation, language),
            "profile_id": profile_of(desk, conversation),
            "drafts": drafts(conversation.operation or {}, names),
            "tried": [*tried_by_bot(turns, messages, names), *(_by_rep(one, names) for one in done)],
            "receipts": _receipts(messages, names),
            "refusals": [
                *_refusals(messages, names),
                *_failures(turns),
                *_refused_to_reps(conversation, done),
            ],
            "handoffs": _handoffs(messages),
            "notes": [
                note_json(note, known) for note in await notes.of_conversation(session, conversation_id)
            ],
            "tickets": await tickets.read_tickets(session, names, conversation_id=conversation_id),
        }


def drafts(operation: Json, names: Names) -> list[Json]:
    """The operations under way, the one being talked about last, with what is known and what is missing."""
    tasks = operation.get("tasks")
    return [_draft(task, names) for task in tasks] if isinstance(tasks, list) else []


def note_json(note: Any, known: Mapping[uuid.UUID, Rep]) -> Json:
    """A note as the desk gets it."""
    author = rep_json(known.get(note.rep_id)) or {"id": str(note.rep_id), "name": "", "alias": ""}
    return {"id": note.id, "rep": author, "text": note.text, "created_at": moment(note.created_at)}


def _draft(task: Json, names: Names) -> Json:
    name, thing = str(task.get("operation")), f"draft:{draft_key(task)}"
    values = {slot: value for slot, value in (task.get("values") or {}).items() if value not in (None, "")}
    return {
        "operation": name,
        "label": names.one("operation", name),
        "stage": task.get("stage") or "collecting",
        "account_id": task.get("account_id"),
        "values": [_value(hider_for(names, thing), slot, value, names) for slot, value in values.items()],
        "missing": [{"id": slot, "name": names.one("slot", slot)} for slot in task.get("missing") or []],
    }


def _value(hider: Hider, slot: str, value: Any, names: Names) -> Json:
    shown = hide_slot(hider, slot, value)
    return {"id": slot, "name": names.one("slot", slot), "value": shown, "hidden": hider.hidden}


def _by_rep(operation: DeskOperation, names: Names) -> Json:
    return {
        "operation": operation.operation,
        "label": names.one("operation", operation.operation),
        "state": BY_REP[OperationState(operation.state)],
        "by": "rep",
        "seq": operation.seq or 0,
        "at": moment(operation.created_at),
        "receipt_number": operation.receipt_number,
    }


def _receipts(messages: Iterable[Message], names: Names) -> list[Json]:
    found = []
    for message in messages:
        card = message.extras.get("card") or {}
        if card.get("kind") == "receipt":
            by = "bot" if message.sender == Sender.BOT else "rep"
            title = hider_for(names, f"message:{message.seq}", message.lang).text("card.title", card["title"])
            facts = {"number": card["number"], "title": title}
            found.append({**facts, "seq": message.seq, "at": moment(message.created_at), "by": by})
    return found


def _refusals(messages: Iterable[Message], names: Names) -> list[Json]:
    return [
        {
            "seq": message.seq,
            "at": moment(message.created_at),
            "code": str(message.extras.get("values", {}).get("code") or message.extras["key"]),
            "text": hider_for(names, f"message:{message.seq}", message.lang).text("text", message.text),
        }
        for message in messages
        if message.extras.get("key") in REFUSED
    ]


def _failures(turns: Iterable[Turn]) -> list[Json]:
    return [
        {"seq": turn.seq, "at": moment(turn.ended_at or turn.created_at), "code": turn.failure, "text": ""}
        for turn in turns
        if turn.failure is not None
    ]


def _refused_to_reps(conversation: Conversation, done: Sequence[DeskOperation]) -> list[Json]:
    return [
        {
            "seq": conversation.last_seq if operation.seq is None else operation.seq,
            "at": moment(operation.created_at),
            "code": operation.refusal,
            "text": "",
        }
        for operation in done
        if operation.refusal is not None
    ]


def _handoffs(messages: Iterable[Message]) -> list[Json]:
    return [
        {
            "seq": message.seq,
            "at": moment(message.created_at),
            "reason": message.extras["handoff"]["reason"],
        }
        for message in messages
        if message.extras.get("handoff")
    ]


async def _all(session: AsyncSession, query: Any, column: Any, value: Any, order: Any) -> Sequence[Any]:
    found = await session.execute(query.where(column == value).order_by(order))
    return list(found.scalars().all())

"""Which operations the bot began with the customer, and how each ended, from what turns left under way."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.conversations.records import Message, Turn
from gateway.desk.items import moment
from gateway.desk.names import Names

Json = dict[str, Any]


def tried_by_bot(turns: Sequence[Turn], messages: Sequence[Message], names: Names) -> list[Json]:
    """One row an operation, in the order in which they were begun; one that ended has `done` or `left`."""
    receipts = _receipts_by_turn(messages)
    rows: dict[str, Json] = {}
    under_way: set[str] = set()
    for turn in turns:
        if turn.tasks is None:
            continue
        now = {str(task.get("id")): task for task in turn.tasks}
        for ended in under_way - set(now):
            number = receipts.get(turn.id)
            rows[ended] |= _place(turn) | {
                "state": "left" if number is None else "done",
                "receipt_number": number,
            }
        for task_id, task in now.items():
            rows[task_id] = rows.get(task_id, {}) | _row(task, turn, names)
        under_way = set(now)
    return list(rows.values())


def _row(task: Mapping[str, Any], turn: Turn, names: Names) -> Json:
    name = str(task.get("operation"))
    stage = str(task.get("stage") or "collecting")
    facts = {"operation": name, "label": names.one("operation", name), "state": stage, "by": "bot"}
    return {**facts, **_place(turn), "receipt_number": None}


def _place(turn: Turn) -> Json:
    return {"seq": turn.seq, "at": moment(turn.ended_at or turn.created_at)}


def _receipts_by_turn(messages: Sequence[Message]) -> dict[uuid.UUID, str]:
    found = {}
    for message in messages:
        card = message.extras.get("card") or {}
        if message.turn_id is not None and card.get("kind") == "receipt":
            found[message.turn_id] = str(card["number"])
    return found

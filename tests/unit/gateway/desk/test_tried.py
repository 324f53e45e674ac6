"""What was tried is read from what each turn left under way."""

import uuid
from datetime import UTC, datetime
from typing import Any

from faq import load_content
from gateway.conversations.records import Message, Turn
from gateway.desk.names import Names
from gateway.desk.tried import tried_by_bot
from gateway.desk.view import drafts
from gateway.texts import load_texts

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
NAMES = Names(load_texts(), load_content(), "en")


def a_turn(seq: int, *tasks: tuple[str, str, str]) -> Turn:
    """A turn after which these were under way: id, operation, stage."""
    rows = [{"id": id, "operation": operation, "stage": stage} for id, operation, stage in tasks]
    return Turn(id=uuid.uuid4(), seq=seq, tasks=rows, created_at=NOW, ended_at=NOW)


def a_receipt(turn: Turn, number: str) -> Message:
    return Message(
        turn_id=turn.id,
        seq=turn.seq + 1,
        extras={"card": {"kind": "receipt", "number": number, "title": "x"}},
    )


def ends(turns: list[Turn], messages: list[Message]) -> list[tuple[Any, ...]]:
    rows = tried_by_bot(turns, messages, NAMES)
    return [(row["operation"], row["state"], row["receipt_number"]) for row in rows]


def test_what_ended_with_a_receipt_was_done_and_without_one_was_left() -> None:
    begun, done = a_turn(1, ("a", "switch_plan", "confirming")), a_turn(3)
    again, left = a_turn(5, ("b", "undo", "collecting")), a_turn(7)

    assert ends([begun, done, again, left], [a_receipt(done, "100000000001")]) == [
        ("switch_plan", "done", "100000000001"),
        ("undo", "left", None),
    ]


def test_what_is_under_way_stands_where_it_stands() -> None:
    first = a_turn(1, ("a", "switch_plan", "collecting"))
    second = a_turn(3, ("a", "switch_plan", "confirming"), ("b", "undo", "collecting"))

    assert ends([first, second], []) == [("switch_plan", "confirming", None), ("undo", "collecting", None)]


def test_turns_that_say_nothing_of_operations_end_none() -> None:
    silent = Turn(id=uuid.uuid4(), seq=3, tasks=None, created_at=NOW)

    assert ends([a_turn(1, ("a", "undo", "failed")), silent], []) == [("undo", "failed", None)]


def test_a_draft_names_what_is_known_and_what_is_missing() -> None:
    task = {"operation": "report_payment", "stage": "collecting", "values": {"amount": {"cents": 5230}}}

    (draft,) = drafts({"tasks": [{**task, "missing": ["paid_on", "method"]}]}, NAMES)

    assert draft["label"] == "Report a payment"
    assert draft["values"] == [{"id": "amount", "name": "Amount", "value": {"cents": 5230}, "hidden": []}]
    assert [slot["name"] for slot in draft["missing"]] == ["Payment date", "Payment method"]
    assert drafts({}, NAMES) == drafts({"tasks": None}, NAMES) == []

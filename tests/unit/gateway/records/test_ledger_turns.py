"""What a turn amounts to is read from keys that the bot really has."""

from typing import Any

import pytest

from gateway.conversations.records import Sender
from gateway.conversations.store import Line
from gateway.ledger.kinds import Kind
from gateway.ledger.turns import NOT_UNDERSTOOD, REFUSED, TURNED_AWAY, Fact, facts_of
from tests.support.training_data import domain

TASKS = {"t1": "change_address"}


def line(**extras: Any) -> Line:
    return Line(Sender.BOT, "…", "fr", extras)


def test_every_key_exists() -> None:
    from bot.words.texts import TextStore

    known = {*domain()["responses"], *TextStore().current()}

    assert {*NOT_UNDERSTOOD, *TURNED_AWAY, *REFUSED} <= known


@pytest.mark.parametrize(
    ("lines", "before", "after", "expected"),
    [
        ([line(key="utter_greet")], {}, {}, [Fact(Kind.TALKED)]),
        ([line(faq_id="cost")], {}, {}, [Fact(Kind.ANSWERED, faq_id="cost")]),
        ([line(key="x")], {}, TASKS, [Fact(Kind.OPERATION_BEGUN, operation="change_address")]),
        (
            [line(card={"kind": "receipt"})],
            TASKS,
            {},
            [Fact(Kind.OPERATION_DONE, operation="change_address")],
        ),
        (
            [line(key="utter_refused")],
            TASKS,
            {},
            [Fact(Kind.OPERATION_REFUSED, operation="change_address")],
        ),
        ([line(key="utter_refused_value")], TASKS, TASKS, [Fact(Kind.OPERATION_REFUSED)]),
        ([line(key="x")], TASKS, {}, [Fact(Kind.OPERATION_LEFT, operation="change_address")]),
        ([line(key="utter_missed")], TASKS, TASKS, [Fact(Kind.NOT_UNDERSTOOD, reason="missed")]),
        ([], {}, {}, [Fact(Kind.TALKED)]),
    ],
)
def test_facts_of_a_turn(lines: list[Line], before: Any, after: Any, expected: list[Fact]) -> None:
    assert facts_of(lines, failure=None, before=before, after=after) == expected


def test_a_failed_turn_is_nothing_else() -> None:
    facts = facts_of([line(faq_id="cost")], failure="rasa_slow", before={}, after=TASKS)

    assert facts == [Fact(Kind.FAILED, reason="rasa_slow")]

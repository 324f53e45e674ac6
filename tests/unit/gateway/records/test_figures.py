"""Each definition of a figure, on conversations made up for it."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gateway.figures.definitions import Outcome, is_left, outcome_of, share
from gateway.figures.reading import Case, Period
from gateway.figures.series import Figures
from gateway.ledger.kinds import Kind
from gateway.ledger.record import person_of, toronto_day
from gateway.ledger.records import Event

START = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
LATER = START + timedelta(days=8)
TODAY = START + timedelta(hours=2)


def events(*facts: tuple[Kind, dict[str, Any]] | Kind, language: str = "fr") -> list[Event]:
    """One conversation: a fact a minute, from the beginning; `after` minutes more where it says so."""
    at, made = START, []
    for fact in (Kind.BEGUN, *facts):
        kind, values = (fact, {}) if isinstance(fact, Kind) else fact
        values = dict(values)
        at += timedelta(minutes=1 + values.pop("after", 0))
        made.append(
            Event(
                conversation_id=uuid.UUID(int=1),
                at=at,
                day=date(2027, 3, 1),
                kind=kind,
                language=language,
                channel="web",
                turn_id=uuid.uuid4(),
                details={},
                **values,
            )
        )
    return made


ADDRESS = {"operation": "change_address"}
USELESS = (Kind.RATED, {"reason": "not_useful"})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], Outcome.NOTHING_ASKED),
        ([Kind.TALKED], Outcome.NOTHING_ASKED),
        ([Kind.ANSWERED], Outcome.RESOLVED),
        ([Kind.ANSWERED, Kind.TALKED], Outcome.RESOLVED),
        ([(Kind.OPERATION_BEGUN, ADDRESS), (Kind.OPERATION_DONE, ADDRESS)], Outcome.RESOLVED),
        ([Kind.ANSWERED, Kind.HANDOFF_REQUESTED], Outcome.HANDED_OVER),
        ([Kind.HANDOFF_REQUESTED, Kind.HANDED_BACK, Kind.ANSWERED], Outcome.HANDED_OVER),
        ([Kind.TALKED, Kind.TICKET_CREATED], Outcome.HANDED_OVER),
        ([Kind.NOT_UNDERSTOOD, Kind.ABANDONED], Outcome.ABANDONED),
        ([Kind.ANSWERED, Kind.NOT_UNDERSTOOD, Kind.ABANDONED, USELESS], Outcome.ABANDONED),
        ([Kind.NOT_UNDERSTOOD, Kind.ABANDONED, (Kind.ANSWERED, {"after": 60})], Outcome.RESOLVED),
        ([Kind.TURNED_AWAY], Outcome.UNRESOLVED),
        ([Kind.ANSWERED, Kind.NOT_UNDERSTOOD], Outcome.UNRESOLVED),
        ([Kind.NOT_UNDERSTOOD, Kind.ANSWERED], Outcome.RESOLVED),
        ([Kind.ANSWERED, Kind.FAILED], Outcome.UNRESOLVED),
        ([(Kind.OPERATION_BEGUN, ADDRESS), (Kind.OPERATION_LEFT, ADDRESS)], Outcome.UNRESOLVED),
        ([Kind.ANSWERED, USELESS], Outcome.UNRESOLVED),
        ([Kind.ANSWERED, USELESS, (Kind.RATED, {"reason": "useful"})], Outcome.RESOLVED),
        ([Kind.ANSWERED, Kind.WENT_QUIET, (Kind.ANSWERED, {"after": 40})], Outcome.CAME_BACK),
        ([Kind.ANSWERED, (Kind.TALKED, {"after": 20})], Outcome.RESOLVED),
    ],
)
def test_what_became_of_a_conversation(facts: list[Any], expected: Outcome) -> None:
    assert outcome_of(events(*facts), now=LATER) == expected


def test_resolved_is_only_said_after_a_week() -> None:
    answered = events(Kind.ANSWERED)

    assert outcome_of(answered, now=START + timedelta(minutes=10)) == Outcome.OPEN
    assert outcome_of(answered, now=TODAY) == Outcome.RESOLVED_SO_FAR
    assert outcome_of(answered, now=LATER) == Outcome.RESOLVED


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (START + timedelta(days=3), Outcome.CAME_BACK),
        (START + timedelta(days=7, minutes=5), Outcome.RESOLVED),
        (START - timedelta(days=1), Outcome.RESOLVED),
    ],
)
def test_who_comes_back_within_a_week_was_not_helped(contact: datetime, expected: Outcome) -> None:
    assert outcome_of(events(Kind.ANSWERED), now=LATER, contacts=[contact]) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([Kind.TALKED], False),
        ([(Kind.OPERATION_BEGUN, ADDRESS)], True),
        ([(Kind.OPERATION_BEGUN, ADDRESS), Kind.ANSWERED], True),
        ([(Kind.OPERATION_BEGUN, ADDRESS), (Kind.OPERATION_DONE, ADDRESS)], False),
        ([(Kind.OPERATION_BEGUN, ADDRESS), (Kind.OPERATION_REFUSED, ADDRESS)], False),
        ([Kind.ANSWERED, Kind.NOT_UNDERSTOOD], True),
        ([Kind.NOT_UNDERSTOOD, Kind.ANSWERED], False),
        ([Kind.FAILED], True),
        ([], False),
    ],
)
def test_something_is_left_open(facts: list[Any], expected: bool) -> None:
    assert is_left(events(*facts)) is expected


def test_a_share_has_bounds_and_nothing_has_none() -> None:
    found = share(8, 10)

    assert found is not None
    assert found[0] == 0.8
    assert 0.48 < found[1] < 0.50
    assert 0.94 < found[2] < 0.95
    assert share(0, 0) is None


def test_counts_add_up_by_day_language_and_entry() -> None:
    figures = Figures()
    resolved = events((Kind.ANSWERED, {"faq_id": "cost"}), (Kind.ANSWERED, {"faq_id": "cost"}))
    handed = events(
        (Kind.ANSWERED, {"faq_id": "cost"}), (Kind.HANDOFF_REQUESTED, {"reason": "asked"}), language="en"
    )
    for case in (resolved, handed):
        figures.add(Case(case, outcome_of(case, now=LATER)))

    told = figures.to_json(Period(date(2027, 2, 28), date(2027, 3, 1)))

    assert told["days"] == [
        {"day": "2027-02-28", "outcomes": {}},
        {"day": "2027-03-01", "outcomes": {"handed_over": 1, "resolved": 1}},
    ]
    assert told["totals"]["resolved"]["share"] == 0.5
    assert [row["language"] for row in told["languages"]] == ["en", "fr"]
    assert told["handoffs"] == [{"reason": "asked", "count": 1}]
    assert told["faq"] == [
        {"id": "cost", "answered": 3, "useful": 0, "not_useful": 0, "in_resolved": 1, "in_handed_over": 1}
    ]
    lines = figures.to_csv().splitlines()
    assert lines[0] == "\ufeffday,language,channel,figure,key,count"
    assert "2027-03-01,fr,web,faq_answered,cost,2" in lines


def test_days_are_torontos_and_nobody_is_named() -> None:
    assert toronto_day(datetime(2027, 3, 2, 4, 30, tzinfo=UTC)) == date(2027, 3, 1)
    assert person_of(None) is None
    assert person_of("a" * 32) not in (None, "a" * 32)

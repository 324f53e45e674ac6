"""What a turn that ended amounts to: pure reading of what the bot said and what is under way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Conversation, InputKind, Turn
from gateway.conversations.store import Line
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record
from gateway.questions.records import Miss

# The bot's texts for when it did not understand, and for when it understood something we don't do.
NOT_UNDERSTOOD = {
    "utter_rephrase": "rephrase",
    "utter_did_you_mean": "did_you_mean",
    "utter_offer_person": "offer_person",
    "utter_offer_person_again": "offer_person",
    "utter_missed": "missed",
    "utter_person_after_failures": "person_after_failures",
}
TURNED_AWAY = {"utter_oos_telecom": "telecom", "utter_oos_other": "other", "utter_aside_off_topic": "other"}
REFUSED = ("utter_refused", "utter_refused_value")
QUESTIONS = ("rephrase", "did_you_mean", "offer_person")
NONE_OF_THESE = "none"
Tasks = Mapping[str, str]  # operations under way: their names by their ids
_DENY = "deny"


@dataclass(frozen=True)
class Fact:
    """One fact of a turn, without where and when."""

    kind: Kind
    faq_id: str | None = None
    operation: str | None = None
    reason: str | None = None


def facts_of(lines: Sequence[Line], *, failure: str | None, before: Tasks, after: Tasks) -> list[Fact]:
    """The facts of one turn, from what was said back and the operations under way before and after it."""
    if failure is not None:
        return [Fact(Kind.FAILED, reason=failure)]
    ended = [operation for task, operation in before.items() if task not in after]
    facts = [
        Fact(Kind.OPERATION_BEGUN, operation=operation)
        for task, operation in after.items()
        if task not in before
    ]
    for line in lines:
        facts += _facts_of_line(line, ended)
    facts += [Fact(Kind.OPERATION_LEFT, operation=operation) for operation in ended]
    return facts or [Fact(Kind.TALKED)]


def _facts_of_line(line: Line, ended: list[str]) -> Iterator[Fact]:
    """The facts of one message; takes the operations it tells the end of from `ended`."""
    key = line.extras.get("key") or ""
    if line.extras.get("faq_id"):
        yield Fact(Kind.ANSWERED, faq_id=line.extras["faq_id"])
    if (line.extras.get("card") or {}).get("kind") == "receipt":
        yield Fact(Kind.OPERATION_DONE, operation=ended.pop(0) if ended else None)
    if key in NOT_UNDERSTOOD:
        yield Fact(Kind.NOT_UNDERSTOOD, reason=NOT_UNDERSTOOD[key])
    if key in TURNED_AWAY:
        yield Fact(Kind.TURNED_AWAY, reason=TURNED_AWAY[key])
    if key in REFUSED:
        is_over = key == "utter_refused" and ended
        yield Fact(Kind.OPERATION_REFUSED, operation=ended.pop(0) if is_over else None)


async def record_turn(
    session: AsyncSession, conversation: Conversation, turn: Turn, lines: Sequence[Line], *, now: datetime
) -> None:
    """Write down what the turn that just ended amounts to; called before its lines are added."""
    before = await _turn_before(session, turn)
    after = None if turn.tasks is None else _tasks(turn.tasks)
    under_way = await _under_way_before(session, turn)
    facts = facts_of(
        lines,
        failure=turn.failure,
        before=under_way,
        after=under_way if after is None else after,
    )
    for fact in facts:
        record(
            session,
            conversation,
            fact.kind,
            now=now,
            turn_id=turn.id,
            faq_id=fact.faq_id,
            operation=fact.operation,
            reason=fact.reason,
        )
    if turn.kind != InputKind.EVENT:
        await _record_question(session, conversation, turn, before, facts, now)


async def _record_question(
    session: AsyncSession,
    conversation: Conversation,
    turn: Turn,
    before: Turn | None,
    facts: Sequence[Fact],
    now: datetime,
) -> None:
    """Keep a question that was not understood, and what an earlier one turned out to mean."""
    missed = next((fact for fact in facts if _is_missed_question(fact)), None)
    open_miss = None if before is None else await session.get(Miss, before.id)
    if open_miss is not None and open_miss.meant is None:
        meant = _meaning(turn, facts, after=open_miss)
        if meant is not None:
            open_miss.meant, open_miss.meant_by = meant, turn.kind
            record(session, conversation, Kind.CORRECTED, now=now, turn_id=open_miss.turn_id, reason=meant)
    if missed is not None and turn.kind == InputKind.TEXT and await session.get(Miss, turn.id) is None:
        session.add(
            Miss(
                turn_id=turn.id,
                conversation_id=conversation.id,
                language=conversation.language,
                reason=str(missed.kind) if missed.kind is Kind.TURNED_AWAY else missed.reason or "",
                at=now,
            )
        )


def _is_missed_question(fact: Fact) -> bool:
    is_asked_again = fact.kind is Kind.NOT_UNDERSTOOD and fact.reason in QUESTIONS
    return is_asked_again or fact.kind is Kind.TURNED_AWAY


def _meaning(turn: Turn, facts: Sequence[Fact], *, after: Miss) -> str | None:
    """What the turn says about the question before it: the choice pressed, or what the new words got."""
    if turn.kind == InputKind.BUTTON:
        intent = (turn.payload or "").lstrip("/").split("{")[0]
        return NONE_OF_THESE if intent == _DENY else intent or None
    if after.reason == Kind.TURNED_AWAY:
        return None  # other words after "not something we do" are another question as often as not
    answered = next((fact for fact in facts if fact.kind is Kind.ANSWERED), None)
    begun = next((fact for fact in facts if fact.kind is Kind.OPERATION_BEGUN), None)
    if answered is not None:
        return f"faq_{answered.faq_id}"
    return None if begun is None or begun.operation is None else f"op_{begun.operation.removeprefix('op_')}"


async def _turn_before(session: AsyncSession, turn: Turn) -> Turn | None:
    query = (
        select(Turn)
        .where(Turn.conversation_id == turn.conversation_id, Turn.seq < turn.seq)
        .order_by(Turn.seq.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def _under_way_before(session: AsyncSession, turn: Turn) -> Tasks:
    query = (
        select(Turn.tasks)
        .where(Turn.conversation_id == turn.conversation_id, Turn.seq < turn.seq, Turn.tasks.is_not(None))
        .order_by(Turn.seq.desc())
        .limit(1)
    )
    return _tasks((await session.execute(query)).scalar_one_or_none() or [])


def _tasks(rows: Sequence[Mapping[str, Any]]) -> Tasks:
    named = [(row.get("id"), row.get("operation")) for row in rows]
    return {str(task or operation): str(operation) for task, operation in named if operation}

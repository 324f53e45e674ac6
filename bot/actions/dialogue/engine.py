"""The dialogue: one turn in, what to say and what to remember out.

Every turn takes the first of these that fits: a button of this dialogue; cancel; values; control words (why,
a correction ...); a question; another operation; nothing understood. docs/decisions/0005 says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.backend.client import Customer
from bot.actions.dialogue import buttons, confirming, opening, readback, repair
from bot.actions.dialogue.accounts import answers_account
from bot.actions.dialogue.asking import (
    BEGUN,
    CHANGING,
    advance,
    ask_again,
    ask_what_to_change,
    asks_yes,
    kind_asked,
)
from bot.actions.dialogue.context import Glance
from bot.actions.dialogue.filling import (
    Reads,
    choose,
    fill,
    is_ready,
    read_correction,
    read_values,
    with_data,
)
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.performing import guarded
from bot.actions.dialogue.saying import Saying
from bot.actions.dialogue.slots import Slot
from bot.actions.dialogue.state import Stage, Task, dump, load
from bot.actions.dialogue.turn import FAQ, Turn

ANSWERS = ("inform", "affirm", "deny", "correct")


@dataclass(frozen=True)
class Outcome:
    """What to say, what to remember (JSON), and whether the next turn is the dialogue's too.

    `asks` is the kind of answer that the last words wait for.
    """

    state: dict[str, Any]
    said: tuple[Saying, ...]
    goes_on: bool
    asks: str | None = None


class Engine:
    """Every operation, and the way through them."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._operations = {operation.name: operation for operation in operations}

    async def turn(self, remembered: object, heard: Heard, sign_in: Callable[[Heard], Customer]) -> Outcome:
        """Answer one turn; `sign_in` gives the backend in the session that the turn came with."""
        state = load(remembered)
        glance = Glance(sign_in(heard)) if heard.session else None
        turn = Turn(state, heard, glance, self._operations)
        opening.come_back(turn)
        if not opening.takes_identity(turn):
            state.is_paused = state.is_paused and not opening.begins(turn)
            await _answer(turn)
        for task in state.tasks:
            task.missing = self._missing(task)
            task.awaits_yes = task is state.task and asks_yes(turn)
        goes_on = bool(state.tasks) and not state.is_paused
        return Outcome(dump(state), tuple(turn.said), goes_on, kind_asked(turn) if goes_on else None)

    def _missing(self, task: Task) -> list[str]:
        operation = self._operations.get(task.operation)
        slots = operation.slots if operation is not None else ()
        return [
            slot.name
            for slot in slots
            if not slot.is_optional and slot.needed(task.values) and not slot.is_filled(task.values)
        ]


async def _answer(turn: Turn) -> None:
    if turn.state.task is None:
        await guarded(turn, opening.first_turn(turn))
    elif turn.state.offering_return and await opening.answers_offer(turn):
        return
    else:
        turn.state.offering_return = False
        await guarded(turn, _go_on(turn))


async def _go_on(turn: Turn) -> None:
    """A turn while an operation is being talked about."""
    task, heard = turn.task, turn.heard
    is_changing = task.notes.pop(CHANGING, False)
    if BEGUN not in task.notes and heard.intent in (*ANSWERS, turn.operation.intent):
        task.keep_words(heard.text)
    if heard.choice is not None:
        await buttons.press(turn, heard.choice)
    elif task.stage in (Stage.FAILED, Stage.UNKNOWN):
        await confirming.after_failure(turn)
    elif heard.intent == "cancel" or opening.cancels_itself(turn):
        await opening.cancel(turn)
    elif await readback.answers(turn):
        return
    elif await answers_account(turn):
        await advance(turn)
    elif not await _values(turn) and not (is_changing and await repair.changes_named(turn)):
        await _no_value(turn)


async def _values(turn: Turn) -> bool:
    """Whether the turn was about values, and is answered."""
    task, heard = turn.task, turn.heard
    if opening.is_digression(turn):
        return False
    reader = read_correction if _corrects(turn) else _read_answer
    reads = reader(turn.operation, task, heard)
    if _may_hold_data(turn) and BEGUN in task.notes:
        reads = await with_data(turn, reads, heard)
    is_yes = task.stage == Stage.CONFIRMING and heard.intent == "affirm" and reads.repeat(task.values)
    if is_yes or not reads.says_something() or opening.outweighs(turn, reads):
        return False
    turn.answers = not is_ready(turn)
    if (reads.ordinal is not None and await choose(turn, _index(reads))) or not await fill(turn, reads):
        await advance(turn)
    return True


def _may_hold_data(turn: Turn) -> bool:
    """Whether the words may hold what only data can tell, also where they sound like another request."""
    other = turn.by_intent(turn.heard.intent)
    return turn.heard.intent in ANSWERS or (other is not None and other.needs_session)


def _corrects(turn: Turn) -> bool:
    """Whether the turn speaks of what was said before, rather than of what is asked."""
    task, intent = turn.task, turn.heard.intent
    if task.stage == Stage.CONFIRMING or intent not in ("correct", "deny"):
        return task.stage == Stage.CONFIRMING
    slot = turn.operation.slot(task.asked or "")
    takes_no = intent == "deny" and slot is not None and slot.reader.takes_no
    return not takes_no and not (slot is not None and _answers_in_words(turn, slot))


def _answers_in_words(turn: Turn, slot: Slot) -> bool:
    """Whether words that may correct give the very answer asked for ("oh right, it's the same one")."""
    if slot.reader.kind is not None or repair.slots_named(turn):
        return False
    found = _read_answer(turn.operation, turn.task, turn.heard).found.get(slot.name)
    return found is not None and not found.is_weak


def _read_answer(operation: Operation, task: Any, heard: Heard) -> Reads:
    return read_values(operation, task, heard, asked=task.asked)


def _index(reads: Reads) -> int:
    assert reads.ordinal is not None
    return reads.ordinal - 1 if reads.ordinal > 0 else reads.ordinal


async def _no_value(turn: Turn) -> None:
    """Everything that can be said but a value."""
    task, heard = turn.task, turn.heard
    intent = heard.intent
    if intent in repair.BY_INTENT:
        await repair.BY_INTENT[intent](turn)
    elif task.stage == Stage.CONFIRMING and intent in ("affirm", "deny", "correct"):
        await confirming.answer(turn)
    elif task.stage == Stage.CONFIRMING and intent == turn.operation.intent and repair.slots_named(turn):
        ask_what_to_change(turn)
    elif intent == "correct":
        await repair.correct(turn)
    elif intent == "affirm" and len(task.offered) == 1 and await choose(turn, 0):
        await advance(turn)
    elif intent == "deny":
        await repair.hesitates(turn)
    elif intent.startswith(FAQ) and heard.is_confident:
        turn.tell(f"utter_{intent}")
        await ask_again(turn)
    elif intent in repair.ASIDES:
        await repair.aside(turn, intent)
    elif intent == "signed_in":
        turn.tell("utter_signed_in")
        await advance(turn)
    elif intent == "goodbye":
        opening.pause(turn)
    elif await opening.begin_other(turn):
        return
    else:
        await _last_chance(turn)


async def _last_chance(turn: Turn) -> None:
    """The account, a plan or a receipt may still be named: only the backend's data can tell."""
    before = turn.task.model_dump()
    turn.answers = True
    said = len(turn.said)
    await advance(turn)
    if turn.state.task is not None and turn.task.model_dump() == before:
        del turn.said[said:]
        await repair.missed(turn)

"""Begins operations, sets them aside, cancels them; decides whether a turn leaves what is under way."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.dialogue.asking import SIGN_IN, advance, ask_again
from bot.actions.dialogue.cues import says
from bot.actions.dialogue.ending import finish
from bot.actions.dialogue.filling import Reads, fill, read_values, with_data
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.performing import guarded
from bot.actions.dialogue.state import Stage, Task
from bot.actions.dialogue.turn import FAQ, Turn, named

MOST_AT_ONCE = 3  # operations under way; what was set aside longest is dropped first

# What "cancel the change" may be heard as while that very change is being asked for.
_CANCELS = ("op_cancel_address_change", "op_undo")
# How customers speak of an operation that they call off.
_TOPICS = {
    "change_address": "did_address",
    "switch_plan": "did_plan",
    "report_payment": "did_payment",
    "pay": "did_payment",
    "autopay": "did_payment",
    "enrol_ebill": "did_ebill",
    "leave_ebill": "did_ebill",
    "change_ebill_email": "did_ebill",
    "link_account": "did_link",
    "resend_bill": "did_bill",
}
# Questions that are none of ours: a day or a place in them answers nothing.
_ELSEWHERE = ("oos_other", "oos_telecom")


def takes_identity(turn: Turn) -> bool:
    """Who is speaking: another customer finds nothing of the one before. Whether that answers the turn."""
    state, heard = turn.state, turn.heard
    is_other = heard.profile is not None and state.profile is not None and heard.profile != state.profile
    if is_other or heard.intent == "signed_out":
        had_tasks = bool(state.tasks)
        state.tasks, state.waiting, state.offering_return = [], [], False
        if heard.intent == "signed_out":
            turn.tell("utter_signed_out")
            state.profile = None
            return True
        if had_tasks:
            turn.tell("utter_other_customer")
    state.profile = heard.profile or state.profile
    return False


def come_back(turn: Turn) -> None:
    """After a person: what they did is no longer to be done, and what was summed up is summed up again."""
    heard, state = turn.heard, turn.state
    state.tasks = [task for task in state.tasks if task.operation not in heard.done]
    is_told = heard.intent == "resume" and not heard.text  # by the gateway; a customer says it in words
    if is_told and state.task is not None and state.task.stage == Stage.CONFIRMING:
        state.task.stage = Stage.COLLECTING


def begins(turn: Turn) -> bool:
    """Whether the turn wakes what was set aside."""
    return turn.heard.intent == "resume" or turn.by_intent(turn.heard.intent) is not None


async def first_turn(turn: Turn) -> None:
    """A turn when nothing is under way."""
    heard = turn.heard
    if heard.intent == "signed_in":
        turn.tell("utter_signed_in_what_next")
    elif heard.choice is not None:
        turn.tell("utter_stale_choice")
    elif not await begin_other(turn):
        turn.tell("utter_nothing_under_way")


async def begin_other(turn: Turn) -> bool:
    """Begin what the message asks for, the first of several; False when it asks for nothing we do."""
    wanted = _wanted(turn)
    if not wanted:
        return False
    if turn.state.task is not None and turn.task.asked == SIGN_IN and wanted[0][0].name == SIGN_IN:
        await ask_again(turn)
        return True
    (first, text), *others = wanted
    turn.state.waiting.extend((operation.name, clause) for operation, clause in others)
    task = _taken_up(turn, first, text)
    _make_room(turn)
    turn.state.tasks.append(task)
    if not (text and not first.is_immediate and await _read_opening(turn, first, text)):
        await advance(turn)
    return True


def _make_room(turn: Turn) -> None:
    """Drop what was set aside longest, and say so; what may have been done stays until that is known."""
    tasks = turn.state.tasks
    oldest = next((task for task in tasks if not task.may_be_done), None)
    if len(tasks) >= MOST_AT_ONCE and oldest is not None:
        tasks.remove(oldest)
        turn.tell("utter_too_many_at_once", what=named(turn.operations[oldest.operation]))


def _taken_up(turn: Turn, operation: Operation, text: str) -> Task:
    """The task for an operation: the one set aside, if there is one, with what was known then."""
    for task in turn.state.tasks:
        if task.operation == operation.name:
            turn.state.tasks.remove(task)
            return task
    return Task(operation=operation.name, opening=[text])


async def _read_opening(turn: Turn, operation: Operation, text: str) -> bool:
    """Take the values in it; whether a question was put about one."""
    heard = replace(turn.heard, text=text)
    reads = read_values(operation, turn.task, heard, asked=None)
    return await fill(turn, await with_data(turn, reads, heard))


def _wanted(turn: Turn) -> list[tuple[Operation, str]]:
    """The operations asked for, in the order of the sentence, those asked NOT to be done left out."""
    heard = turn.heard
    clauses = [(turn.by_intent(one.intent), one.text) for one in heard.requests if not one.negated]
    known = [(operation, text) for operation, text in clauses if operation is not None]
    if heard.requests:
        return known
    operation = turn.by_intent(heard.intent)
    return [(operation, heard.text)] if operation is not None else []


def is_digression(turn: Turn) -> bool:
    """Whether a question is asked rather than answered."""
    heard = turn.heard
    asks = heard.intent.startswith(FAQ) or heard.intent in _ELSEWHERE
    return asks and heard.is_confident and heard.is_question


def outweighs(turn: Turn, reads: Reads) -> bool:
    """Whether what else the message says counts for more than the values in it."""
    heard = turn.heard
    if any(not one.negated for one in heard.requests):
        return True
    if not heard.is_confident:
        return False
    if reads.are_weak and heard.intent not in ("inform", "nlu_fallback", "gibberish", "oos_other", "correct"):
        return True
    if reads.covers(heard):
        return False
    other = turn.by_intent(heard.intent)
    begins_other = other is not None and other.name != turn.task.operation
    return begins_other or heard.intent.startswith(FAQ) or heard.intent in ("ask_why", "dont_know", "refuse")


def cancels_itself(turn: Turn) -> bool:
    """Whether the customer calls off the very operation under way, in whatever words."""
    task, heard = turn.task, turn.heard
    topic = _TOPICS.get(task.operation)
    if topic is not None and heard.intent in _CANCELS and says(topic, heard.text):
        return not says("latest", heard.text)
    if any(_is_own_cancel(turn, one.intent) and not one.negated for one in heard.requests):
        return True
    if _is_own_cancel(turn, heard.intent):
        return heard.is_confident
    return any(one.negated and turn.by_intent(one.intent) is turn.operation for one in heard.requests)


def _is_own_cancel(turn: Turn, intent: str) -> bool:
    """Whether "cancel the change of address" can only mean the one being asked for."""
    return turn.task.operation == "change_address" and intent == "op_cancel_address_change"


async def cancel(turn: Turn) -> None:
    """Forget the operation under way, as nothing was done; what else the message asks for comes next."""
    _take_leave(turn, "utter_cancelled")
    others = [one for one in turn.heard.requests if not one.negated and not _is_own_cancel(turn, one.intent)]
    if others:
        turn.heard = replace(turn.heard, requests=tuple(others))
        turn.state.tasks.pop()
        await begin_other(turn)
        return
    await finish(turn)
    await advance(turn)


def pause(turn: Turn) -> None:
    """The customer leaves: nothing was done, everything is kept for a while."""
    turn.state.is_paused = True
    _take_leave(turn, "utter_goodbye_kept")


def _take_leave(turn: Turn, key: str) -> None:
    said = "utter_left_unknown" if turn.task.may_be_done else turn.operation.wording(key, turn.context)
    turn.tell(said, what=named(turn.operation))


def _drop_all(turn: Turn) -> None:
    """Leave what was set aside, all of it: asking about each in turn would be tiresome."""
    unknown = next((task for task in turn.state.tasks if task.may_be_done), turn.task)
    turn.state.tasks = [unknown]
    _take_leave(turn, "utter_dropped")
    turn.state.tasks = []


async def answers_offer(turn: Turn) -> bool:
    """Whether the turn says yes or no to going on with what was set aside."""
    heard, state = turn.heard, turn.state
    control = heard.choice.partition(":")[2] if heard.choice and heard.choice.startswith(turn.task.id) else ""
    if heard.intent in ("affirm", "resume") or control == "go_on":
        state.offering_return = False
        if turn.task.stage == Stage.CONFIRMING:
            turn.task.stage = Stage.COLLECTING  # sum it up again: the summary is far up
        await guarded(turn, ask_again(turn))
        return True
    if heard.intent in ("deny", "cancel") or control in ("drop", "cancel"):
        state.offering_return = False
        _drop_all(turn)
        return True
    return False

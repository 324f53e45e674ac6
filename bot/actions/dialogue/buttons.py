"""Buttons of the dialogue: `<task>:value:<index>`, `<task>:slot:<name>`, `<task>:<control>`."""

from __future__ import annotations

from bot.actions.dialogue import confirming, opening, readback, repair
from bot.actions.dialogue.asking import advance, ask_again
from bot.actions.dialogue.filling import choose
from bot.actions.dialogue.performing import perform
from bot.actions.dialogue.state import Stage, Task
from bot.actions.dialogue.turn import Turn


async def press(turn: Turn, choice: str) -> None:
    """Do what the button says, if it belongs to the question that is open; an older one does nothing."""
    whose, _, what = choice.partition(":")
    if not _counts(turn.task, whose, what) or not await _press(turn, what):
        turn.tell("utter_stale_choice")
        await ask_again(turn)


def _counts(task: Task, whose: str, what: str) -> bool:
    """Whether a button is of this task, and a yes of the summary last shown."""
    task_id, _, summary = whose.partition(".")
    is_yes = what == "yes" and task.stage == Stage.CONFIRMING
    return task_id == task.id and (summary == task.summary or not is_yes)


async def _press(turn: Turn, what: str) -> bool:
    task = turn.task
    kind, _, detail = what.partition(":")
    if kind == "value" and detail.isdecimal():
        if not await choose(turn, int(detail)):
            return False
        await advance(turn)
    elif kind == "slot" and turn.operation.slot(detail) is not None and task.stage == Stage.CONFIRMING:
        await repair.change(turn, detail)
    elif kind in ("yes", "no") and readback.open_slot(turn) is not None:
        await (readback.agree(turn) if kind == "yes" else readback.wrong(turn))
    elif kind == "yes" and task.stage == Stage.CONFIRMING:
        await perform(turn)
    elif kind == "change" and task.stage == Stage.CONFIRMING:
        await repair.correct(turn)
    elif kind == "retry" and task.stage in (Stage.FAILED, Stage.UNKNOWN):
        await confirming.retry(turn)
    elif kind == "go_on":
        await ask_again(turn)
    elif kind in ("cancel", "drop"):
        await opening.cancel(turn)
    else:
        return False
    return True

"""By telephone, what is said sign by sign is read back: a number, a postal code, an e-mail address.

It counts once the caller agrees. A no may say at once what is right; a bare one asks for it, and after
another the question is put anew.
"""

from __future__ import annotations

from typing import Any

from bot.actions.dialogue.asking import READ_BACK, advance, due
from bot.actions.dialogue.filling import Reads, fill, read_values
from bot.actions.dialogue.reading import Faulty, Found
from bot.actions.dialogue.repair import change
from bot.actions.dialogue.slots import Slot
from bot.actions.dialogue.turn import Turn

_NO = ("deny", "correct")
_ANEW_AFTER = 2  # times that what was read back was wrong


async def answers(turn: Turn) -> bool:
    """Whether the turn agrees to what was read back, or says that it is wrong."""
    slot = open_slot(turn)
    if slot is None:
        return False
    task, heard = turn.task, turn.heard
    known = task.values[slot.name]
    new = slot.reader.corrected(heard, known)
    said = read_values(turn.operation, task, heard, asked=slot.name).by_slot.get(slot.name)
    if new is None and isinstance(said, Found):
        new = said.value
    if new is not None and new != known:
        await _take(turn, slot, new)
    elif new is not None or heard.intent == "affirm":
        await agree(turn)
    elif isinstance(said, Faulty) or heard.intent in _NO:
        await wrong(turn)
    else:
        return False
    return True


def open_slot(turn: Turn) -> Slot | None:
    """The slot whose value was just read back."""
    return due(turn) if turn.task.asked == READ_BACK else None


async def agree(turn: Turn) -> None:
    """It is right."""
    slot = open_slot(turn)
    assert slot is not None, "nothing was read back"
    turn.task.agree(slot.name)
    turn.task.tries.pop(READ_BACK, None)
    await advance(turn)


async def wrong(turn: Turn) -> None:
    """It is wrong, and nothing was said of what is right."""
    slot = open_slot(turn)
    assert slot is not None, "nothing was read back"
    tries = turn.task.tries[READ_BACK] = turn.task.tries.get(READ_BACK, 0) + 1
    if tries < _ANEW_AFTER:
        turn.tell("utter_read_back_wrong")
    else:
        turn.task.tries.pop(READ_BACK)
        await change(turn, slot.name)


async def _take(turn: Turn, slot: Slot, value: Any) -> None:
    if not await fill(turn, Reads({slot.name: Found(value)})):
        await advance(turn)

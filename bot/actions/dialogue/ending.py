"""What comes after an operation: the next one asked for, or the one that was left for it."""

from __future__ import annotations

from bot.actions.dialogue.state import Task
from bot.actions.dialogue.turn import Turn, named


async def finish(turn: Turn) -> None:
    """Take the task off; begin what was asked for in the same breath, or offer what was set aside."""
    ended = turn.operations[turn.state.tasks.pop().operation]
    if turn.glance is not None:
        turn.glance.forget()
    if ended.ends_all:
        _leave_nothing(turn)
    elif turn.state.waiting:
        _begin_next(turn)
    elif turn.state.tasks and not ended.is_immediate:
        offer_return(turn)


def offer_return(turn: Turn) -> None:
    """Shall we go on with what was set aside?"""
    turn.state.offering_return = True
    buttons = (turn.control("go_on"), turn.control("drop"))
    turn.tell("utter_offer_return", buttons=buttons, what=named(turn.operation))


def _leave_nothing(turn: Turn) -> None:
    """Nothing of this customer stays for whoever speaks next."""
    if turn.state.tasks or turn.state.waiting:
        turn.tell("utter_all_dropped")
    turn.state.tasks, turn.state.waiting, turn.state.profile = [], [], None


def _begin_next(turn: Turn) -> None:
    name, text = turn.state.waiting.pop(0)
    turn.state.tasks.append(Task(operation=name, opening=[text]))
    turn.tell("utter_next_request", what=named(turn.operation))

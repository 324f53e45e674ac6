"""After the summary: yes, no, "yes but"; and after a breakdown: once more, or not."""

from __future__ import annotations

from bot.actions.dialogue import opening, repair
from bot.actions.dialogue.asking import advance, ask_again, ask_what_to_change, sum_up
from bot.actions.dialogue.cues import says
from bot.actions.dialogue.ending import finish
from bot.actions.dialogue.performing import perform
from bot.actions.dialogue.state import Stage
from bot.actions.dialogue.turn import FAQ, Turn


async def answer(turn: Turn) -> None:
    """A yes to the summary does it, one to anything else sums up again; a but or a no asks what to change."""
    heard = turn.heard
    if heard.intent == "affirm" and not says("but", heard.text):
        await (perform(turn) if turn.task.awaits_yes else sum_up(turn))
    elif heard.intent == "correct":
        await repair.correct(turn)
    else:
        ask_what_to_change(turn)


async def retry(turn: Turn) -> None:
    """Once more what was agreed to, under the same key; or else go on to where that is asked."""
    task = turn.task
    if task.is_agreed:
        await perform(turn)
    else:
        task.stage = Stage.COLLECTING
        await advance(turn)


async def after_failure(turn: Turn) -> None:
    """While the backend has not answered: try again, or leave it; what was sent can't be changed."""
    heard = turn.heard
    is_unknown = turn.task.stage == Stage.UNKNOWN
    goes_on = heard.intent == "resume" and bool(heard.text)  # said, not told by the gateway after a person
    if goes_on or heard.intent in ("affirm", "signed_in") or says("retry", heard.text):
        await retry(turn)
    elif heard.intent in ("cancel", "deny"):
        await (_leave(turn) if is_unknown else opening.cancel(turn))
    elif heard.intent.startswith(FAQ) and heard.is_confident:
        turn.tell(f"utter_{heard.intent}")
        await ask_again(turn)
    elif heard.intent in ("op_human", "op_complaint"):
        await opening.begin_other(turn)
    else:
        await ask_again(turn)


async def _leave(turn: Turn) -> None:
    """It may have been done: say so, rather than that it was cancelled."""
    turn.tell("utter_left_unknown")
    await finish(turn)
    await advance(turn)

"""Does what was agreed to, once, and says what came of it: done, refused, not reached, or not known."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.actions.backend.errors import OutcomeUnknown, Refused, SignInNeeded, Unreachable
from bot.actions.dialogue.asking import advance, ask_sign_in, look_ahead, offer_retry
from bot.actions.dialogue.ending import finish
from bot.actions.dialogue.operation import Refusal
from bot.actions.dialogue.saying import Saying
from bot.actions.dialogue.state import Stage
from bot.actions.dialogue.turn import Turn

# Refusals that a person at the company can take further.
FOR_A_PERSON = {"ebill_leave_business": "business_ebill", "autopay_cancel_by_rep": "refused"}


async def perform(turn: Turn) -> None:
    """Do what the last summary said, under that summary's key."""
    task = turn.task
    assert task.key is not None, "nothing was summed up"
    if turn.operation.needs_session and turn.glance is None:
        raise SignInNeeded("not_signed_in")
    task.is_agreed = True
    await look_ahead(turn)
    task.stage = Stage.UNKNOWN  # until there is an answer
    sayings = await turn.operation.act(turn.context, task.key)
    turn.say(*sayings)
    await finish(turn)
    await advance(turn)


async def guarded(turn: Turn, step: Awaitable[None]) -> None:
    """Run a step; whatever the backend answers becomes words and a next step."""
    try:
        await step
    except Refusal as refusal:
        turn.say(*refusal.sayings)
        await _end_refused(turn)
    except SignInNeeded:
        _sign_in_again(turn)
    except Refused as refused:
        await _refused(turn, refused)
    except Unreachable:
        turn.task.stage = Stage.UNKNOWN if turn.task.may_be_done else Stage.FAILED
        offer_retry(turn)
    except OutcomeUnknown:
        turn.task.stage, turn.task.may_be_done = Stage.UNKNOWN, True
        offer_retry(turn)


def _sign_in_again(turn: Turn) -> None:
    """The session ended half way: everything is kept, and summed up again after signing in."""
    had_session = turn.glance is not None
    turn.glance = None
    task = turn.task
    if task.stage in (Stage.UNKNOWN, Stage.CONFIRMING):
        task.stage = Stage.COLLECTING  # the key stays: the same values are the same operation
    task.is_agreed = False
    is_again = had_session and not task.may_be_done
    ask_sign_in(turn, "utter_sign_in_again" if is_again else "utter_sign_in_needed")


async def _refused(turn: Turn, refused: Refused) -> None:
    task, operation = turn.task, turn.operation
    values = {"why": refused.message, "next": refused.next_step, "code": refused.code}
    slot = operation.blames.get(refused.code)
    if slot is not None and slot in task.values:
        turn.say(Saying("utter_refused_value", values))
        task.forget(slot)
        turn.answers = False  # these words gave the refused value
        await guarded(turn, advance(turn))
        return
    reason = FOR_A_PERSON.get(refused.code)
    intents = ("op_human",) if reason else ()
    turn.say(Saying("utter_refused", values, intents=intents, handoff=reason))
    await _end_refused(turn)


async def _end_refused(turn: Turn) -> None:
    await finish(turn)
    await guarded(turn, advance(turn))

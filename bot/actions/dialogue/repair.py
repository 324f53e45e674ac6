"""When the answer is not a value: why, I don't know, rather not, something else, nothing understood."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.actions.dialogue.asking import CONFIRM, SIGN_IN, ask_again, ask_what_to_change, sum_up
from bot.actions.dialogue.cues import named as cues_named
from bot.actions.dialogue.saying import Saying
from bot.actions.dialogue.state import Stage
from bot.actions.dialogue.turn import Turn, named

FEW_WORDS = 6
HELP_AFTER, PERSON_AFTER = 2, 3  # failed tries at one value

# Small talk and the like: one short answer, then the question again.
ASIDES = {
    "greet": "utter_aside_greet",
    "thanks": "utter_aside_thanks",
    "bot_challenge": "utter_bot_challenge",
    "capabilities": "utter_aside_capabilities",
    "insult": "utter_insult",
    "oos_telecom": "utter_oos_telecom",
    "oos_other": "utter_aside_off_topic",
    "switch_language": "utter_language_switched",
    "repeat": None,
    "resume": None,
}
# These want to hear all of it, not only whether to go ahead.
WHOLE = ("repeat", "resume", "switch_language")


async def aside(turn: Turn, intent: str) -> None:
    """Answer what was said beside the question, then put the question again."""
    key = ASIDES.get(intent, f"utter_{intent}")
    if key is not None:
        turn.tell(key)
    if intent in WHOLE and turn.task.stage == Stage.CONFIRMING:
        await sum_up(turn)
    else:
        await ask_again(turn)


async def why(turn: Turn) -> None:
    """Say why this is asked."""
    turn.tell(f"utter_why_{_question(turn)}", what=named(turn.operation))
    await ask_again(turn)


async def cannot_say(turn: Turn) -> None:
    """The customer does not know: leave an optional value empty, else say where it is found."""
    if not await _leave_empty(turn):
        await _help(turn)


async def rather_not(turn: Turn) -> None:
    """The customer won't say: leave an optional value empty, else say why it is needed, and the ways out."""
    if not await _leave_empty(turn):
        turn.tell(f"utter_why_{_question(turn)}", what=named(turn.operation))
        _ways_out(turn, "utter_cannot_without")


async def missed(turn: Turn) -> None:
    """Nothing in the message answers: say so, then with an example, then offer a person."""
    task = turn.task
    asked = task.asked or CONFIRM
    tries = task.tries[asked] = task.tries.get(asked, 0) + 1
    if tries < HELP_AFTER:
        turn.tell("utter_missed")
        await ask_again(turn)
    elif tries % PERSON_AFTER:
        await _help(turn)
    else:
        _ways_out(turn, "utter_person_after_failures", handoff="failures")


async def correct(turn: Turn) -> None:
    """A correction that gives no value: ask again for the one it names, or which one."""
    which = slots_named(turn)
    if len(which) == 1:
        await change(turn, which[0])
    elif any(slot.name in turn.task.values for slot in turn.operation.slots):
        ask_what_to_change(turn)
    else:
        await ask_again(turn)


async def changes_named(turn: Turn) -> bool:
    """Whether a few words name the one value to change; it is asked for again."""
    which = slots_named(turn)
    if len(which) != 1 or len(turn.heard.words) > FEW_WORDS:
        return False
    await change(turn, which[0])
    return True


def slots_named(turn: Turn) -> list[str]:
    """The known values that the words name."""
    known = tuple(f"slot_{slot.name}" for slot in turn.operation.slots if slot.name in turn.task.values)
    return [cue.removeprefix("slot_") for cue in cues_named(known, turn.heard.text)]


async def change(turn: Turn, name: str) -> None:
    """Ask for one value again."""
    turn.task.forget(name)
    await ask_again(turn)


async def hesitates(turn: Turn) -> None:
    """A bare no: an optional value stays empty; to another question, go on or leave it?"""
    if await _leave_empty(turn):
        return
    _ways_out(turn, "utter_go_on_or_cancel")


async def _leave_empty(turn: Turn) -> bool:
    slot = turn.operation.slot(turn.task.asked or "")
    if slot is None or not slot.is_optional:
        return False
    turn.task.fill(slot.name, "")
    await ask_again(turn)
    return True


async def _help(turn: Turn) -> None:
    """The question with an example, or where the answer is found."""
    turn.tell(f"utter_help_{_question(turn)}", what=named(turn.operation))
    if _question(turn) in (CONFIRM, SIGN_IN) or turn.task.offered:
        await ask_again(turn)


def _ways_out(turn: Turn, key: str, *, handoff: str | None = None) -> None:
    buttons = (turn.control("go_on"), turn.control("cancel"))
    turn.say(Saying(key, {"what": named(turn.operation)}, buttons, intents=("op_human",), handoff=handoff))


def _question(turn: Turn) -> str:
    """The name of the texts of what is being asked."""
    task = turn.task
    slot = turn.operation.slot(task.asked or "")
    if slot is not None and task.stage == Stage.COLLECTING:
        return slot.question(task.values)
    return task.asked or CONFIRM


Aside = Callable[[Turn], Awaitable[None]]
BY_INTENT: dict[str, Aside] = {"ask_why": why, "dont_know": cannot_say, "refuse": rather_not}

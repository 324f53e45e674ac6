"""When nothing comes, or nothing that makes sense: a rephrasing, an example, the keypad, then a person."""

from collections.abc import Sequence

from gateway.settings import Settings
from gateway.texts import Texts
from gateway.voice.call import HangUp, Listen, Part
from gateway.voice.prompts import NO_KEYS, choice_parts, listen, open_question
from gateway.voice.state import CallState, Stage
from gateway.voice.wording import fresh_line, line

TIRED = 8  # times that nothing came or made sense, in all of a call: then a person is offered at once
STEPS = 4  # of the ladder; after the last one silence ends the call, and words lead to a person
LEADS = {"silent": ("silent_1", "silent_2", "silent_3"), "missed": ("missed_1", "missed_2", "missed_3")}
# The lines of each stage, in the order of the ladder; other stages follow the shape of the answer.
BY_STAGE = {
    Stage.LANGUAGE: ("welcome_again", "welcome_again"),
    Stage.OPENING: ("example_text", "keypad_text"),
    Stage.CODE: ("code_where", "code_length"),
    Stage.MENU: ("menu_example", "menu_keys"),
    Stage.ACCOUNT: ("account_where", "account_length"),
    Stage.ACCOUNT_CHECK: ("account_check_example", "account_check_keys"),
    Stage.PIN: ("pin_again", "pin_where"),
    Stage.CALLBACK: ("callback_again", "callback_offer"),
    Stage.CALLBACK_NUMBER: ("callback_number_again", "callback_number"),
}


def climb(texts: Texts, settings: Settings, state: CallState, *, silent: bool) -> Listen | HangUp | None:
    """The next step up; None when it is time for a person."""
    if silent:
        state.silent, state.silent_in_all = state.silent + 1, state.silent_in_all + 1
    else:
        state.missed, state.missed_in_all = state.missed + 1, state.missed_in_all + 1
    step = state.silent if silent else state.missed
    if step <= STEPS and state.silent_in_all + state.missed_in_all >= TIRED:
        step = max(step, STEPS)
    if step > STEPS:
        return HangUp(says=(line(texts, "goodbye_silent", state.language),)) if silent else None
    leads, turn = LEADS["silent" if silent else "missed"], (step - 1) % STEPS
    lead = fresh_line(texts, state, [*leads[turn:], *leads[:turn]])
    return listen(texts, settings, state, [lead, *_rung(texts, state, step)])


def _rung(texts: Texts, state: CallState, step: int) -> Sequence[Part]:
    example, keys = _lines(state)
    if step == 1:
        return open_question(texts, state)
    if step == 2:
        return [fresh_line(texts, state, [example]) or _again(state)]
    if step == 3:
        ways = choice_parts(texts, state, all_of_them=True) if state.asks in NO_KEYS else []
        return [fresh_line(texts, state, [keys]) or _again(state), *ways]
    return [fresh_line(texts, state, ["person"]) or _again(state)]


def _again(state: CallState) -> Part:
    return state.question[-1] if state.question else ()


def _lines(state: CallState) -> tuple[str, str]:
    if state.stage in BY_STAGE:
        return BY_STAGE[state.stage]
    kind = "value" if state.asks == "text" and state.is_asked else state.asks
    return f"example_{kind}", f"keypad_{kind}"

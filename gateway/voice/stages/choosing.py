"""The menu by keys: what is chosen goes to the bot as if it had been asked for, and so does what is said."""

from gateway.voice import keypad, menu
from gateway.voice.call import Heard, Step
from gateway.voice.cues import Cue, is_said, says
from gateway.voice.keypad import Control
from gateway.voice.leg import Leg
from gateway.voice.stages.codes import tell_code
from gateway.voice.stages.menus import go_to, more_of_menu, put_menu
from gateway.voice.stages.openings import ask_open
from gateway.voice.stages.saying import change_language, choose, climb, control, put_again, say
from gateway.voice.state import Choice

WAYS: tuple[tuple[Cue, Control], ...] = (("repeat", "repeat"), ("more", "more"), ("cancel", "cancel"))


async def hear(leg: Leg, heard: Heard) -> Step:
    """A choice by key or by name, a way through the menu, or any other words."""
    if heard.is_silence:
        return await climb(leg, silent=True)
    if heard.digits:
        return await _press(leg, heard.digits)
    if heard.confidence is not None and heard.confidence < leg.tools.settings.voice_confidence:
        return await climb(leg, silent=False)
    for cue, wanted in WAYS:
        if says(cue, heard.speech):
            return await _control(leg, wanted)
    named = next((one for one in leg.state.choices if is_said(one.title, heard.speech)), None)
    return await (say(leg, heard.speech) if named is None else _take(leg, named))


async def _press(leg: Leg, digits: str) -> Step:
    state = leg.state
    pressed = keypad.read_keys(
        digits, state.asks, is_asked=True, choices=len(state.choices), language=state.language
    )
    if pressed.control is not None:
        return await _control(leg, pressed.control)
    if pressed.choice is not None:
        return await _take(leg, state.choices[pressed.choice])
    return await climb(leg, silent=False)


async def _control(leg: Leg, wanted: Control) -> Step:
    if wanted == "more":
        return more_of_menu(leg)
    if wanted == "cancel":
        return await _back(leg)
    if wanted == "language":
        await change_language(leg)
        return put_menu(leg)
    return await control(leg, wanted)


async def _take(leg: Leg, chosen: Choice) -> Step:
    if menu.is_place(chosen.token):
        return go_to(leg, chosen.token)
    if chosen.token == menu.CODE:
        return await tell_code(leg)
    return await choose(leg, chosen.title, chosen.token)


async def _back(leg: Leg) -> Step:
    """One place up; from the top to the question that was open, or to any."""
    leg.state.places.pop()
    if leg.state.places:
        return go_to(leg)
    if leg.state.was_asked:
        return await put_again(leg)
    return ask_open(leg, leg.say("ask_open"))

"""The conversation itself: what the caller says or dials, read by the question that is open."""

from gateway.voice import keypad
from gateway.voice.call import Heard, Step
from gateway.voice.cues import says
from gateway.voice.keypad import Pressed
from gateway.voice.leg import Leg
from gateway.voice.prompts import CODE
from gateway.voice.stages.codes import tell_code
from gateway.voice.stages.menus import open_menu
from gateway.voice.stages.saying import climb, control, say


async def hear(leg: Leg, heard: Heard) -> Step:
    """Take what the caller said or dialled."""
    state = leg.state
    if heard.is_silence:
        return await climb(leg, silent=True)
    if heard.digits:
        pressed = keypad.read_keys(
            heard.digits,
            state.asks,
            is_asked=state.is_asked,
            choices=min(len(state.choices), keypad.MOST_CHOICES),
            language=state.language,
        )
        return await _press(leg, pressed)
    if heard.confidence is not None and heard.confidence < leg.tools.settings.voice_confidence:
        return await climb(leg, silent=False)
    return await _speech(leg, heard.speech)


async def _speech(leg: Leg, speech: str) -> Step:
    if says("repeat", speech):
        return leg.again()
    if leg.state.rest and says("more", speech):
        return await control(leg, "more")
    if says("menu", speech):
        return open_menu(leg)
    if says("code", speech):
        return await tell_code(leg)
    return await say(leg, speech)


async def _press(leg: Leg, pressed: Pressed) -> Step:
    if pressed.control is not None:
        return await control(leg, pressed.control)
    if pressed.choice is not None:
        chosen = leg.state.choices[pressed.choice]
        return await (tell_code(leg) if chosen.role == CODE else say(leg, button=chosen))
    if pressed.text is not None:
        return await say(leg, pressed.text)
    return await climb(leg, silent=False)

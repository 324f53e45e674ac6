"""The conversation itself: what the caller says or dials, read by the question that is open."""

from gateway.voice import keypad, prompts
from gateway.voice.call import Heard, Step
from gateway.voice.cues import says
from gateway.voice.keypad import Pressed
from gateway.voice.leg import Leg
from gateway.voice.stages.openings import ask_open
from gateway.voice.stages.saying import climb, control, say
from gateway.voice.state import Stage
from gateway.voice.wording import line_with_digits


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
        return prompts.more(leg.tools.texts, leg.tools.settings, leg.state)
    if says("code", speech):
        return await _tell_code(leg)
    return await say(leg, speech)


async def _press(leg: Leg, pressed: Pressed) -> Step:
    if pressed.control is not None:
        return await control(leg, pressed.control)
    if pressed.choice is not None:
        return await say(leg, button=leg.state.choices[pressed.choice])
    if pressed.text is not None:
        return await say(leg, pressed.text)
    return await climb(leg, silent=False)


async def _tell_code(leg: Leg) -> Step:
    """Tell the code with which the conversation goes on at the page; the question stays open."""
    tools, language = leg.tools, leg.state.language
    conversation = await leg.conversation()
    code = await tools.codes.make(conversation.id, "page")
    minutes = round(tools.settings.voice_code_minutes)
    told = line_with_digits(tools.texts, "code_told", language, "code", code.digits, minutes=minutes)
    again = line_with_digits(tools.texts, "code_again", language, "code", code.digits)
    if leg.state.stage is Stage.OPENING:
        return ask_open(leg, (told,), (again,), leg.say("what_else"))
    return leg.listen((told,), (again,), *prompts.open_question(tools.texts, leg.state))

"""Between page and telephone: a code entered in a call, and a code told in one."""

import uuid

from gateway.conversations import store
from gateway.errors import GatewayError
from gateway.masking.spoken import read_spoken
from gateway.voice import prompts
from gateway.voice.call import Ask, Heard, Listen, Part, Step
from gateway.voice.codes import DIGITS
from gateway.voice.cues import says
from gateway.voice.keypad import RESERVED
from gateway.voice.leg import Leg
from gateway.voice.prompts import ENTRY_PAUSE
from gateway.voice.speaking import merged
from gateway.voice.stages.openings import ask_open
from gateway.voice.stages.saying import climb, control, go_on, say
from gateway.voice.state import Stage
from gateway.voice.wording import line_with_digits

TRIES = 3
RESUME = "/resume"


def ask_code(leg: Leg, *before: Part) -> Listen:
    """Which code did the page give?"""
    state = leg.state
    state.stage, state.asks, state.is_asked = Stage.CODE, "text", True
    state.choices, state.by_role, state.rest = [], {}, []
    state.ask_anew()
    state.question = [leg.say("code")]
    return _prompt(leg, *before, *state.question)


def _prompt(leg: Leg, *parts: Part) -> Listen:
    ask = Ask(digits=DIGITS, pause=ENTRY_PAUSE, silence=leg.tools.settings.voice_silence)
    return Listen(parts=tuple(merged(parts)), ask=ask, language=leg.state.language)


async def hear(leg: Leg, heard: Heard) -> Step:
    """Six digits, dialled or said; anything else that is said goes to the bot."""
    wanted = RESERVED.get(heard.digits)
    if wanted == "cancel" or says("cancel", heard.speech) or says("no", heard.speech):
        return ask_open(leg, leg.say("ask_open"))
    if wanted is not None and wanted != "language":
        return await control(leg, wanted)
    if says("repeat", heard.speech):
        return leg.again()
    spoken = "".join(one for one in read_spoken(heard.speech).text if one.isdecimal())
    digits = heard.digits or spoken
    if len(digits) == DIGITS and digits.isdecimal():
        return await _continue(leg, digits)
    if heard.speech and not spoken:
        return await say(leg, heard.speech)
    step = await climb(leg, silent=heard.is_silence)
    is_still_asked = leg.state.stage is Stage.CODE and isinstance(step, Listen)
    return _prompt(leg, *step.parts) if is_still_asked and isinstance(step, Listen) else step


async def _continue(leg: Leg, digits: str) -> Step:
    """Go on with the conversation that the code was made in."""
    state = leg.state
    try:
        conversation_id = await leg.tools.codes.use(digits, "phone", tried_by=leg.address)
    except GatewayError:
        state.code_tries += 1
        if state.code_tries < TRIES:
            return ask_code(leg, leg.say("code_wrong"))
        return ask_open(leg, leg.say("code_too_often"))
    await _take_along(leg, conversation_id)
    turn = await leg.tools.conversations.tell(conversation_id, RESUME)
    answer = await leg.tools.conversations.finish(turn)
    return await go_on(leg, [answer], before=[leg.say("continued")])


async def _take_along(leg: Leg, conversation_id: uuid.UUID) -> None:
    async with leg.tools.database.write() as session:
        conversation = await store.lock_conversation(session, conversation_id)
        conversation.channel = "voice"
        leg.state.conversation_id, leg.state.language = conversation.id, conversation.language
        await session.commit()


async def tell_code(leg: Leg) -> Step:
    """Tell the code with which the conversation goes on at the page; the question stays open."""
    tools, language = leg.tools, leg.state.language
    conversation = await leg.conversation()
    code = await tools.codes.make(conversation.id, "page")
    minutes = round(tools.settings.voice_code_minutes)
    told = line_with_digits(tools.texts, "code_told", language, "code", code.digits, minutes=minutes)
    again = line_with_digits(tools.texts, "code_again", language, "code", code.digits)
    if leg.state.stage in (Stage.OPENING, Stage.MENU):
        return ask_open(leg, (told,), (again,), leg.say("what_else"))
    return leg.listen((told,), (again,), *prompts.open_question(tools.texts, leg.state))

"""Nobody is there to talk to: a ticket to be called back, at this number or another; or back to the bot."""

import phonenumbers

from gateway.desk.tickets import Wish, do_open_ticket
from gateway.errors import GatewayError
from gateway.voice.call import Heard, Listen, Step
from gateway.voice.cues import says
from gateway.voice.leg import Leg
from gateway.voice.stages.openings import PHONE_DIGITS, ask_number, ask_open, number_prompt
from gateway.voice.state import Stage
from gateway.voice.wording import line_with_digits


async def hear_offer(leg: Leg, heard: Heard) -> Step:
    """Yes, at this number; at another one; or no."""
    if heard.digits == "1" or says("yes", heard.speech):
        return await _keep(leg, leg.number_shown or "")
    if heard.digits == "2":
        return ask_number(leg)
    if heard.digits == "9" or says("no", heard.speech) or says("cancel", heard.speech):
        return ask_open(leg, leg.say("what_else"))
    return await _again(leg, heard)


async def hear_number(leg: Leg, heard: Heard) -> Step:
    """Ten digits, or no call at all."""
    if heard.digits == "9" or says("no", heard.speech) or says("cancel", heard.speech):
        return ask_open(leg, leg.say("what_else"))
    if len(heard.digits) == PHONE_DIGITS and (number := _telephone(heard.digits)) is not None:
        return await _keep(leg, number)
    return await _again(leg, heard)


async def _again(leg: Leg, heard: Heard) -> Step:
    if heard.digits == "*" or says("repeat", heard.speech):
        return leg.again()
    step = leg.climb(silent=heard.is_silence)
    if step is None:
        return ask_open(leg, leg.say("what_else"))
    is_number = leg.state.stage is Stage.CALLBACK_NUMBER and isinstance(step, Listen)
    return number_prompt(leg, *step.parts) if is_number and isinstance(step, Listen) else step


async def _keep(leg: Leg, reach_at: str) -> Step:
    tools, conversation = leg.tools, await leg.conversation()
    text = tools.texts.get("voice.callback_message", leg.state.language)
    try:
        ticket, _ = await do_open_ticket(
            tools.desk, conversation.id, leg.message_id, Wish("telephone", reach_at, text)
        )
    except GatewayError:
        return ask_open(leg, leg.say("callback_impossible"), leg.say("what_else"))
    kept = line_with_digits(tools.texts, "callback_kept", leg.state.language, "number", ticket.number)
    return ask_open(leg, (kept,), leg.say("what_else"))


def _telephone(digits: str) -> str | None:
    number = phonenumbers.parse(digits, "CA")
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

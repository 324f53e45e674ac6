"""Who is calling: account number and PIN, dialled, on their way to the backend and to nobody else.

A number that was said is read back by its groups before it is used.
"""

from collections.abc import Sequence

import structlog
from pydantic import SecretStr

from gateway.conversations.records import Conversation
from gateway.errors import GatewayError
from gateway.masking.spoken import read_spoken
from gateway.voice.answers import spoken, tells_an_end
from gateway.voice.call import Ask, Heard, Listen, Part, Step
from gateway.voice.calls import do_take_untold
from gateway.voice.cues import says
from gateway.voice.keypad import ACCOUNT_DIGITS, RESERVED
from gateway.voice.leg import Leg
from gateway.voice.prompts import ENTRY_PAUSE
from gateway.voice.speaking import merged
from gateway.voice.stages.openings import ask_account, ask_open
from gateway.voice.stages.saying import change_language, climb, control, go_on, say
from gateway.voice.state import Stage
from gateway.voice.wording import line_with_digits

log = structlog.get_logger(__name__)

SHORTEST_PIN, LONGEST_PIN = 4, 8


async def hear_account(leg: Leg, heard: Heard) -> Step:
    """Nine digits by keypad, or said; words that are no number go to the bot."""
    if heard.is_silence:
        return await climb(leg, silent=True)
    if heard.digits in RESERVED:
        return await _control(leg, heard.digits)
    if says("repeat", heard.speech):
        return leg.again()
    digits = heard.digits or _said_digits(heard.speech)
    if len(digits) == ACCOUNT_DIGITS and digits.isdecimal():
        return _ask_pin(leg, digits) if heard.digits else _check(leg, digits)
    return await (climb(leg, silent=False) if digits else say(leg, heard.speech))


def _check(leg: Leg, account_number: str) -> Listen:
    """Is this the number that was said?"""
    state = leg.state
    state.stage, state.account_number = Stage.ACCOUNT_CHECK, account_number
    state.asks = "yes_no"
    state.ask_anew()
    number = line_with_digits(leg.tools.texts, "account_heard", state.language, "number", account_number)
    state.question = [(number,)]
    return leg.listen(*state.question)


async def hear_check(leg: Leg, heard: Heard) -> Step:
    """Yes, no, or the number once more."""
    if heard.is_silence:
        return await climb(leg, silent=True)
    if heard.digits in RESERVED:
        return await _control(leg, heard.digits)
    said, again = _said_digits(heard.speech), says("repeat", heard.speech)
    if len(said) == ACCOUNT_DIGITS:
        return _check(leg, said)
    if heard.digits == "2" or says("no", heard.speech):
        return ask_account(leg, [leg.say("account_wrong")])
    if heard.digits == "1" or says("yes", heard.speech):
        return _ask_pin(leg, leg.state.account_number or "")
    return leg.again() if again else await climb(leg, silent=False)


def _said_digits(speech: str) -> str:
    canonical = read_spoken(speech).text
    return "".join(character for character in canonical if character.isdecimal())


def _ask_pin(leg: Leg, account_number: str) -> Listen:
    leg.state.stage, leg.state.account_number = Stage.PIN, account_number
    leg.state.ask_anew()
    leg.state.question = [leg.say("pin")]
    return _pin_prompt(leg, leg.state.question)


def _pin_prompt(leg: Leg, parts: Sequence[Part]) -> Listen:
    """The keypad only: what is said aloud others may hear, and the recogniser would."""
    silence = leg.tools.settings.voice_silence
    ask = Ask(speech=False, digits=LONGEST_PIN, pause=ENTRY_PAUSE, silence=silence)
    return Listen(parts=tuple(merged(parts)), ask=ask, language=leg.state.language)


async def hear_pin(leg: Leg, heard: Heard) -> Step:
    """The PIN, which is forgotten with this function."""
    if heard.digits in RESERVED:
        return await _control(leg, heard.digits)
    if heard.digits.isdecimal() and SHORTEST_PIN <= len(heard.digits) <= LONGEST_PIN:
        return await _prove(leg, SecretStr(heard.digits))
    step = await climb(leg, silent=not heard.digits)
    is_still_asked = leg.state.stage is Stage.PIN and isinstance(step, Listen)
    return _pin_prompt(leg, step.parts) if is_still_asked and isinstance(step, Listen) else step


async def _control(leg: Leg, digits: str) -> Step:
    wanted = RESERVED[digits]
    leg.state.account_number = leg.state.account_number if wanted in ("repeat", "language") else None
    if wanted != "language":
        return await control(leg, wanted)
    await change_language(leg)
    return ask_account(leg)


async def _prove(leg: Leg, pin: SecretStr) -> Step:
    account_number, conversation = leg.state.account_number or "", await leg.conversation()
    leg.state.account_number = None
    try:
        answers = await leg.tools.signing_in.sign_in_by_phone(
            conversation, account_number, pin, address=leg.address
        )
    except GatewayError as error:
        return _refused(leg, error)
    return await go_on(leg, answers, before=await _untold(leg, conversation))


def _refused(leg: Leg, error: GatewayError) -> Step:
    """Once more while there are tries; else the ways out."""
    if error.code == "sign_in_failed":
        left = error.fields.get("attempts_left")
        key = "proof_failed" if left is None else "proof_failed_left"
        return ask_account(leg, [leg.say(key, **error.fields)])
    is_locked = error.code == "sign_in_locked"
    key = "proof_locked" if is_locked else "proof_unavailable"
    by_role = leg.state.by_role
    step = ask_open(leg, leg.say(key, **error.fields), leg.say("proof_ways_out"))
    leg.state.by_role = by_role
    return step


async def _untold(leg: Leg, conversation: Conversation) -> list[Part]:
    """What this customer did not hear at the end of their last call, if it was how something ended."""
    async with leg.tools.database.read() as session:
        now = await session.get_one(Conversation, conversation.id)
    messages = await do_take_untold(leg.tools.database, now.profile_id or "")
    if not tells_an_end(messages):
        return []
    return [leg.say("last_call"), *(part for one in messages for part in spoken(leg.tools.texts, one))]

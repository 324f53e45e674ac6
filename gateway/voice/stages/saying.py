"""What is said goes to the bot, and what it answers comes back as the next step."""

from collections.abc import Coroutine, Sequence
from typing import Any

from gateway.conversations import store
from gateway.conversations.records import Conversation, Message, Owner, Sender, Turn
from gateway.conversations.service import Answered
from gateway.errors import GatewayError
from gateway.voice import prompts
from gateway.voice.answers import read_answer
from gateway.voice.call import HangUp, Part, Step
from gateway.voice.keypad import Control
from gateway.voice.leg import Leg, says_of
from gateway.voice.prompts import OTHER
from gateway.voice.stages.menus import open_menu
from gateway.voice.stages.openings import ask_account, ask_open, hand_over, offer_callback
from gateway.voice.state import Choice, Stage

REPEAT = "/repeat"


async def say(leg: Leg, text: str | None = None, *, button: Choice | None = None) -> Step:
    """Pass it on, and make a prompt of the answer; what can't be taken was not understood."""
    conversations, conversation = leg.tools.conversations, await leg.conversation()
    token = None if button is None else button.token
    return await _answer(
        leg, conversations.accept(conversation, leg.message_id, text=text, button=token, channel="voice")
    )


async def choose(leg: Leg, title: str, intent: str) -> Step:
    """Pass on a request chosen from the menu, and make a prompt of the answer."""
    conversations, conversation = leg.tools.conversations, await leg.conversation()
    return await _answer(
        leg, conversations.choose(conversation, leg.message_id, title, intent, channel="voice")
    )


async def _answer(leg: Leg, taking: Coroutine[Any, Any, Turn]) -> Step:
    try:
        done = await leg.tools.conversations.finish(await taking)
    except GatewayError:
        return await climb(leg, silent=False)
    return await go_on(leg, [done])


async def go_on(leg: Leg, answers: Sequence[Answered], *, before: Sequence[Part] = ()) -> Step:
    """The step after the bot has answered; `before` is said first."""
    conversation, messages = await _read(leg, answers)
    leg.state.stage, leg.state.language = Stage.TALK, conversation.language
    leg.heard_seq = answers[-1].turn.seq if answers else None
    answer = read_answer(leg.tools, messages)
    parts = [*before, *answer.parts]
    if conversation.owner != Owner.BOT:
        words = [one for one in messages if one.sender == Sender.BOT]
        return await hand_over(leg, conversation, [*before, *read_answer(leg.tools, words).parts])
    if answer.is_goodbye:
        return HangUp(says=says_of(*parts))
    prompts.set_question(leg.state, parts, answer.choices, answer.asks)
    if answer.card == "sign_in":
        return ask_account(leg, parts)
    if answer.card == "callback":
        return offer_callback(leg, parts)
    if not answer.parts:
        return ask_open(leg, *before, leg.say("what_else"))
    return prompts.put(leg.tools.texts, leg.tools.settings, leg.state, parts, is_done=answer.is_done)


async def _read(leg: Leg, answers: Sequence[Answered]) -> tuple[Conversation, list[Message]]:
    async with leg.tools.database.read() as session:
        conversation = await session.get_one(Conversation, leg.state.conversation_id)
        messages = [message for one in answers for message in await store.answer_of(session, one.turn)]
    return conversation, messages


async def control(leg: Leg, wanted: Control) -> Step:
    """Do what a reserved key, or the word for it, asks."""
    if wanted == "repeat":
        return leg.again()
    if wanted == "more":
        is_menu = not leg.state.rest and not leg.state.is_asked
        return open_menu(leg) if is_menu else prompts.more(leg.tools.texts, leg.tools.settings, leg.state)
    if wanted == "language":
        await change_language(leg)
        return await put_again(leg)
    button = leg.state.by_role.get(wanted)
    if button is not None:
        return await say(leg, button=button)
    return await say(leg, leg.tools.texts.get(f"voice.say_{wanted}", leg.state.language))


async def change_language(leg: Leg) -> None:
    """Go on in the other language."""
    conversation = await leg.conversation()
    leg.state.language = OTHER[leg.state.language]
    await leg.tools.conversations.change_language(conversation, leg.state.language)


async def put_again(leg: Leg) -> Step:
    """What the bot said last, once more."""
    conversation = await leg.conversation()
    turn = await leg.tools.conversations.tell(conversation.id, REPEAT)
    return await go_on(leg, [await leg.tools.conversations.finish(turn)])


async def climb(leg: Leg, *, silent: bool) -> Step:
    """One more step up the ladder; at its end who speaks is given to a person."""
    step = leg.climb(silent=silent)
    if step is not None:
        return step
    leg.state.ask_anew()
    return await control(leg, "person")

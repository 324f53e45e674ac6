"""The first prompt of each part of a call that the bot's answer may lead to."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations import owners, store
from gateway.conversations.records import Conversation, Owner
from gateway.voice.call import Ask, Details, Listen, Part, Step, Transfer
from gateway.voice.leg import Leg, says_of
from gateway.voice.prompts import ENTRY_PAUSE
from gateway.voice.speaking import merged
from gateway.voice.state import Stage

PHONE_DIGITS = 10


def ask_account(leg: Leg, parts: Sequence[Part] = ()) -> Listen:
    """Who is calling? First the account number."""
    state = leg.state
    state.stage, state.account_number = Stage.ACCOUNT, None
    state.asks, state.is_asked, state.choices, state.rest = "account_number", True, [], []
    state.ask_anew()
    state.question = [leg.say("account")]
    return leg.listen(*parts, *state.question)


def ask_open(leg: Leg, *parts: Part) -> Listen:
    """Whatever the caller likes to say next."""
    state = leg.state
    state.stage, state.asks, state.is_asked = Stage.TALK, "text", False
    state.choices, state.by_role, state.rest = [], {}, []
    state.ask_anew()
    state.question = list(parts[-1:])
    return leg.listen(*parts)


async def hand_over(leg: Leg, conversation: Conversation, parts: Sequence[Part] = ()) -> Step:
    """Connect the caller to people, or offer to be called back where calls can't be passed on."""
    target = leg.tools.settings.voice_transfer
    if target is None:
        await take_back(leg)
        return offer_callback(leg, [*parts, leg.say("not_passed_on")])
    leg.state.stage = Stage.TRANSFER
    says = says_of(*parts, leg.say("connecting"))
    return Transfer(says=says, target=target, details=_details(leg, conversation))


async def take_back(leg: Leg) -> None:
    """Let the bot answer again."""
    assert leg.state.conversation_id is not None
    async with leg.tools.database.write() as session:
        await _give_back(session, leg)
        await session.commit()
    leg.tools.conversations.live.wake_desks(leg.state.conversation_id)


async def _give_back(session: AsyncSession, leg: Leg) -> None:
    assert leg.state.conversation_id is not None
    conversation = await store.lock_conversation(session, leg.state.conversation_id)
    if conversation.owner == Owner.QUEUE:
        owners.give_to_bot(conversation, now=leg.tools.clock())


def _details(leg: Leg, conversation: Conversation) -> Details:
    texts, language = leg.tools.texts, conversation.language
    is_verified = leg.tools.conversations.is_signed_in(conversation)
    tasks = (conversation.operation or {}).get("tasks") or [{}]
    key = f"desk.operation_{tasks[-1].get('operation')}"
    key = key if key in texts else "voice.nothing_under_way"
    verified = texts.get(f"voice.verified_{'yes' if is_verified else 'no'}", language)
    values = {"verified": verified, "what": texts.get(key, language)}
    return Details(
        conversation=str(conversation.id),
        language=language,
        verified=is_verified,
        summary=texts.get("voice.summary", language, values),
    )


def offer_callback(leg: Leg, parts: Sequence[Part]) -> Listen:
    """Nobody is there: shall somebody call back, and where?"""
    if leg.number_shown is None:
        return ask_number(leg, parts)
    state = leg.state
    state.stage, state.asks, state.is_asked, state.choices, state.rest = Stage.CALLBACK, "text", False, [], []
    state.ask_anew()
    state.question = [leg.say("callback_offer")]
    return leg.listen(*parts, *state.question)


def ask_number(leg: Leg, parts: Sequence[Part] = ()) -> Listen:
    """Where to call back?"""
    state = leg.state
    state.stage = Stage.CALLBACK_NUMBER
    state.asks, state.is_asked, state.choices, state.rest = "text", True, [], []
    state.ask_anew()
    state.question = [leg.say("callback_number")]
    return number_prompt(leg, *parts, *state.question)


def number_prompt(leg: Leg, *parts: Part) -> Listen:
    """Listen for a telephone number."""
    silence = leg.tools.settings.voice_silence
    ask = Ask(digits=PHONE_DIGITS, pause=ENTRY_PAUSE, silence=silence)
    return Listen(parts=tuple(merged(parts)), ask=ask, language=leg.state.language)

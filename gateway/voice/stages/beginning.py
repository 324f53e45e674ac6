"""The beginning: which language, whether to remember it, and the greeting."""

from gateway.settings import Language, Settings
from gateway.texts import Texts
from gateway.voice.call import Ask, Heard, Listen, Part, Step
from gateway.voice.calls import do_remember, remembered_language
from gateway.voice.cues import says
from gateway.voice.hints import hints_for
from gateway.voice.leg import Leg
from gateway.voice.prompts import OTHER
from gateway.voice.stages import talk
from gateway.voice.stages.codes import ask_code
from gateway.voice.stages.saying import say
from gateway.voice.state import CallState, Stage
from gateway.voice.wording import line

KEYS: dict[str, Language] = {"1": "fr", "2": "en"}
LANGUAGE_TRIES = 2  # after the first; then French, with the way to English
CODE_KEY = "3"


def first_prompt(texts: Texts, settings: Settings, state: CallState, remembered: Language | None) -> Listen:
    """What a caller hears first."""
    if remembered is not None:
        state.language, state.is_language_chosen = remembered, True
        return greet(texts, settings, state)
    return _ask_language(texts, settings, "welcome")


def _ask_language(texts: Texts, settings: Settings, key: str) -> Listen:
    both: Part = tuple(line(texts, key, language) for language in KEYS.values())
    hints = tuple(hint.strip() for hint in texts.get("voice.language_hints", "fr").split(","))
    ask = Ask(digits=1, hints=hints, silence=settings.voice_silence)
    return Listen(parts=(both,), ask=ask, language="fr")


async def hear_language(leg: Leg, heard: Heard) -> Step:
    """French or English; who says neither twice goes on in French."""
    chosen = KEYS.get(heard.digits) or _said_language(heard.speech)
    if chosen is None and leg.state.missed < LANGUAGE_TRIES:
        leg.state.missed += 1
        key = "welcome_again" if leg.state.missed == 1 else "welcome"
        return _ask_language(leg.tools.texts, leg.tools.settings, key)
    leg.state.language, leg.state.is_language_chosen = chosen or "fr", chosen is not None
    leg.state.ask_anew()
    if chosen is not None and leg.caller is not None and not await _is_remembered(leg):
        leg.state.stage = Stage.REMEMBER
        leg.state.asks, leg.state.is_asked = "yes_no", True
        leg.state.question = [leg.say("remember")]
        return leg.listen(*leg.state.question)
    return greet(leg.tools.texts, leg.tools.settings, leg.state)


def _said_language(speech: str) -> Language | None:
    if says("english", speech):
        return "en"
    return "fr" if says("french", speech) else None


async def _is_remembered(leg: Leg) -> bool:
    return await remembered_language(leg.tools.database, leg.caller) == leg.state.language


async def hear_remember(leg: Leg, heard: Heard) -> Step:
    """Only a yes is a yes; anything else that is more than that is taken as said to the assistant."""
    tools, state = leg.tools, leg.state
    lead: Part = ()
    if (heard.digits == "1" or says("yes", heard.speech)) and leg.caller is not None:
        await do_remember(tools.database, leg.caller, state.language, now=tools.clock())
        lead = (line(tools.texts, "remembered", state.language),)
    is_no = heard.digits or says("no", heard.speech)
    if not lead and not is_no and len(heard.speech.split()) > 2:
        return await say(leg, heard.speech)
    return greet(tools.texts, tools.settings, state, lead)


def greet(texts: Texts, settings: Settings, state: CallState, lead: Part = ()) -> Listen:
    """The greeting: what can be said, the menu, the code that the page may have given, the keys."""
    language = state.language
    state.stage, state.asks, state.is_asked = Stage.OPENING, "text", False
    state.choices, state.by_role, state.rest = [], {}, []
    state.question = [(line(texts, "opening", language),)]
    ways = (line(texts, "opening_menu", language), line(texts, "opening_code", language))
    keys = (line(texts, "opening_keys", language), line(texts, "other_language", OTHER[language]))
    parts = (lead, *state.question, ways, keys)
    ask = Ask(digits=1, hints=hints_for(texts, language), silence=settings.voice_silence)
    return Listen(parts=tuple(part for part in parts if part), ask=ask, language=language)


async def hear_opening(leg: Leg, heard: Heard) -> Step:
    """A language, a code, the menu, or the first thing said to the assistant."""
    tools, state, digits = leg.tools, leg.state, heard.digits
    if digits == CODE_KEY:
        return ask_code(leg)
    if digits in KEYS:
        state.language, state.is_language_chosen = KEYS[digits], True
        return greet(tools.texts, tools.settings, state)
    if digits == "#" or (not digits and _switches(state.language, heard.speech)):
        state.language = OTHER[state.language]
        return greet(tools.texts, tools.settings, state)
    if digits in ("*", "9"):
        return greet(tools.texts, tools.settings, state)
    return await talk.hear(leg, heard)


def _switches(language: Language, speech: str) -> bool:
    return says("english" if language == "fr" else "french", speech)

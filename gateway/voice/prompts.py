"""Makes the prompt of what the bot said: its words in parts, its choices on keys, what to listen for."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from gateway.settings import Language, Settings
from gateway.texts import Texts
from gateway.voice import keypad
from gateway.voice.call import Ask, Listen, Part, Say
from gateway.voice.hints import hints_for
from gateway.voice.speaking import in_groups, merged
from gateway.voice.state import Asks, CallState, Choice
from gateway.voice.wording import fresh_line, line

LIST = 3  # choices told at once
LONGEST = 4  # parts of words told before the caller asks for more
ENTRY_PAUSE = 3  # seconds between two keys of an entry begun while the prompt is said
CODE = "code"  # the role of the choice that tells a code to go on at the page
NO_KEYS: tuple[Asks, ...] = ("address", "email")  # what can be said, or written on the page, but not dialled
CODES = 2  # times that the code is offered with such a question
OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}


def set_question(
    state: CallState, parts: Sequence[Part], choices: Sequence[Choice], asks: Asks | None
) -> None:
    """Remember what is asked now, and which key does what."""
    state.choices = [choice for choice in choices if choice.role not in ("cancel", "person")]
    state.by_role = {choice.role: choice for choice in choices if choice.role in ("cancel", "person")}
    state.asks = asks or ("choice" if state.choices else "text")
    state.is_asked = asks is not None
    state.question = list(parts[-1:])
    state.ask_anew()


def put(
    texts: Texts, settings: Settings, state: CallState, parts: Sequence[Part], *, is_done: bool = False
) -> Listen:
    """The prompt: words first, then choices; what is too much waits for "more".

    What a yes would agree to is told whole, its question too. `is_done` says that something has ended.
    """
    longest = len(parts) if state.asks == "yes_no" else LONGEST
    told, waiting = list(parts[:longest]), list(parts[longest:])
    lists = choice_parts(texts, state)
    if state.asks in NO_KEYS:
        state.said["code_choice"] = state.said.get("code_choice", 0) + 1
    if waiting:
        state.rest = [*waiting, *lists]
    else:
        told, state.rest = [*told, *lists[:1]], lists[1:]
    if state.rest:
        told.append((line(texts, "more", state.language),))
    elif not state.choices:
        told.append(_hint(texts, state) if state.is_asked else _way_on(texts, state, is_done=is_done))
    return listen(texts, settings, state, told)


def _hint(texts: Texts, state: CallState) -> Part:
    """How to answer on the keypad, told once."""
    key = f"hint_{state.asks}"
    return fresh_line(texts, state, [key]) if _has(texts, key) and key not in state.said else ()


def _way_on(texts: Texts, state: CallState, *, is_done: bool) -> Part:
    """Where to go from here, for who uses the menu and after something has ended."""
    if state.uses_menu:
        return fresh_line(texts, state, ["menu_again"])
    return fresh_line(texts, state, ["what_else"]) if is_done else ()


def more(texts: Texts, settings: Settings, state: CallState) -> Listen:
    """The rest of what was too much."""
    if not state.rest:
        nothing = (line(texts, "no_more", state.language),)
        return listen(texts, settings, state, [nothing, *open_question(texts, state)])
    told, state.rest = state.rest[:LONGEST], state.rest[LONGEST:]
    if state.rest:
        told.append((line(texts, "more", state.language),))
    return listen(texts, settings, state, told)


def listen(texts: Texts, settings: Settings, state: CallState, parts: Sequence[Part]) -> Listen:
    """Say these parts and listen for an answer to the question that is open."""
    digits = keypad.digits_for(state.asks, is_asked=state.is_asked, choices=len(state.choices))
    titles = [choice.title for choice in state.choices]
    ask = Ask(
        digits=digits,
        hints=hints_for(texts, state.language, titles),
        pause=1 if digits == 1 else ENTRY_PAUSE,
        silence=settings.voice_silence,
    )
    return Listen(parts=tuple(merged(parts)), ask=ask, language=state.language)


def open_question(texts: Texts, state: CallState) -> list[Part]:
    """What is asked, and the first of what can be chosen."""
    return [*state.question, *choice_parts(texts, state)[:1]]


def choice_parts(texts: Texts, state: CallState, *, all_of_them: bool = False) -> list[Part]:
    """The choices, three to a part, each with its key; not with each part of an address a code again."""
    said = [
        _choice(texts, state.language, place, choice)
        for place, choice in enumerate(state.choices, 1)
        if choice.role != CODE
        or state.asks not in NO_KEYS
        or state.said.get("code_choice", 0) < CODES
        or all_of_them
    ]
    return [tuple(group) for group in in_groups(said, LIST)]


def _choice(texts: Texts, language: Language, place: int, choice: Choice) -> Say:
    key = "voice.choice" if place <= keypad.MOST_CHOICES else "voice.choice_by_name"
    ssml = choice.ssml or escape(choice.title)
    return Say(
        text=texts.get(key, language, {"title": choice.title, "key": place}),
        language=language,
        ssml=texts.get(key, language, {"title": ssml, "key": place}),
    )


def _has(texts: Texts, key: str) -> bool:
    return f"voice.{key}" in texts

"""The menu's prompts: what can be chosen where the caller is, in threes, with the way on and the way back."""

from collections.abc import Sequence

from gateway.voice import menu, prompts
from gateway.voice.call import Listen, Part
from gateway.voice.leg import Leg
from gateway.voice.state import Choice, Stage
from gateway.voice.wording import line


def open_menu(leg: Leg) -> Listen:
    """The topics; the question that was open, if any, is put again by whoever leaves."""
    state = leg.state
    if state.stage is not Stage.MENU:
        state.was_asked = state.stage is Stage.TALK and state.is_asked
    state.places, state.uses_menu = [menu.TOP], True
    return go_to(leg)


def go_to(leg: Leg, place: str | None = None) -> Listen:
    """What can be chosen at a place, or again where the caller is."""
    if place is not None:
        leg.state.places.append(place)
    leg.state.window = 0
    return put_menu(leg)


def put_menu(leg: Leg) -> Listen:
    """The choices of the window where the caller is."""
    state, found = leg.state, _windows(leg)
    state.window %= len(found)
    state.stage, state.asks, state.is_asked = Stage.MENU, "choice", True
    state.choices, state.by_role = list(found[state.window]), {}
    state.question = [_heading(leg)]
    state.ask_anew()
    state.rest = prompts.choice_parts(leg.tools.texts, state)
    return _next_choices(leg, *state.question)


def more_of_menu(leg: Leg) -> Listen:
    """The next of what can be chosen here; after the last, the first."""
    if leg.state.rest:
        return _next_choices(leg)
    leg.state.window += 1
    return put_menu(leg)


def _next_choices(leg: Leg, *before: Part) -> Listen:
    state = leg.state
    told, state.rest = state.rest[:1], state.rest[1:]
    is_end = not state.rest and state.window + 1 == len(_windows(leg))
    ways = line(leg.tools.texts, "menu_back" if is_end else "menu_more", state.language)
    return leg.listen(*before, *told, (ways,))


def _windows(leg: Leg) -> list[Sequence[Choice]]:
    content = leg.tools.desk.content.current()
    return menu.windows(leg.state.places[-1], leg.tools.texts, content, leg.state.language)


def _heading(leg: Leg) -> Part:
    place, texts, language = leg.state.places[-1], leg.tools.texts, leg.state.language
    if place == menu.TOP:
        return leg.say("menu")
    content = leg.tools.desk.content.current()
    return leg.say("menu_place", title=menu.title(place, texts, content, language))

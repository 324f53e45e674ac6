"""Words that the recogniser should expect: those of the question first, then the menu's."""

from collections.abc import Iterable

from gateway.settings import Language
from gateway.texts import Texts


def hints_for(texts: Texts, language: Language, titles: Iterable[str] = ()) -> tuple[str, ...]:
    """The hints of one prompt, without doubles."""
    menu = (hint.strip() for hint in texts.get("voice.hints", language).split(","))
    return tuple(dict.fromkeys([*(title.replace(",", " ") for title in titles), *menu]))

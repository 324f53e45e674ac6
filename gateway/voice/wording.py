"""The gateway's own lines in a call: chosen so that none is said too often, with digits spelled out."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from gateway.settings import Language
from gateway.texts import Texts
from gateway.voice.call import Part, Say
from gateway.voice.speaking import in_groups
from gateway.voice.state import CallState

MOST = 2  # times that one line is said in a call
PAUSE = '<break time="350ms"/>'
NOTHING: Mapping[str, Any] = {}


def line(texts: Texts, key: str, language: Language, values: Mapping[str, Any] = NOTHING) -> Say:
    """One line; `values` are words."""
    return Say(text=texts.get(f"voice.{key}", language, values), language=language)


def line_with_digits(
    texts: Texts, key: str, language: Language, name: str, digits: str, **values: Any
) -> Say:
    """A line in which a number is said digit by digit, slowly."""
    template_values = {name: spaced(digits), **values}
    marked = {name: slowly(digits), **{other: escape(str(value)) for other, value in values.items()}}
    return Say(
        text=texts.get(f"voice.{key}", language, template_values),
        language=language,
        ssml=texts.get(f"voice.{key}", language, marked),
    )


def spaced(digits: str) -> str:
    """Digits to be read one by one."""
    return ", ".join(" ".join(group) for group in in_groups(digits, _group(digits)))


def slowly(digits: str) -> str:
    """The same for a voice that knows SSML."""
    groups = in_groups(digits, _group(digits))
    said = PAUSE.join(f'<say-as interpret-as="digits">{group}</say-as>' for group in groups)
    return f'<prosody rate="slow">{said}</prosody>'


def _group(digits: str) -> int:
    return 4 if len(digits) % 4 == 0 else 3


def fresh_line(
    texts: Texts, state: CallState, keys: Sequence[str], values: Mapping[str, Any] = NOTHING
) -> Part:
    """The first of these lines that was not said too often in this call; nothing when all were."""
    for key in keys:
        if state.said.get(key, 0) < MOST:
            state.said[key] = state.said.get(key, 0) + 1
            return (line(texts, key, state.language, values),)
    return ()

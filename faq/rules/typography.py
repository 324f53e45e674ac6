"""French and English each have their own marks: hard spaces, guillemets, curly quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Field, Loaded

_HARD = "\u00a0\u202f"
_NOT_PROSE = re.compile(r"\]\([^)]*\)|(?<=\d):(?=\d)|https?://\S+")
_FACT = re.compile(r"\{\{[^}]*\}\}")
_CHECKS: dict[str, dict[str, re.Pattern[str]]] = {
    "both": {
        "a straight quote or apostrophe; write ’": re.compile(r"['\"]"),
        "three dots; write …": re.compile(r"\.\.\."),
        "two spaces in a row": re.compile(r"(?<=\S)  +(?=\S)"),
        "a space before a comma or a full stop": re.compile(rf"[ {_HARD}][.,](?!\w)"),
    },
    "fr": {
        "no hard space before : or »": re.compile(rf"[^{_HARD}:»][:»]|^[:»]"),
        # Quebec usage (Office québécois de la langue française, « Espacement »).
        "a space before ; ? or !, which Quebec writes without": re.compile(r"[ \u00a0][;?!]"),
        "no hard space after «": re.compile(rf"«(?![{_HARD}])"),
        "English quotation marks; write « »": re.compile(r"[“”]"),
    },
    "en": {
        "a space before : ; ? or !": re.compile(rf"[ {_HARD}][:;?!]"),
        "French quotation marks; write “ ”": re.compile(r"[«»]"),
    },
}


def typography(loaded: Loaded) -> Iterator[Fault]:
    """Yield texts whose marks or spaces are not those of their language."""
    for field in (*loaded.fields(), *loaded.other_prose()):
        yield from _typography(field)


def _typography(field: Field) -> Iterator[Fault]:
    text = _FACT.sub("X", _NOT_PROSE.sub("", field.template))
    for what, pattern in (*_CHECKS["both"].items(), *_CHECKS[field.language].items()):
        match = pattern.search(text)
        if match:
            start = max(0, match.start() - 15)
            yield field.fault(f"{what}: « {text[start : match.end() + 5].strip()} »")

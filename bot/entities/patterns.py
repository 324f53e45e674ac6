"""Phrases written for people (`dans <n> <unit>[ environ]`) made into regular expressions over folded text.

`<name>` is a placeholder, `[...]` may be absent, `(a|b)` is a choice, `x?` an optional letter.
A space also matches a hyphen, an apostrophe may be missing.
"""

import re
from collections.abc import Iterable, Mapping

_PLACEHOLDER = re.compile(r"<(\w+)>")
_SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", "?": "?", " ": "[ -]", "'": "[' ]?"}
# A name among letters is not that name, and the end of "38.05" is no day.
WORD_START, WORD_END = r"(?<![\w$])(?<!\d[.,:/])", r"(?!\w)"


def source_of(template: str, placeholders: Mapping[str, str]) -> str:
    """The regular expression of one folded phrase, without anchors."""
    pieces = _PLACEHOLDER.split(template)
    return "".join(
        placeholders[piece] if index % 2 else "".join(_SIGNS.get(c, re.escape(c)) for c in piece)
        for index, piece in enumerate(pieces)
    )


def choice(phrases: Iterable[str]) -> str:
    """Any of these phrases, the longest that fits first, as one group."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(source_of(phrase, {}) for phrase in ordered) + ")"


def whole_words(source: str) -> re.Pattern[str]:
    """The expression where it is neither preceded nor followed by a letter or digit."""
    return re.compile(f"{WORD_START}(?:{source}){WORD_END}")

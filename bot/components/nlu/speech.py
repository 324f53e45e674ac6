"""What of a message tells its language: the words, and not the names, addresses and e-mails that it holds.

"I want the Monde économique plan" is English, whatever a plan, a street or a person is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.components.nlu.text import fold

_CONTENT = Path(__file__).parents[2] / "content"
CUES = _CONTENT / "language_cues.yml"
_ADDRESSES = [_CONTENT / "entities" / f"addresses_{language}.yml" for language in ("fr", "en")]
_WRITTEN = r"\S+@\S+|\S+://\S+|\bwww\.\S+"
_WORD = re.compile(r"(?<![\w@])[^\W\d_]+(?:[-'][^\W\d_]+)*(?!\w)")
_LONGEST_NAME = 4  # words of a street
_BEFORE_TYPE = 3  # words before "street"


class Speech:
    """Knows the names that are no evidence of a language, the kinds of streets, and the words of speech."""

    def __init__(self, cues: Mapping[str, Sequence[str]]) -> None:
        addresses = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in _ADDRESSES]
        self._names = _any_of(cues["names"])
        self._streets = _streets(addresses, [*cues["spoken_fr"], *cues["spoken_en"], *cues["joining"]])
        self._links = {fold(word) for word in cues["in_names"]}

    def words(self, text: str) -> str:
        """The words of the text but those that only name something."""
        folded = fold(text)
        if len(folded) != len(text):  # a letter that folds to two: places would not fit
            return text
        taken = [
            match.span()
            for pattern in (re.compile(_WRITTEN), self._names, *self._streets)
            for match in pattern.finditer(folded)
        ]
        words = [word for word in _WORD.finditer(text) if not _is_in(word, taken)]
        names = [_is_capitalised(text, word) for word in words]
        return " ".join(
            word.group()
            for place, word in enumerate(words)
            if not names[place] and not self._links_names(word, names[place - 1 : place + 2 : 2])
        )

    def _links_names(self, word: re.Match[str], around: Sequence[bool]) -> bool:
        """Whether a small word stands between two names: "Caisse Desjardins DE Lévis"."""
        return fold(word.group()) in self._links and len(around) == 2 and all(around)


def load_cues() -> dict[str, Any]:
    """The words of language_cues.yml."""
    cues: dict[str, Any] = yaml.safe_load(CUES.read_text(encoding="utf-8"))
    return cues


def _streets(addresses: Sequence[Mapping[str, Any]], speech: Sequence[str]) -> list[re.Pattern[str]]:
    """A civic number with the street after it, in the French and in the English order."""
    french, english = (_choice(one["street_types"]) for one in addresses)
    directions = _choice([word for one in addresses for word in one["directions"]])
    civic, name = r"(?<!\w)\d{1,5}[a-d]?", rf"(?:[ -](?!{_choice(speech)}(?![\w'-]))[\w'.]+)"
    after = rf"(?:\.? {directions}(?!\w))?"
    return [
        re.compile(rf"{civic},? {french}\.?{name}{{1,{_LONGEST_NAME}}}"),
        re.compile(rf"{civic}{name}{{1,{_BEFORE_TYPE}}}? {english}(?![\w'-]){after}"),
    ]


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_choice(names)}(?!\w)")


def _choice(words: Sequence[str]) -> str:
    folded = sorted({fold(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in folded) + ")"


def _is_in(word: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end() and word.start() < end for start, end in taken)


def _is_capitalised(text: str, word: re.Match[str]) -> bool:
    """Whether a word is written as names are; the first of a sentence would be anyway."""
    said = word.group()
    before = text[: word.start()].rstrip(" \"'(")
    begins = not before or before[-1] in ".!?:;\n"
    return said.istitle() and len(said) > 1 and not begins

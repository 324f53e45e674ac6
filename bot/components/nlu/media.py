"""Which way a bill is wanted: "the e-bill, not paper" and "paper, not the e-bill" hold the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from bot.components.nlu.decision import Guess
from bot.components.nlu.text import fold

_CUES = Path(__file__).parents[2] / "content" / "media.yml"
JOIN, LEAVE = "op_enrol_ebill", "op_leave_ebill"
_ADDRESS = r"\S+@\S+"
_FILLED = r"\W+(?:(?:la|euh|uh|um|ca|there)\W+)*"
_SURE = 0.8  # from here on, only what is refused or set against the other way counts for more


class MediaReader:
    """Knows the words of media.yml."""

    def __init__(self, path: Path = _CUES) -> None:
        cues = yaml.safe_load(path.read_text(encoding="utf-8"))
        mail, refusing = cues["mail"], [word for row in cues["refusing"] for word in row]
        self._refused_after = re.compile(rf"{_FILLED}{_any(cues['refused_after'])}")
        self._found = {
            language: re.compile(
                rf"(?P<electronic>{_ADDRESS}|{_any([*cues['electronic'], *electronic])})"
                rf"|(?P<paper>{_any([*cues['paper'], *paper])})"
                rf"|(?P<clause>[,.;:!?]+(?!\w)|{_any(cues['clauses'])})"
                rf"|(?P<refusing>{_any(refusing)})|(?P<preferring>{_any(cues['preferring'])})"
            )
            for language, electronic, paper in (("fr", mail, []), ("en", [], mail))
        }

    def ways(self, text: str, language: str) -> set[tuple[str, bool]]:
        """The ways that a text names ("paper", "electronic"), and whether it refuses them."""
        folded = fold(text)
        is_refused, is_preferred = False, False
        named = set()
        for found in self._found[language].finditer(folded):
            if found.lastgroup in ("refusing", "clause"):
                is_refused = found.lastgroup == "refusing"
            elif found.lastgroup == "preferring":
                is_preferred = True
            else:
                refused = is_refused or bool(self._refused_after.match(folded, found.end()))
                named.add((str(found.lastgroup), refused))
                is_refused = is_preferred
        return named

    def wanted(self, text: str, language: str, *, surely: bool) -> str | None:
        """JOIN or LEAVE, where all that a text names says the same; `surely`: by more than one bare word."""
        named = self.ways(text, language)
        sides = {JOIN if (way == "electronic") != refused else LEAVE for way, refused in named}
        is_bare = len(named) < 2 and not any(refused for _, refused in named)
        return sides.pop() if len(sides) == 1 and not (surely and is_bare) else None

    def turned(self, ranking: Sequence[Guess], text: str, language: str) -> list[Guess]:
        """The ranking with joining and leaving exchanged, where one leads and the words say the other."""
        leading = ranking[0]
        if leading.name not in (JOIN, LEAVE):
            return list(ranking)
        wanted = self.wanted(text, language, surely=leading.confidence >= _SURE)
        if wanted in (None, leading.name):
            return list(ranking)
        exchanged = {JOIN: LEAVE, LEAVE: JOIN}
        return [replace(guess, name=exchanged.get(guess.name, guess.name)) for guess in ranking]


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    ends = (
        re.escape(word.rstrip("*")).replace(r"\ ", r"\s+")
        + (r"\w*" if word.endswith("*") else "")
        + ("" if word.endswith("'") else r"(?!\w)")
        for word in longest_first
    )
    return rf"(?<![\w-])(?:{'|'.join(ends)})"

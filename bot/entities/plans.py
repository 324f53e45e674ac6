"""Which plans a text may name, given the names of those that exist: typos and partial names accepted."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from bot.entities.content import in_both
from bot.entities.spoken import spoken_numbers
from bot.entities.text import fold, fold_text

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_WITH_ENDING, _SHORTEST_WITH_TYPO, _LONG = 4, 5, 9
_ENDINGS = "esx"


def match_plans(text: str, names: Sequence[str]) -> list[int]:
    """The indices of the plans that the text may name: one when it is clear, several that tie, or none.

    A plan stays unless another one has all of its words that were said, and more: "économique" names both
    "Monde économique" and "Affaires économique", "monde économique" only the first. Words that all names
    share count nothing, nor does "plan" or "long distance" where a name has other words.
    """
    said = _said(text)
    telling = [_telling(name) for name in names]
    common = set.intersection(*telling) if len(telling) > 1 else set()
    found = [
        {word for word in (own - common or own) if any(_is_like(word, one) for one in said)}
        for own in telling
    ]
    return [index for index, own in enumerate(found) if own and not _is_outdone(index, found, telling)]


def _is_outdone(index: int, found: Sequence[set[str]], telling: Sequence[set[str]]) -> bool:
    """Whether another plan had more said of it, or the same and that was its whole name."""
    own, whole = found[index], found[index] == telling[index]
    return any(
        own < other or (own == other and not whole and other == telling[i])
        for i, other in enumerate(found)
        if i != index
    )


def _said(text: str) -> set[str]:
    """The words, numbers in digits too, and each two in a row as one ("week ends")."""
    folded = fold_text(text)
    versions = [folded.text, *(spoken_numbers(folded, language).text for language in ("fr", "en"))]
    single = [_WORD.findall(version) for version in versions]
    joined = {first + second for said in single for first, second in pairwise(said)}
    return {word for said in single for word in said} | joined


def _telling(name: str) -> set[str]:
    """The words of a name that may tell it from others; all of them if none does."""
    named = set(_WORD.findall(fold(name)))
    return (named - _ignored("small") - _ignored("generic")) or named


@cache
def _ignored(topic: str) -> frozenset[str]:
    return frozenset(in_both("plans", topic))


def _is_like(word: str, said: str) -> bool:
    """The same word, or one with another ending or a typo."""
    if word == said:
        return True
    shorter = min(len(word), len(said))
    if word.isdigit() or said.isdigit() or shorter < _SHORTEST_WITH_ENDING:
        return False
    if word.rstrip(_ENDINGS) == said.rstrip(_ENDINGS):
        return True
    allowed = 2 if len(word) >= _LONG else 1
    return shorter >= _SHORTEST_WITH_TYPO and OSA.distance(word, said, score_cutoff=allowed) <= allowed

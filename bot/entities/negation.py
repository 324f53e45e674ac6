"""Which values a customer names only to refuse them: "pas le 15, le 16", "the 15th, no, the 16th"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.entities.content import words
from bot.entities.entity import Entity
from bot.entities.patterns import choice
from bot.entities.text import Canonical

_LOOK_AROUND = 45


@dataclass(frozen=True)
class _Grammar:
    """The refusing words of one language."""

    before: re.Pattern[str]
    not_refusing: re.Pattern[str]
    after: re.Pattern[str]
    slip: re.Pattern[str]


def mark_refused(folded: Canonical, entities: Sequence[Entity], language: str) -> list[Entity]:
    """The same entities, `negated` where the words around them refuse the value; they are in order."""
    places = [
        (bisect_left(folded.starts, entity.start), bisect_left(folded.starts, entity.end))
        for entity in entities
    ]
    return [
        replace(entity, negated=True)
        if _is_refused(folded.text, index, entities, places, language)
        else entity
        for index, entity in enumerate(entities)
    ]


def _is_refused(
    text: str, index: int, entities: Sequence[Entity], places: Sequence[tuple[int, int]], language: str
) -> bool:
    grammar = _grammar(language)
    start, end = places[index]
    following = next(
        (i for i in range(index + 1, len(entities)) if entities[i].kind == entities[index].kind), None
    )
    if (
        following is not None
        and following == index + 1
        and grammar.slip.fullmatch(text[end : places[following][0]])
    ):
        return True
    if grammar.after.match(text, end):
        return True
    earliest = max(places[index - 1][1] if index else 0, start - _LOOK_AROUND, 0)
    before = text[earliest:start]
    return grammar.before.search(before) is not None and grammar.not_refusing.search(before) is None


@cache
def _grammar(language: str) -> _Grammar:
    lists = words("negation", language)
    between = choice(lists["between"])
    return _Grammar(
        before=re.compile(rf"(?<!\w){choice(lists['before'])}(?!\w) ?(?:{between}[ ']?){{0,3}}$"),
        not_refusing=re.compile(rf"(?<!\w){choice(lists['not_refusing'])}(?!\w) ?(?:{between}[ ']?){{0,3}}$"),
        after=re.compile(rf",? {choice(lists['after'])}(?!\w)"),
        slip=re.compile(rf"[ ,.!;-]*(?:euh |uh |um )?{choice(lists['slip'])}[ ,.!;-]+(?:{between}[ '])?"),
    )

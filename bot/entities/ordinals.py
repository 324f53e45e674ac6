"""Which one of a list: "le deuxième", "the last one", "option 3"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.entities.content import in_both, words
from bot.entities.dates.marks import MONTH
from bot.entities.entity import Found, Kind, Reading
from bot.entities.patterns import choice
from bot.entities.spoken import ORDINAL_END

LAST = -1
_RANKED = re.compile(rf"(?<![\w.,/-])(\d{{1,2}}) ?{ORDINAL_END}(?!\w)")
_BARE = re.compile(r"(?<![\w.,/$-])(\d{1,2})(?![\w%/]|[.,:-]\d| ?\$)")
_LOOK_BACK = 20
_SURE, _LIKELY = 5, 3


@dataclass(frozen=True)
class _Grammar:
    """The words of one language around a rank."""

    last: re.Pattern[str]
    first: re.Pattern[str]
    numbered: re.Pattern[str]
    article: re.Pattern[str]
    listed: re.Pattern[str]
    not_listed: re.Pattern[str]
    one: re.Pattern[str]
    counted: re.Pattern[str]
    over: re.Pattern[str]


def find_ordinals(text: str, language: str, reading: Reading) -> Iterator[Found]:
    """The ranks in a text where numbers are digits and months are signs."""
    grammar, asked = _grammar(language), reading.asked is Kind.ORDINAL
    certainty = _SURE if asked else _LIKELY
    ranks = [(match, int(match[1])) for match in _RANKED.finditer(text)]
    ranks += [(match, LAST) for match in grammar.last.finditer(text)]
    for match, rank in ranks:
        if (
            rank
            and (asked or _is_listed(text, match, grammar))
            and not grammar.not_listed.match(text, match.end())
        ):
            yield Found(Kind.ORDINAL, *match.span(), rank, certainty=certainty)
    for match in grammar.first.finditer(text):
        yield Found(Kind.ORDINAL, *match.span(), 1, certainty=certainty)
    for match in grammar.numbered.finditer(text):
        if int(match[1]):
            yield Found(Kind.ORDINAL, *match.span(), int(match[1]), certainty=certainty)
    if asked:
        yield from _bare(text, grammar)


def _bare(text: str, grammar: _Grammar) -> Iterator[Found]:
    for match in _BARE.finditer(text):
        if int(match[1]) and not grammar.counted.match(text, match.end()):
            yield Found(Kind.ORDINAL, *match.span(), int(match[1]), certainty=_SURE)
    for match in grammar.one.finditer(text):
        yield Found(Kind.ORDINAL, *match.span(), 1, certainty=_SURE)


def _is_listed(text: str, match: re.Match[str], grammar: _Grammar) -> bool:
    """Whether the rank speaks of a list by itself: "le deuxième compte", "the last one", "la première."."""
    if grammar.listed.match(text, match.end()):
        return True
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return bool(grammar.article.search(before) and grammar.over.match(text, match.end()))


@cache
def _grammar(language: str) -> _Grammar:
    lists = words("ordinals", language)
    counted = choice(in_both("small_words", "counted"))
    return _Grammar(
        last=re.compile(rf"(?<!\w){choice(lists['last'])}(?!\w)"),
        first=re.compile(rf"(?<!\w){choice(lists['first'])}(?!\w)"),
        numbered=re.compile(
            rf"(?<!\w){choice(lists['numbered'])}[.]? ?(\d{{1,2}})(?![\w/]|[.,:-]\d| ?[\d$])"
        ),
        article=re.compile(rf"(?<!\w){choice(lists['articles'])} ?$"),
        listed=re.compile(rf" {choice(lists['listed'])}(?!\w)"),
        not_listed=re.compile(rf"[ -](?:{choice(in_both('ordinals', 'not_listed'))}(?!\w)|{MONTH})"),
        one=re.compile(rf"(?:^|, ?|euh |um |uh ){choice(lists['ones']['1'])}(?=[.!?]?$)"),
        counted=re.compile(rf" ?(?:{counted}(?!\w)|{MONTH}| ?\d)"),
        over=re.compile(r" ?(?:[.,;!?)]|$)"),
    )

"""Whether what looks like a date is one: "le 2 comptes", "rue du 24 Juin" and "15 h" are not."""

import re
from functools import cache

from bot.entities.content import in_both, words
from bot.entities.dates.marks import MONTH
from bot.entities.entity import Kind, Reading
from bot.entities.patterns import choice
from bot.entities.spoken import ORDINAL_END
from bot.entities.text import Canonical

_GOES_ON = re.compile(rf"[.,:/][0-9]|-[0-9a-z]| ?[%$°]| ?[hx]\d| ?@| ?(?:of |de |d')?{MONTH}")
# "for June" goes on as "for June 30".
_DAY_NEXT = re.compile(rf"(?<={MONTH})[. ]{{1,2}}(?:the )?\d{{1,2}}(?!\d)")
_NEXT_WORD = re.compile(r"[ ]([a-z0-9]+)|['][a-z]+")
_BEFORE_WORD = re.compile(r"(?:^|[.,;:!?(] ?|([a-z]+)(?:'| ))$")
_NUMBER_BEFORE = re.compile(r"[\d.,/:$#-] ?$")
_LONGEST_MONTH, _LAST_RANK = 31, 10
_LOOK_BACK = 30


def stands_for_a_day(
    rule: str, match: re.Match[str], text: Canonical, language: str, reading: Reading
) -> bool:
    """Whether the words around the match leave it a date."""
    start, end = match.span()
    if stands_in_a_place(text.text, start, language):
        return False
    if rule.endswith("holiday") and _place_name_after(language).match(text.text, end):
        return False
    if rule == "span" and _DAY_NEXT.match(text.text, end):
        return False
    if rule == "asked_day":
        return _stands_alone(match, text, language)
    if rule == "day":
        return _is_bare_day(match, text, language, reading)
    return True


def stands_in_a_place(text: str, start: int, language: str) -> bool:
    """Whether a street or the like is named after it: "rue du 24 Juin"."""
    return _place_before(language).search(text[max(0, start - _LOOK_BACK) : start]) is not None


def _is_bare_day(match: re.Match[str], text: Canonical, language: str, reading: Reading) -> bool:
    """ "le 15", perhaps after a weekday: followed by nothing that it could count."""
    asked = reading.asked is Kind.DATE
    if int(match["day"]) > _LONGEST_MONTH and not asked:
        return False
    if not asked and _is_low_rank_in_words(match, text):
        before = text.text[: match.start("day")]
        if not _rank_cue(language).search(before[-_LOOK_BACK:]):
            return False
    if _GOES_ON.match(text.text, match.end()):
        return False
    following = _NEXT_WORD.match(text.text, match.end())
    if following is None or following[1] is None:
        return True
    if asked:
        return following[1] not in in_both("small_words", "counted")
    return following[1] in _small_words(language)


def _is_low_rank_in_words(match: re.Match[str], text: Canonical) -> bool:
    said = text.original(match.start("day"), match.end("day"))
    ranked = re.search(ORDINAL_END + "$", match.group().rstrip()) is not None
    return ranked and not any(c.isdigit() for c in said) and int(match["day"]) <= _LAST_RANK


def _stands_alone(match: re.Match[str], text: Canonical, language: str) -> bool:
    """A bare number that answers "when?": no other number or counted thing beside it."""
    before = text.text[max(0, match.start() - _LOOK_BACK) : match.start()]
    previous = _BEFORE_WORD.search(before)
    known = _small_words(language)
    if _NUMBER_BEFORE.search(before) or previous is None:
        return False
    if previous[1] and previous[1] not in known:
        return False
    if _GOES_ON.match(text.text, match.end()):
        return False
    following = _NEXT_WORD.match(text.text, match.end())
    return following is None or following[1] is None or following[1] in known


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(words("small_words", language)["words"])


@cache
def _rank_cue(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){choice(words('dates', language)['before_ranked_day'])} $")


@cache
def _place_before(language: str) -> re.Pattern[str]:
    lists = words("dates", language)
    links = f"(?:{choice(lists['place_links'])}(?:[ -]|(?<=')))?"
    return re.compile(rf"(?<!\w){choice(lists['places'])}\.?[ -]{links}$")


@cache
def _place_name_after(language: str) -> re.Pattern[str]:
    return re.compile(rf"[ -]{choice(words('dates', language)['not_before_place_names'])}(?!\w)")

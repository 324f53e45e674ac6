"""Parts of an address that stand alone as the answer: a town, a postal code, an apartment."""

import re
from collections.abc import Iterator

from bot.entities.addresses.grammar import grammar
from bot.entities.addresses.tail import may_be_city, read_tail, words_end
from bot.entities.entity import AddressParts, Found, Kind
from bot.entities.postal import province_of, written
from bot.entities.text import Canonical

_CITY_WORDS = 5
_CERTAINTY = 4
_OVER = re.compile(r" ?[.!,;]? ?(?:svp|stp|s'il vous plait|please|merci|thanks)?[.!]? ?$")


def bare_parts(text: Canonical) -> Iterator[Found]:
    """The one part that the text is, if it is one."""
    words = grammar()
    lead = words.around_city.match(text.text)
    start = lead.end() if lead else 0
    yield from _town(text, start)
    padded = " " + text.text
    for match in words.postal.finditer(padded):
        code = written(match["part"])
        if code:
            parts = AddressParts(postal_code=code, province=province_of(code))
            yield Found(
                Kind.ADDRESS, match.start("part") - 1, match.end("part") - 1, parts, certainty=_CERTAINTY + 2
            )
    for match in words.unit.finditer(padded):
        span = match.start("part") - 1, match.end("part") - 1
        line2 = " ".join(text.original(*span).split())
        yield Found(Kind.ADDRESS, *span, AddressParts(line2=line2), certainty=_CERTAINTY)


def _town(text: Canonical, start: int) -> Iterator[Found]:
    words = grammar()
    end = words_end(text.text, start, _CITY_WORDS, words)
    said = text.text[start:end].split(" ")
    if end <= start or not may_be_city(text, start, end, words, announced=True):
        return
    tail = read_tail(text, end, city=(start, end))
    small = words.stops | words.counted
    if not _OVER.match(text.text, max(end, tail.end)) or any(word in small for word in said):
        return
    city = " ".join(text.original(start, end).split())
    parts = AddressParts(None, None, city, tail.province, tail.postal_code)
    yield Found(Kind.ADDRESS, start, max(end, tail.end), parts, certainty=_CERTAINTY + 3)

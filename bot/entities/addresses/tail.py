"""What follows a street in an address: apartment, town, province, postal code, in any order."""

import re
from dataclasses import dataclass, field

from bot.entities.addresses.grammar import Grammar, grammar
from bot.entities.addresses.towns import town_at
from bot.entities.dates.marks import MONTH, WEEKDAY
from bot.entities.postal import province_of, written
from bot.entities.text import Canonical

_SIGNS = rf"a-z0-9{MONTH[1:-1]}{WEEKDAY[1:-1]}"
_WORD = re.compile(rf" ?([{_SIGNS}](?:[{_SIGNS}_.-])*(?:'[{_SIGNS}_.-]+)*'?)")
_CITY_WORDS, _LONGEST_CODE = 5, 4
_DAY = r"\d{1,2} ?(?:er|e|st|nd|rd|th)?"
_DATE_NEXT = re.compile(
    rf" (?:(?:le|the|des le|des) (?:\d|{WEEKDAY}|plus |mois |jour |que |main|1e)"
    rf"|(?:du |on )?{_DAY} (?:of |de )?{MONTH}|{MONTH} \d|{WEEKDAY})"
)
# "changez-le", "pouvez-vous": an order or a question, no name.
_ORDER = re.compile(r"[a-z]-(?:le|la|les|moi|vous|y|en|nous|moe)$")
# A full stop after a whole word, not after "St." or "O.".
_SENTENCE_OVER = re.compile(r"[a-z]{4}[.]$")
_SPACED = re.compile(r" (?=[a-z])")
_OVER = re.compile(r" ?(?:[,.;()!?]|$)")
_BEFORE_NAMED_DAY = {"du", "de la", "de l'"}  # "rue du 24 Juin"


@dataclass
class Tail:
    """The parts read so far, as places in the text; `end` is where the last one ends."""

    text: Canonical
    end: int
    asked: bool = False
    lines: list[tuple[int, int]] = field(default_factory=list)
    city: tuple[int, int] | None = None
    province: str | None = None
    postal_code: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing followed."""
        return not (self.lines or self.city or self.province or self.postal_code)


def read_tail(
    text: Canonical, start: int, *, city: tuple[int, int] | None = None, asked: bool = False
) -> Tail:
    """All the parts that follow `start`, where a town may have been read already."""
    tail, words = Tail(text, start, city=city, asked=asked), grammar()
    while _take_part(tail, words):
        pass
    if tail.postal_code and tail.province is None:
        tail.province = province_of(tail.postal_code)
    return tail


def words_end(text: str, start: int, limit: int, words: Grammar) -> int:
    """Where the name (of a street or town) that begins at `start` ends: before something else starts."""
    end = start
    for _ in range(limit):
        word = _WORD.match(text, end)
        if word is None or _ends_name(text, word, start, words):
            break
        end = word.end()
    return start + len(text[start:end].rstrip(" .'-"))


def _ends_name(text: str, word: re.Match[str], start: int, words: Grammar) -> bool:
    """Whether this word begins something else: an apartment, a province, a date, a sentence."""
    place = word.start()
    said = word[1].rstrip(".")
    begins = {said, said.partition("'")[0] + "'", said.partition("-")[0]}
    is_stop = bool(begins & words.stops) or _ORDER.search(said) is not None
    if place <= start or is_stop:
        return is_stop
    if text[place] != " ":  # goes on after an apostrophe
        return False
    named_day = text[start:place] in _BEFORE_NAMED_DAY
    if (said.isdigit() and not named_day) or _SENTENCE_OVER.search(text, start, place):
        return True
    if words.unit.match(text, place) or words.postal.match(text, place) or words.station.match(text, place):
        return True
    province = words.province.match(text, place)
    if province and (words.postal.match(text, province.end()) or _OVER.match(text, province.end())):
        return True
    return _DATE_NEXT.match(text, place) is not None and not named_day


def _take_part(tail: Tail, words: Grammar) -> bool:
    return (
        _take_line(tail, words)
        or _take_postal(tail, words)
        or _take_province(tail, words)
        or _take_city(tail, words)
        or _take_country(tail, words)
    )


def _take_line(tail: Tail, words: Grammar) -> bool:
    for pattern in (words.unit, words.station):
        match = pattern.match(tail.text.text, tail.end)
        if match and len(tail.lines) < 2:
            tail.lines.append(match.span("part"))
            tail.end = match.end()
            return True
    return False


def _take_postal(tail: Tail, words: Grammar) -> bool:
    match = words.postal.match(tail.text.text, tail.end)
    code = written(match["part"]) if match else None
    if match is None or code is None or tail.postal_code:
        return False
    tail.postal_code, tail.end = code, match.end()
    return True


def _take_province(tail: Tail, words: Grammar) -> bool:
    match = words.province.match(tail.text.text, tail.end)
    if match is None or tail.province or not _is_province(tail, match, words):
        return False
    name = match["part"]
    if tail.city is None and name == "quebec" and not words.province.match(tail.text.text, match.end()):
        if tail.postal_code is None:
            tail.city, tail.end = match.span("part"), match.end("part")
            return True
    elif tail.city is None and name == "quebec":
        tail.city, tail.end = match.span("part"), match.end("part")
        return True
    tail.province, tail.end = words.provinces[name.replace("-", " ")], match.end()
    return True


def _is_province(tail: Tail, match: re.Match[str], words: Grammar) -> bool:
    """A short word in small letters ("on", "ont") is a province only where the address or its line ends."""
    text = tail.text
    if len(match["part"]) > _LONGEST_CODE or text.original(*match.span("part")).isupper():
        return True
    return bool(words.postal.match(text.text, match.end()) or _OVER.match(text.text, match.end()))


def _take_city(tail: Tail, words: Grammar) -> bool:
    if tail.city is not None or tail.postal_code is not None:
        return False
    text = tail.text.text
    known = _known_town(tail)
    if known:
        tail.city, tail.end = known, known[1]
        return True
    lead = words.city_before.match(text, tail.end)
    if lead is None and not _SPACED.match(text, tail.end):
        return False
    start = lead.end() if lead else tail.end + 1
    end = words_end(text, start, _CITY_WORDS, words)
    if end <= start or not may_be_city(
        tail.text, start, end, words, announced=lead is not None or tail.asked
    ):
        return False
    tail.city, tail.end = (start, end), end
    return True


def _known_town(tail: Tail) -> tuple[int, int] | None:
    """A town that follows at once, also one whose name begins with a number ("Trois-Rivières")."""
    start = tail.end + (tail.text.text[tail.end : tail.end + 1] == " ")
    end = town_at(tail.text, start) if start > tail.end else None
    return (start, end) if end is not None else None


def may_be_city(text: Canonical, start: int, end: int, words: Grammar, *, announced: bool) -> bool:
    said = text.text[start:end]
    parts = re.split("[ ']", said)
    has_digits = any(character.isdigit() for character in text.original(start, end))
    if has_digits or set(parts) & words.not_a_city:
        return False
    if parts[0] in words.unit_words:
        return False
    if announced:
        return True
    follows = words.postal.match(text.text, end) or words.province.match(text.text, end)
    return bool(follows) or (text.original(start, end)[:1].isupper() and len(parts) <= 3)


def _take_country(tail: Tail, words: Grammar) -> bool:
    match = words.country.match(tail.text.text, tail.end)
    if match is None or tail.is_empty:
        return False
    tail.end = match.end()
    return True

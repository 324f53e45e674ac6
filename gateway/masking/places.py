"""Canadian street addresses and postal codes, in the spellings of both languages."""

import re
from collections.abc import Iterator
from functools import cache

from gateway.masking.spoken import cues

_LETTERS, _LAST = "ABCEGHJ-NPRSTVXY", "ABCEGHJ-NPRSTV-Z"
_DIGIT = (
    r"(?:\d|z[\u00e9e]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|"
    r"zero|one|two|three|four|five|seven|eight|nine)"
)
_POSTAL = re.compile(
    rf"(?<![^\W_])(?<![A-Z0-9]-)[{_LETTERS}]\d[{_LAST}][\s\-–.]?\d[{_LAST}]\d(?![^\W_])", re.IGNORECASE
)
_SPACED_POSTAL = re.compile(
    rf"(?<![^\W_])[{_LETTERS}][ ,]+{_DIGIT}[ ,]+[{_LAST}][ ,\-]+"
    rf"{_DIGIT}[ ,]+[{_LAST}][ ,]+{_DIGIT}(?![^\W_])",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"\b(?:case postale|casier postal|bo[i\u00ee]te postale|c\.\s?p\.|cp|p\.?\s?o\.?\s?box|box|route rurale|"
    r"rural route|r\.\s?r\.|rr)\s*(?:#|no\.?|n°)?\s*\d{1,6}\b"
    r"(?:,?\s(?:succ(?:ursale|\.)?|station|stn\.?)\s[\w\u2019'\-]+(?:\s[A-ZÀ-Ý][\w\-]*)?)?",
    re.IGNORECASE,
)
_FIGURES = r"(?<![\w$#@.,/\-])\d{1,5}(?:[-–]\d{1,5}|\s[-–](?=\s\d))?[\s\-]?(?:[A-Ha-h]\b|bis\b|½)?"
_ORDINAL = r"\d{1,3}(?:\s?(?:st|nd|rd|th|e|er|re|[\u00e8e]re|i[\u00e8e]me|[\u00e8e]me|eme))"
_ANNOUNCED = 60  # characters behind the words that announce an address
_ELIDED = r"(?:de l|l|d)[\u2019']"
_CONNECTOR = rf"(?:de la|{_ELIDED}|des|du|de|la|le|les|of|the|aux|au|sainte?|ste?|ma?c)"
_NO_CODE = r"(?![a-z]\d[a-z])"  # the first half of a postal code
_CAPITALISED = rf"{_NO_CODE}(?-i:[A-Z\u00c0-\u00dd])[\w\u2019'\-]*"
_WORD = rf"{_NO_CODE}[^\W\d_][\w\u2019'.\-]*"


def _one_of(name: str) -> str:
    return "|".join(sorted((re.escape(word) for word in cues()[name]), key=len, reverse=True))


@cache
def _number() -> str:
    """The number of a door, in figures or in words, perhaps behind its flat's."""
    words = {name for line in cues()["numbers"] for name in line.split()[1:]}
    alone = r"(?:une?|one|oh|cents?)\b(?![\s\-](?:cent|hundred))"
    names = "|".join(sorted(words, key=len, reverse=True))
    said = rf"(?<![\w\-])(?!{alone})(?:(?:{names})(?:[\s\-](?:et\s|and\s)?(?=\w)|\b)){{1,5}}(?<![\s\-])"
    flat = rf"(?:(?<!\w)(?:#|(?:{_one_of('unit')})\b\.?)\s?#?\s?\w{{1,6}}\s?[,\-–]\s?)?"
    return rf"{flat}(?:{_FIGURES}|{said})"


@cache
def _door() -> re.Pattern[str]:
    return re.compile(_number(), re.IGNORECASE)


@cache
def _stop() -> str:
    return rf"(?!(?:{_one_of('street_stop')})(?![\w\u2019'-]))"


@cache
def _tail() -> str:
    """A direction and a door after the street."""
    unit = rf"(?:,?\s*(?:(?:{_one_of('unit')})\b\.?\s*(?:#|no\.?\s)?\s*[\w\-]{{1,6}}|#\s?[\w\-]{{1,6}}))"
    return rf"(?:\.?\s+(?:{_one_of('directions')})\b\.?)?\.?{unit}?"


@cache
def _french() -> re.Pattern[str]:
    kind = rf"(?:{_one_of('street_before')})\b\.?"
    name = rf"(?:{_CONNECTOR}[\s\-]*){{0,2}}{_stop()}(?:{_WORD}|{_ORDINAL})"
    # More words only while they look like a name: capitals, or one more in a text without any.
    capitals = rf"(?:[ \-](?:(?:{_CONNECTOR}[\s\-]*){{0,2}}{_CAPITALISED})){{0,3}}"
    no_unit = rf"(?!(?:{_one_of('unit')})\b)"
    more = rf"{capitals}(?:\s{_stop()}{_NO_CODE}{no_unit}(?-i:[a-z\u00e0-ÿ])[\w\u2019'\-]{{2,}})?"
    numbered = rf"{_number()},?\s+(?:{_ORDINAL}\s+)?{kind}\s+{name}{more}{_tail()}"
    ordinal = rf"{_number()},?\s+{_ORDINAL}\s+{kind}{_tail()}"
    return re.compile(rf"{ordinal}|{numbered}", re.IGNORECASE)


@cache
def _french_number_last() -> re.Pattern[str]:
    kind = rf"(?:{_one_of('street_before')})\b\.?"
    name = rf"(?:{_CONNECTOR}[\s\-]*){{0,2}}{_CAPITALISED}(?:[ \-]{_CAPITALISED}){{0,2}}"
    return re.compile(
        rf"\b{kind}\s+{name},?\s+(?:au\s+|no\.?\s|num[\u00e9e]ro\s|#\s?)?\d{{1,5}}\b(?!\s?(?:\$|h\b))",
        re.IGNORECASE,
    )


@cache
def _english() -> re.Pattern[str]:
    return _before_kind(rf"{_stop()}(?:{_WORD}|{_ORDINAL})", 4, "street_after")


@cache
def _english_weak() -> re.Pattern[str]:
    return _before_kind(rf"(?:(?-i:[A-ZÀ-Ý])[\w\u2019'.\-]*|{_ORDINAL})", 4, "street_after_weak")


@cache
def _without_a_kind() -> re.Pattern[str]:
    """A name with neither "street" nor "rue", before a direction, a door or a postal code."""
    names = rf"(?:{_CONNECTOR}\s+)?{_CAPITALISED}(?:[ \-]{_CAPITALISED}){{0,3}}?"
    words = rf"{_stop()}{_WORD}(?:\s{_stop()}{_WORD}){{0,2}}?"
    direction = r"\s(?-i:[NSEWO]\b\.?|Nord|Sud|Est|Ouest|North|South|East|West)\b"
    door = rf",?\s(?:(?:{_one_of('unit')})\b\.?\s?#?|#)\s?\w{{1,6}}\b"
    code = rf"(?=,?\s+[{_LETTERS}]\d[{_LAST}]\s?\d[{_LAST}]\d\b)"
    return re.compile(
        rf"{_number()},?\s+(?:{names}(?:{direction}(?:{door})?|{door})|{words}{code})", re.IGNORECASE
    )


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(cues()['address_cues'])})\b", re.IGNORECASE)


@cache
def _english_announced() -> re.Pattern[str]:
    return _before_kind(rf"{_stop()}(?:{_WORD}|{_ORDINAL})", 3, "street_after_weak")


def _before_kind(word: str, most: int, kinds: str) -> re.Pattern[str]:
    """A number and at most so many words of a name, with its kind behind them: "45 Maple Street"."""
    return re.compile(
        rf"{_number()},?\s+(?:{word}\s+){{1,{most}}}?(?:{_one_of(kinds)})\b\.?{_tail()}", re.IGNORECASE
    )


@cache
def _numbered_road() -> re.Pattern[str]:
    kinds = (
        r"(?:county|regional|township)\s(?:road|rd)|highway|hwy|concession(?:\s(?:road|rd))?|sideroad|route|rte|autoroute|rang|"
        r"chemin|ch\."
    )
    sides = r"(?:\s(?:road|rd|line|side ?road|nord|sud|est|ouest|north|south|east|west)\b)?"
    return re.compile(rf"{_number()},?\s+(?:{kinds})\s\d{{1,3}}\b{sides}", re.IGNORECASE)


def find_postal_codes(text: str) -> Iterator[tuple[int, int]]:
    """Where postal codes stand: `H2X 1Y4`, `h2x1y4`, `H deux X un Y quatre`."""
    for pattern in (_POSTAL, _SPACED_POSTAL):
        yield from (found.span() for found in pattern.finditer(text))


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where streets with a number, and postal boxes, stand; towns by themselves are left alone."""
    spans = sorted(_addresses(text))
    while spans:
        start, end = spans.pop(0)
        while spans and spans[0][0] < end:
            end = max(end, spans.pop(0)[1])
        yield start, end


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_french_number_last(), _BOX):
        yield from (found.span() for found in pattern.finditer(text))
    announced = [found.end() for found in _announced().finditer(text)]
    for door in _door().finditer(text):
        is_announced = any(end <= door.start() < end + _ANNOUNCED for end in announced)
        last = _english_announced() if is_announced else _english_weak()
        for pattern in (_french(), _english(), _numbered_road(), _without_a_kind(), last):
            found = pattern.match(text, door.start())
            if found is not None:
                yield found.span()

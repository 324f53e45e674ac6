"""Canadian postal codes in any case and spacing, also dictated: "g un r deux b cinq"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.entities.content import words
from bot.entities.entity import Found, Kind
from bot.entities.patterns import choice

FAULT = "postal_code"
# Postal codes never use D, F, I, O, Q or U, and don't begin with W or Z.
_VALID = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d")
_SHAPE = re.compile(r"(?<![\w@])[a-z]\d[a-z][ -]{0,3}\d[a-z]\d(?![\w@])")
_DIGIT = r"(?:\d|un|une|one)"
_LETTER_WORD = r"[a-z]"
_GAP = "[ ,-]{0,2}"
_SPACED = re.compile(
    rf"(?<![\w@'])({_LETTER_WORD}){_GAP}({_DIGIT}){_GAP}({_LETTER_WORD}){_GAP}"
    rf"({_DIGIT}){_GAP}({_LETTER_WORD}){_GAP}({_DIGIT})(?![\w@])"
)
# Half a code, letters where digits go ("GIR 2B5"), another country's: only when one was asked for.
_WRONG = re.compile(r"(?<![\w@])(?:[a-z]\d[a-z]|[a-z][\dio][a-z][ -]?[\dio][a-z][\dio]|\d{5})(?![\w@])")
_LOOK_BACK = 30
_SURE, _DICTATED, _WRONG_CERTAINTY = 5, 3, 2
# First letter of the postal code by province; X is shared by the Northwest Territories and Nunavut.
_PROVINCES: Mapping[str, str] = {
    "A": "NL",
    "B": "NS",
    "C": "PE",
    "E": "NB",
    **dict.fromkeys("GHJ", "QC"),
    **dict.fromkeys("KLMNP", "ON"),
    "R": "MB",
    "S": "SK",
    "T": "AB",
    "V": "BC",
    "Y": "YT",
}


def find_postal_codes(text: str, language: str, *, asked: bool) -> Iterator[Found]:
    """The postal codes, and what was meant as one but can't be."""
    for match in _SHAPE.finditer(text):
        code = written(match.group())
        fault = None if code else FAULT
        yield Found(Kind.POSTAL_CODE, *match.span(), code, fault=fault, certainty=_SURE)
    for match in _SPACED.finditer(text):
        code = written("".join("1" if part.startswith(("u", "o")) else part for part in match.groups()))
        if code or asked:
            fault = None if code else FAULT
            yield Found(Kind.POSTAL_CODE, *match.span(), code, fault=fault, certainty=_DICTATED)
    for match in _WRONG.finditer(text):
        if asked or _is_announced(text, match.start(), language):
            yield Found(Kind.POSTAL_CODE, *match.span(), fault=FAULT, certainty=_WRONG_CERTAINTY)


def written(said: str) -> str | None:
    """The code as `A1A 1A1`, or None when Canada has no such code."""
    code = re.sub(r"[^a-z0-9]", "", said).upper()
    return f"{code[:3]} {code[3:]}" if _VALID.fullmatch(code) else None


def province_of(code: str) -> str | None:
    """The province of a postal code, where its first letter tells."""
    return _PROVINCES.get(code[0])


def _is_announced(text: str, start: int, language: str) -> bool:
    return _announcement(language).search(text[max(0, start - _LOOK_BACK) : start]) is not None


@cache
def _announcement(language: str) -> re.Pattern[str]:
    names = choice(words("numbers_announced", language)["postal_code"])
    return re.compile(rf"(?<!\w){names}[^\d.;!?]*$")

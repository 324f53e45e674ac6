"""Digits that are nobody's, whatever stands around them: dates, amounts, hours, rates, IP addresses."""

import re

_YEAR = r"(?:19|20)\d\d"
_DAY = rf"{_YEAR}[-/.]\d\d?[-/.]\d\d? | \d\d?[-/.]\d\d?[-/.]{_YEAR}"
_THOUSANDS = r"(?:\d{1,3}(?:,\d{3})+ | \d{1,9})(?:[.,]\d\d)?"
_SPACED = r"\d{1,3}(?:\s\d{3}){1,2}(?:[.,]\d\d)?"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_UNIT = r"%|[MGk]bit\w*|[MG]bps|[GM][ob]\b|jours?\b|days?\b|min\b|minutes?\b|mois\b|months?\b|ans\b"
_HARMLESS = re.compile(
    rf"""
    (?=[\d$]) (?<!\d) (?:
      {_DAY}
    | (?<!\d\s)\$\s?(?: {_SPACED}(?![\s.-]?\d) | {_THOUSANDS} )                       # $1,234.50
    | \d{{1,3}}[.,]\d\d\s?(?:\$(?!\d)|dollars?\b)
    | (?<!\d[\s.-]) (?: {_SPACED} | {_THOUSANDS} )\s?(?:\$|dollars?\b|cents\b|CAD\b|¢)    # 1 234,50 $
    | \d\d?\s?[h:]\s?\d\d                                                         # hours
    | (?<!\d[\s.-]) \d\d?\s?[ap]\.?m\b
    | (?<!\d[\s.-]) \d{{1,4}}(?:[.,]\d+)?\s?(?:{_UNIT})                           # rates, lengths of time
    | (?<!\d\.) {_OCTET}(?:\.{_OCTET}){{3}} (?!\.\d)                              # 192.168.0.1
    ) (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def bar_harmless(text: str) -> str:
    """The text with what is harmless made unreadable, every other character in its place."""
    return _HARMLESS.sub(bar, text)


def bar(found: re.Match[str]) -> str:
    """As many characters that nothing reads."""
    return "\x00" * len(found.group())

"""What a telephone number, an e-mail address or a quantity looks like when someone types it."""

from __future__ import annotations

import re

PHONE = re.compile(
    r"(?<![\w+])(?:\+?1[\s\u00a0\u202f.-]?)?\(?\d{3}\)?[\s\u00a0\u202f.-]?\d{3}[\s\u00a0\u202f.-]?\d{4}(?!\d)"
)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
QUANTITY = re.compile(
    r"\d[\d\s\u00a0\u202f,.]{0,20}(?:\$|%|¢|(?:jours?|semaines?|mois|ans?|années?|heures?|h|minutes?"
    r"|days?|weeks?|months?|years?|hours?|a\.m\.|p\.m\.)(?!\w))|\$\s?\d+(?:[,.]\d+)*",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def digits(text: str) -> str:
    """Return the digits of a text, in order."""
    return "".join(_DIGIT.findall(text))


def phones(text: str) -> set[str]:
    """Return the telephone numbers in a text as ten digits."""
    return {digits(match.group())[-10:] for match in PHONE.finditer(text)}


def emails(text: str) -> set[str]:
    """Return the e-mail addresses in a text, in small letters."""
    return {match.group().casefold() for match in EMAIL.finditer(text)}


def quantities(text: str) -> set[str]:
    """Return amounts and delays in a text, spaces aside."""
    rest = EMAIL.sub(" ", PHONE.sub(" ", text))
    return {"".join(match.group().split()).casefold() for match in QUANTITY.finditer(rest)}


def hard_values(text: str) -> set[str]:
    """Return everything in a text that is a matter of fact: numbers to call, addresses, amounts, delays."""
    return phones(text) | emails(text) | quantities(text)

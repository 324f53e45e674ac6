"""What keys mean: the reserved ones everywhere, the rest by the question that is open.

0 is a person, 9 cancels, * repeats, # changes the language where one key is enough (** elsewhere), 8 tells
the rest of a list, or opens the menu where nothing is asked; 1 to 7 choose. An amount has a star for its
point: 52*30 is fifty-two thirty, 52 is fifty-two dollars. A date is day and month in four digits. A letter of
a postal code is its key and its place on that key: G1R 2B5 is 41 1 73 2 22 5. Where several digits are waited
for, a lone 0 or 9 is still the reserved key.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_currency

from gateway.settings import Language
from gateway.voice.state import Asks

Control = Literal["person", "cancel", "repeat", "language", "more"]

LOCALES: dict[Language, str] = {"fr": "fr_CA", "en": "en_CA"}
DAY: dict[Language, str] = {"fr": "d MMMM", "en": "MMMM d"}
FIRST: dict[Language, str] = {"fr": "'1er' MMMM", "en": "MMMM d"}
RESERVED: dict[str, Control] = {
    "0": "person",
    "9": "cancel",
    "*": "repeat",
    "#": "language",
    "**": "language",
}
MORE = "8"
MOST_CHOICES = 7
ACCOUNT_DIGITS = 9
POSTAL_CODE_DIGITS = 9
# The longest entry for each question; 1 where a single key says it all.
DIGITS: dict[Asks, int] = {
    "date": 4,
    "amount": 12,
    "account_number": ACCOUNT_DIGITS,
    "postal_code": POSTAL_CODE_DIGITS,
    "text": 20,
}
LETTERS = {"2": "ABC", "3": "DEF", "4": "GHI", "5": "JKL", "6": "MNO", "7": "PQRS", "8": "TUV", "9": "WXYZ"}
A_LEAP_YEAR = 2028  # so that February 29 is a date
_AMOUNT = re.compile(r"(\d{1,7})(?:\*(\d{2}))?\*?")
_POSTAL_CODE = re.compile(r"(\d\d)(\d)(\d\d)(\d)(\d\d)(\d)")


@dataclass(frozen=True)
class Pressed:
    """What keys mean: a reserved key, the place of a choice (from 0), or plain words; else nothing."""

    control: Control | None = None
    choice: int | None = None
    text: str | None = None


def digits_for(asks: Asks, *, is_asked: bool, choices: int) -> int:
    """The longest entry to listen for; a question open to any answer takes single keys."""
    if not is_asked and asks == "text":
        return 1
    return 1 if choices and asks in ("text", "choice", "yes_no") else DIGITS.get(asks, 1)


def read_keys(digits: str, asks: Asks, *, is_asked: bool, choices: int, language: Language) -> Pressed:
    """What was dialled in answer to a question with so many choices."""
    if digits in RESERVED:
        return Pressed(control=RESERVED[digits])
    if digits == MORE and (choices or not is_asked):
        return Pressed(control="more")
    if len(digits) == 1 and digits.isdecimal() and 0 < int(digits) <= choices:
        return Pressed(choice=int(digits) - 1)
    return Pressed(text=_value(digits, asks, is_asked=is_asked, choices=choices, language=language))


def _value(digits: str, asks: Asks, *, is_asked: bool, choices: int, language: Language) -> str | None:
    if asks == "amount":
        return amount(digits, language)
    if asks == "date":
        return day(digits, language)
    if asks == "account_number":
        return digits if len(digits) == ACCOUNT_DIGITS and digits.isdecimal() else None
    if asks == "postal_code":
        return postal_code(digits)
    is_open = asks == "text" and is_asked and not choices
    return digits if is_open and digits.isdecimal() else None


def amount(digits: str, language: Language) -> str | None:
    """Dollars, and cents after the star, as people write them."""
    found = _AMOUNT.fullmatch(digits)
    if found is None:
        return None
    dollars = Decimal(found[1]) + Decimal(found[2] or 0) / 100
    return str(format_currency(dollars, "CAD", locale=LOCALES[language]))


def day(digits: str, language: Language) -> str | None:
    """Day and month, as people write them; None for what is in no calendar."""
    if len(digits) != DIGITS["date"] or not digits.isdecimal():
        return None
    try:
        found = date(A_LEAP_YEAR, int(digits[2:]), int(digits[:2]))
    except ValueError:
        return None
    pattern = FIRST[language] if found.day == 1 else DAY[language]
    return str(format_date(found, pattern, locale=LOCALES[language]))


def postal_code(digits: str) -> str | None:
    """A postal code, each letter dialled as its key and its place on that key."""
    found = _POSTAL_CODE.fullmatch(digits)
    signs = [] if found is None else [_letter(sign) if len(sign) > 1 else sign for sign in found.groups()]
    if not signs or None in signs:
        return None
    written = "".join(sign for sign in signs if sign)
    return f"{written[:3]} {written[3:]}"


def _letter(digits: str) -> str | None:
    letters, place = LETTERS.get(digits[0], ""), int(digits[1])
    return letters[place - 1] if 0 < place <= len(letters) else None

"""What is read in a sentence, and what the question asked and the calendar make of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

Language = Literal["fr", "en"]
Direction = Literal["future", "past"]


class Kind(StrEnum):
    """The kinds of values that the operations need."""

    DATE = "date"
    AMOUNT = "amount"
    ACCOUNT_NUMBER = "account_number"
    POSTAL_CODE = "postal_code"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    METHOD = "method"
    ORDINAL = "ordinal"
    RECEIPT_NUMBER = "receipt_number"


@dataclass(frozen=True)
class AddressParts:
    """What was said of an address, spelled as the customer did; None is what was not said."""

    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    province: str | None = None  # two capital letters
    postal_code: str | None = None  # `A1A 1A1`


@dataclass(frozen=True)
class Entity:
    """A value read in a text: `text` is the text from `start` to `end`.

    `value` by kind: a date, cents, nine digits, `A1A 1A1`, an e-mail address, E.164, AddressParts, a method's
    code, a rank (1 is the first, -1 the last), twelve digits. It is None when there are several readings
    (all of them in `alternatives`) or when what was read is not valid (`fault` says why).
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Any  # depends on the kind, see above
    alternatives: tuple[Any, ...] = ()
    fault: str | None = None
    negated: bool = False


@dataclass(frozen=True)
class Reading:
    """How to read: `today` in Toronto, the kind just asked for, and on which side of today a date must be.

    `aloud`: it was said, and what is understood is read back, so that a guess may be made.
    """

    today: date
    asked: Kind | None = None
    direction: Direction | None = None
    aloud: bool = False


@dataclass(frozen=True)
class Found:
    """A value read; `start` and `end` count in a canonical text until it is located in the customer's."""

    kind: Kind
    start: int
    end: int
    value: Any = None  # as in Entity
    alternatives: tuple[Any, ...] = ()
    fault: str | None = None
    certainty: int = 1  # of two that overlap, the more certain wins, then the longer

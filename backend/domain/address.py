"""Canadian billing addresses: checked where it can be, kept as typed elsewhere ("app.", "C.P.")."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from backend.domain.errors import Refusal

# First letter of the postal code by province; X is shared by the Northwest Territories and Nunavut.
POSTAL_LETTERS: Mapping[str, str] = {
    "NL": "A",
    "NS": "B",
    "PE": "C",
    "NB": "E",
    "QC": "GHJ",
    "ON": "KLMNP",
    "MB": "R",
    "SK": "S",
    "AB": "T",
    "BC": "V",
    "NT": "X",
    "NU": "X",
    "YT": "Y",
}
# Postal codes never use D, F, I, O, Q or U, and don't begin with W or Z.
_POSTAL = re.compile(r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]")
# Ottawa's side of the river shares K1A with federal offices in Gatineau.
_FEDERAL = "K1A"
_LINE_LENGTH = 80


@dataclass(frozen=True)
class Address:
    """Where paper goes: one or two lines, city, province, postal code."""

    line1: str
    line2: str
    city: str
    province: str
    postal_code: str

    def as_json(self) -> dict[str, str]:
        """The address as stored and shown."""
        return asdict(self)


def parse_postal_code(text: str) -> str:
    """The postal code as `A1A 1A1`, typed in any case and spacing."""
    code = re.sub(r"[\s\u00a0\u202f\-]+", "", text).upper()
    if not _POSTAL.fullmatch(code):
        raise Refusal("address_invalid", field="postal_code", problem="format")
    return f"{code[:3]} {code[3:]}"


def make_address(*, line1: str, city: str, province: str, postal_code: str, line2: str = "") -> Address:
    """An address that Canada Post could deliver to, or a refusal naming the field."""
    code = parse_postal_code(postal_code)
    letters = province.strip().upper()
    if letters not in POSTAL_LETTERS:
        raise Refusal("address_invalid", field="province", problem="unknown", allowed=sorted(POSTAL_LETTERS))
    if code[0] not in POSTAL_LETTERS[letters] and not (letters == "QC" and code.startswith(_FEDERAL)):
        raise Refusal("address_invalid", field="postal_code", problem="other_province", province=letters)
    return Address(
        line1=_line(line1, field="line1"),
        line2=_line(line2, field="line2", may_be_empty=True),
        city=_line(city, field="city"),
        province=letters,
        postal_code=code,
    )


def address_from_json(value: Mapping[str, Any]) -> Address:
    """An address that was stored; it was checked then."""
    return Address(**{name: str(value[name]) for name in Address.__dataclass_fields__})


def _line(text: str, *, field: str, may_be_empty: bool = False) -> str:
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(character).startswith("C") for character in clean):
        raise Refusal("address_invalid", field=field, problem="characters")
    if len(clean) > _LINE_LENGTH:
        raise Refusal("address_invalid", field=field, problem="too_long", longest=_LINE_LENGTH)
    if not may_be_empty and not any(character.isalnum() for character in clean):
        raise Refusal("address_invalid", field=field, problem="empty")
    return clean

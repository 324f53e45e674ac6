"""Reads one value out of what was said: found, ambiguous, faulty, or not there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.saying import cents, day, spelled
from bot.entities import Entity, Kind, find
from bot.entities.addresses.towns import without_town
from bot.entities.dictation import corrected, corrected_email
from bot.entities.postal import province_of, written

Direction = Literal["future", "past"]
ACCOUNT_GROUPS, POSTAL_GROUPS = (3, 3, 3), (3, 3)  # as they are read back


@dataclass(frozen=True)
class Found:
    """A value, and how many characters of the message it took; a weak one is what any words would give."""

    value: Any
    length: int = 0
    is_weak: bool = False


@dataclass(frozen=True)
class Ambiguous:
    """Several readings; the customer says which."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Faulty:
    """Something of the right kind that can't be; `utter_fault_<code>` says why, with values and links."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[dict[str, Any], ...] = ()


Read = Found | Ambiguous | Faulty | None


class Reader(ABC):
    """Reads values of one kind."""

    kind: Kind | None = None
    direction: Direction | None = None
    takes_no: bool = False  # whether a bare no answers the question

    def read_back(self, value: Any) -> Any:
        """What a caller hears again to agree to; None for what is not said sign by sign."""
        return None

    def corrected(self, heard: Heard, value: Any) -> Any:
        """The value that was read back as these words correct it; None when they don't say how."""
        return None

    @abstractmethod
    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """The value in this turn; `old` is the one already known."""


class EntityReader(Reader):
    """Takes the last entity of a kind: who says two means the second."""

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """The last one that is valid, or what is wrong with it."""
        assert self.kind is not None
        found = find(entities, self.kind)
        if not found:
            return None
        entity = next((entity for entity in reversed(found) if entity.fault is None), found[-1])
        if entity.alternatives:
            return Ambiguous(tuple(self.typed(value) for value in entity.alternatives))
        if entity.fault is not None:
            return Faulty(entity.fault)
        return Found(self.typed(entity.value), entity.end - entity.start)

    def typed(self, value: Any) -> Any:
        """The value as it is remembered and said."""
        return value


class DateReader(EntityReader):
    """A day; `direction` is the side of today on which an incomplete one is looked for."""

    kind = Kind.DATE

    def __init__(self, direction: Direction) -> None:
        self.direction = direction

    def typed(self, value: date) -> Any:
        """Said with its weekday."""
        return day(value)


class AmountReader(EntityReader):
    """An amount of money."""

    kind = Kind.AMOUNT

    def typed(self, value: int) -> Any:
        """In cents."""
        return cents(value)


class EmailReader(EntityReader):
    """An e-mail address."""

    kind = Kind.EMAIL

    def typed(self, value: str) -> Any:
        """As written."""
        return {"email": value}

    def read_back(self, value: Any) -> Any:
        """Letter by letter."""
        return spelled(value["email"])

    def corrected(self, heard: Heard, value: Any) -> Any:
        """By letters, words, or a whole side of the at sign."""
        address = corrected_email(heard.text, heard.language, value["email"])
        return None if address is None else self.typed(address)


class AccountNumberReader(EntityReader):
    """Nine digits."""

    kind = Kind.ACCOUNT_NUMBER

    def typed(self, value: str) -> Any:
        """Said in groups."""
        return {"account": value}

    def read_back(self, value: Any) -> Any:
        """In the groups that a correction may name."""
        return value

    def corrected(self, heard: Heard, value: Any) -> Any:
        """By digits, by groups, or as a whole."""
        number = corrected(heard.text, heard.language, value["account"], ACCOUNT_GROUPS)
        return None if number is None else self.typed(number)


class PostalCodeReader(EntityReader):
    """A postal code, alone or at the end of an address."""

    kind = Kind.POSTAL_CODE

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """Look in addresses too."""
        alone = super().read(heard, entities, old, is_asked=is_asked)
        if alone is not None:
            return alone
        codes = [entity for entity in find(entities, Kind.ADDRESS) if entity.value]
        return next((Found(e.value.postal_code, 7) for e in codes if e.value.postal_code), None)

    def read_back(self, value: Any) -> Any:
        """Sign by sign."""
        return spelled(value)

    def corrected(self, heard: Heard, value: Any) -> Any:
        """By letters and digits, or one half of it."""
        return _corrected_code(heard, value)


class MethodReader(EntityReader):
    """How a payment was made."""

    kind = Kind.METHOD

    def typed(self, value: str) -> Any:
        """Said in words."""
        return {"key": f"phrase_method_{value}", "values": {}, "code": str(value)}


NOISE = ("gibberish", "oos_other", "oos_telecom", "insult")
PARTS = ("line1", "line2", "city", "province", "postal_code")


class AddressReader(Reader):
    """A Canadian address, in one breath or part by part."""

    kind = Kind.ADDRESS

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """The parts said now over those said before; a new street is a new address.

        Words that mean nothing are a city only where the rest is known.
        """
        said = [entity for entity in find(entities, Kind.ADDRESS) if entity.value is not None]
        codes = find(entities, Kind.POSTAL_CODE)
        if not said and not codes:
            return None
        if not said and codes[-1].fault:
            return Faulty(codes[-1].fault)
        parts: dict[str, Any] = {}
        for entity in said:
            parts.update(_present(vars(entity.value)))
        if codes and codes[-1].value:
            code = codes[-1].value
            parts = _present({"province": province_of(code)}) | parts | {"postal_code": code}
        if not parts:
            return None
        if parts.keys() <= {"city"} and not old and heard.intent in NOISE and heard.is_confident:
            return None
        known = {} if "line1" in parts else (old or {}).get("address", {})
        length = sum(entity.end - entity.start for entity in (*said, *codes))
        address = _each_once({**known, **parts})
        return Found({"address": address}, length, is_weak=parts.keys() <= {"city"})

    def read_back(self, value: Any) -> Any:
        """Its postal code: the rest is words."""
        code = value["address"].get("postal_code")
        return spelled(code) if code else None

    def corrected(self, heard: Heard, value: Any) -> Any:
        """With its postal code corrected."""
        code = _corrected_code(heard, value["address"]["postal_code"])
        return None if code is None else {"address": {**value["address"], "postal_code": code}}


def _corrected_code(heard: Heard, code: str) -> str | None:
    signs = corrected(heard.text, heard.language, code.replace(" ", ""), POSTAL_GROUPS)
    return None if signs is None else written(signs.lower())


def missing_part(value: Any) -> str | None:
    """The part of an address to ask for next."""
    address: Mapping[str, Any] = value["address"]
    return next(
        (part for part in ("line1", "city", "postal_code", "province") if not address.get(part)), None
    )


def _each_once(address: dict[str, Any]) -> dict[str, Any]:
    """With the town said once: it may have been taken for the end of the street's name."""
    if address.get("line1") and address.get("city"):
        address["line1"] = without_town(address["line1"], address["city"])
    return address


def _present(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parts[name] for name in PARTS if parts.get(name)}


class ChosenReader(Reader):
    """Filled by a button, "the second one", or by the operation itself; never by other words."""

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """Nothing to read: choices are resolved before any reader is asked."""
        return None

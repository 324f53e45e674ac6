"""What was read in a phrase, written as the tables write it."""

from collections.abc import Collection
from datetime import date

from bot.entities import Entity, Kind, Reading, extract
from bot.entities.entity import Direction, Language

TODAY = date(2026, 11, 23)  # a Monday


def read(
    phrase: str,
    language: Language,
    kinds: Collection[Kind],
    *,
    asked: str = "-",
    direction: Direction = "future",
) -> list[Entity]:
    """The entities of these kinds; `asked` is a kind or `-`."""
    reading = Reading(TODAY, None if asked == "-" else Kind(asked), direction)
    return [entity for entity in extract(phrase, language, reading) if entity.kind in kinds]


def shown(entities: list[Entity], *, with_kind: bool = False) -> str:
    """All of them, joined by ` & `; "not" before those that were refused."""
    return " & ".join(_shown(entity, with_kind=with_kind) for entity in entities) or "none"


def _shown(entity: Entity, *, with_kind: bool) -> str:
    value = entity.value
    if entity.kind is Kind.AMOUNT and value is not None:
        value = f"{value // 100}.{value % 100:02}"
    readings = "|".join(str(reading) for reading in entity.alternatives)
    if readings or entity.fault:
        assert value is None, "never a value beside doubt"
        value = " ".join(part for part in (entity.fault or "ambiguous", readings) if part)
    parts = ["not"] * entity.negated + [entity.kind.value] * with_kind + [str(value)]
    return " ".join(parts)

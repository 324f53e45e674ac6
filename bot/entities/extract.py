"""Reads every value that a customer's sentence holds, where it stands, and which were refused."""

from collections.abc import Iterable
from dataclasses import replace

from bot.entities.addresses.find import find_addresses
from bot.entities.amounts import find_amounts
from bot.entities.choice import without_overlaps
from bot.entities.dates.find import find_dates
from bot.entities.dictation.groupings import nine_digits
from bot.entities.dictation.letters import spelled_letters
from bot.entities.dictation.numbers import repeats_written_out, without_hesitations
from bot.entities.digits import find_numbers
from bot.entities.emails import find_emails
from bot.entities.entity import Entity, Found, Kind, Language, Reading
from bot.entities.methods import find_methods
from bot.entities.negation import mark_refused
from bot.entities.ordinals import find_ordinals
from bot.entities.postal import find_postal_codes
from bot.entities.spoken import spoken_numbers
from bot.entities.text import Canonical, fold_text


def extract(text: str, language: Language, reading: Reading) -> list[Entity]:
    """The values in order, none overlapping another.

    The other language is tried too when the kind that was asked for isn't found.
    """
    folded = fold_text(text or "")
    entities = _guessed(_read(folded, language, reading), text, language, reading)
    if reading.asked is None or any(entity.kind is reading.asked for entity in entities):
        return entities
    other: Language = "en" if language == "fr" else "fr"
    answers = [entity for entity in _read(folded, other, reading) if entity.kind is reading.asked]
    new = [one for one in answers if not any(_overlap(one, entity) for entity in entities)]
    return sorted([*entities, *new], key=lambda entity: entity.start)


def _guessed(entities: list[Entity], text: str, language: Language, reading: Reading) -> list[Entity]:
    """With the account number that was said in some other grouping, where none was read."""
    kind = Kind.ACCOUNT_NUMBER
    if not reading.aloud or reading.asked is not kind or any(e.kind is kind and e.value for e in entities):
        return entities
    number = nine_digits(text, language)
    return entities if number is None else [Entity(kind, 0, len(text), text, number)]


def find(entities: Iterable[Entity], kind: Kind) -> list[Entity]:
    """Those of one kind that were not refused."""
    return [entity for entity in entities if entity.kind is kind and not entity.negated]


def _overlap(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end


def _read(folded: Canonical, language: Language, reading: Reading) -> list[Entity]:
    if not folded.text:
        return []
    spoken = spoken_numbers(repeats_written_out(folded, language), language)
    is_code = reading.asked is Kind.POSTAL_CODE
    is_spelled = is_code or reading.asked is Kind.EMAIL
    letters = spelled_letters(folded, language, names=is_code, any_link=is_spelled)
    spelled = spoken_numbers(letters, language)
    marked, dates = find_dates(spoken, language, reading)
    dictated = without_hesitations(marked, language)
    corrected, methods = find_methods(folded, language, reading)
    located = [
        *_locate(marked, dates),
        *_locate(marked, find_amounts(marked.text, language, reading)),
        *_locate(marked, find_ordinals(marked.text, language, reading)),
        *_locate(dictated, find_numbers(dictated.text, language, reading)),
        *_locate(spelled, find_postal_codes(spelled.text, language, asked=is_code)),
        *_locate(marked, find_addresses(marked, language, reading)),
        *_locate(corrected, methods),
    ]
    for canonical, email in find_emails(folded, spelled, language, asked=reading.asked is Kind.EMAIL):
        located += _locate(canonical, [email])
    entities = [_entity(folded.source, one) for one in without_overlaps(located)]
    return mark_refused(folded, entities, language)


def _locate(text: Canonical, found: Iterable[Found]) -> list[Found]:
    """The same at their places in the customer's text."""
    places = [(one, *text.span(one.start, one.end)) for one in found]
    return [replace(one, start=start, end=end) for one, start, end in places]


def _entity(source: str, found: Found) -> Entity:
    return Entity(
        kind=found.kind,
        start=found.start,
        end=found.end,
        text=source[found.start : found.end],
        value=found.value,
        alternatives=found.alternatives,
        fault=found.fault,
    )

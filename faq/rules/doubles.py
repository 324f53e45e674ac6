"""No two entries may ask the same or wear the same label; no answer may stand under another's question."""

from __future__ import annotations

from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Field, Loaded
from faq.model import LANGUAGES
from faq.render import to_text
from faq.swaps import Pair, answers_of_others
from faq.swaps import doubles as same


def doubles(loaded: Loaded) -> Iterator[Fault]:
    """Yield doubled questions, labels and answers, and answers that belong to another question."""
    for language in LANGUAGES:
        fields: dict[str, list[Field]] = {"question": [], "label": [], "answer": []}
        for field in loaded.fields():
            if field.language == language and field.name in fields:
                fields[field.name].append(field)
        for kind in fields.values():
            yield from _doubled(loaded, kind)
        yield from _swapped(loaded, fields["question"], fields["answer"], language)


def _doubled(loaded: Loaded, fields: list[Field]) -> Iterator[Fault]:
    for later, earlier in same([loaded.rendered(field) for field in fields]):
        yield fields[later].fault(f"says the same as {fields[earlier].owner}")


def _swapped(loaded: Loaded, asked: list[Field], said: list[Field], language: str) -> Iterator[Fault]:
    answers = {field.owner: field for field in said}
    both = [question for question in asked if question.owner in answers]
    pairs = [
        Pair(field.owner, loaded.rendered(field), to_text(loaded.rendered(answers[field.owner])))
        for field in both
    ]
    for place, owner in answers_of_others(pairs, language):
        yield answers[both[place].owner].fault(f"this answer seems to belong to {owner}")

"""What every operation must have in words: a name, and for each question its help, its reason and its cue."""

from collections.abc import Iterator

import pytest

from bot.actions.dialogue.cues import says
from bot.actions.dialogue.operation import Operation
from bot.actions.operations import OPERATIONS
from bot.words.texts import TextStore
from faq import LANGUAGES

TEXTS = TextStore().current()
PARTS = {"address": ("line1", "city", "postal_code", "province")}  # asked one by one when they are missing
VARIANTS = 2  # a question may have to be put again


def questions() -> Iterator[str]:
    """The name of each question that an operation may put."""
    for slot in sorted({slot.name for operation in OPERATIONS for slot in operation.slots}):
        yield slot
        yield from (f"{slot}_{part}" for part in PARTS.get(slot, ()))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: str(one.name))
def test_every_operation_has_a_name_for_sentences(operation: Operation) -> None:
    assert f"phrase_op_{operation.name}" in TEXTS


@pytest.mark.parametrize("question", list(questions()))
def test_every_question_has_variants_help_and_a_reason(question: str) -> None:
    forms = TEXTS[f"utter_ask_{question}"].forms

    assert all(len(forms[language]) >= VARIANTS for language in LANGUAGES)
    assert {f"utter_help_{question}", f"utter_why_{question}"} <= set(TEXTS)


@pytest.mark.parametrize("slot", sorted({slot.name for one in OPERATIONS for slot in one.slots}))
def test_every_value_can_be_named_on_a_button_and_in_a_correction(slot: str) -> None:
    assert f"phrase_{slot}" in TEXTS
    assert not says(f"slot_{slot}", "")


def test_no_two_operations_have_the_same_name() -> None:
    names = [operation.name for operation in OPERATIONS]

    assert len(set(names)) == len(names)

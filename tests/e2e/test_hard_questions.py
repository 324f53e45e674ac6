"""Questions as people really put them, through the whole product: twenty-five in each language."""

from pathlib import Path

import pytest

from faq import LANGUAGES
from tests.conversations.chat import extras_of
from tests.support.stack import Customer, Json, Stack, faq_ids, keys
from tests.support.training_data import examples, sentence_key
from tools.labelled import Row, read_files

pytestmark = pytest.mark.rasa


def questions(language: str) -> list[Row]:
    """The rows of a language's table."""
    path = Path(__file__).parent / f"hard_{language}.tsv"
    return read_files([path])[path]


def label_of(stack: Stack, customer: Customer, answer: Json) -> str:
    """What the product took the question for."""
    if faq_ids(answer):
        return f"faq/{faq_ids(answer)[0]}"
    seq = answer["messages"][0]["seq"]
    behind = extras_of(stack.folder / "gateway.db", customer.begun["id"], [seq])[seq]
    named = behind.get("values", {}).get("what", {}).get("key") or keys(answer)[0]
    return named.replace("phrase_op_", "op/").replace("utter_human", "op/human").removeprefix("utter_")


@pytest.mark.parametrize(
    ("language", "row"),
    [(language, row) for language in LANGUAGES for row in questions(language)],
    ids=lambda value: value.label if isinstance(value, Row) else value,
)
def test_a_hard_question_gets_its_answer(stack: Stack, language: str, row: Row) -> None:
    customer = Customer(stack, language)
    answer = customer.say(row.text)

    assert label_of(stack, customer, answer) == row.label
    assert answer["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_of_them_was_trained_on(language: str) -> None:
    trained = {sentence_key(example.text) for example in examples(language)}

    assert [row.text for row in questions(language) if sentence_key(row.text) in trained] == []

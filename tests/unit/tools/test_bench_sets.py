"""What contestants train on and are scored on."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tools.bench import sets
from tools.bench.sets import Example

NLU = """version: "3.1"
nlu:
- intent: faq_cost
  examples: |
    - How much?
    - "Free" - or not?
- intent: greet
  examples: |
    - hi
"""


@pytest.fixture
def examples() -> list[Example]:
    return [
        Example(f"{intent} {n}", intent, language)
        for intent in "ab"
        for language in ("fr", "en")
        for n in range(9)
    ]


def test_rasa_files_give_sentences_and_their_language(tmp_path: Path) -> None:
    path = tmp_path / "nlu_en.yml"
    path.write_text(NLU, encoding="utf-8")

    assert sets.read_rasa(path) == [
        Example("How much?", "faq_cost", "en"),
        Example('"Free" - or not?', "faq_cost", "en"),
        Example("hi", "greet", "en"),
    ]


def test_labelled_files_give_intents(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("how much?\tfaq/cost\nwhere?\tout_of_scope\n", encoding="utf-8")

    assert sets.read_labelled(path) == [
        Example("how much?", "faq_cost", ""),
        Example("where?", "out_of_scope", ""),
    ]


def test_the_product_s_own_sentences_can_be_read() -> None:
    root = Path(__file__).parents[3] / "bot" / "data"
    french, english = sets.read_rasa(root / "nlu_fr.yml"), sets.read_rasa(root / "nlu_en.yml")

    assert {example.intent for example in french} == {example.intent for example in english}
    assert len(french) > 1_000


def test_a_cap_keeps_the_same_few_of_each_intent_and_language(examples: list[Example]) -> None:
    kept = sets.capped(examples, 4)

    assert kept == sets.capped(examples, 4)
    assert len(kept) == 2 * 2 * 4
    assert kept == [example for example in examples if example in kept]


def test_no_cap_keeps_all(examples: list[Example]) -> None:
    assert sets.capped(examples, None) == examples


def test_what_is_written_for_rasa_reads_back(tmp_path: Path) -> None:
    awkward = ["- [a] dash: yes?", "#tag", "'", "C’est « où »?", "null", "a: b", "\U0001f600 ok"]
    examples = [Example(text, "x", "fr") for text in awkward]

    folder = sets.write_rasa([*examples, Example("hi", "x", "en")], tmp_path)

    assert [path.name for path in sorted(folder.iterdir())] == ["nlu_en.yml", "nlu_fr.yml"]
    assert sets.read_rasa(folder / "nlu_fr.yml") == examples


def test_brackets_don_t_become_entities(tmp_path: Path) -> None:
    folder = sets.write_rasa([Example("see [this](link)", "x", "")], tmp_path)

    written = yaml.safe_load((folder / "nlu.yml").read_text(encoding="utf-8"))
    assert written["nlu"] == [{"intent": "x", "examples": "- see [this) (link)\n"}]


def test_another_row_is_another_digest(tmp_path: Path) -> None:
    train, test, other = (tmp_path / name for name in ("train.tsv", "test.tsv", "other.tsv"))
    for path, text in ((train, "a"), (test, "b"), (other, "c")):
        path.write_text(f"{text}\tfaq/cost\n", encoding="utf-8")

    one, two = (sets.faq_set([train], [path], None) for path in (test, other))

    assert one.digest == sets.faq_set([train], [test], None).digest
    assert one.digest != two.digest

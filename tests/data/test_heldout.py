"""The held-out sets: valid, balanced, and never trained on."""

from pathlib import Path

import pytest

from faq import OPERATIONS, load_content
from tests.support.training_data import LANGUAGES, examples, sentence_key
from tools.labelled import Row, read_files

FILES = sorted((Path(__file__).parent / "heldout").glob("*.tsv"))
LABELS = {
    *(f"faq/{entry}" for entry in load_content().entries),
    *(f"op/{operation}" for operation in OPERATIONS),
    "out_of_scope",
}


def rows(path: Path) -> list[Row]:
    """The rows of a file; raises with every bad line."""
    return read_files([path], LABELS)[path]


def named(path: Path) -> str:
    """A file's name, for the name of a test."""
    return path.stem


def test_both_languages_have_held_out_sets() -> None:
    sets = {
        language: [
            path.stem.removesuffix(f"_{language}") for path in FILES if path.stem.endswith(f"_{language}")
        ]
        for language in LANGUAGES
    }

    assert sets["fr"]
    assert sets["fr"] == sets["en"]
    assert len(FILES) == 2 * len(sets["fr"])


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_row_is_valid_and_says_who_speaks(path: Path) -> None:
    assert [row.text for row in rows(path) if not row.persona] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_label_is_asked_about(path: Path) -> None:
    assert sorted(LABELS - {row.label for row in rows(path)}) == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_row_was_trained_on(path: Path) -> None:
    trained = {
        sentence_key(example.text): (language, example.intent, example.text)
        for language in LANGUAGES
        for example in examples(language)
    }

    shared = [
        (row.text, trained[sentence_key(row.text)]) for row in rows(path) if sentence_key(row.text) in trained
    ]

    assert shared == []


def test_no_row_stands_in_two_files_or_twice_in_one() -> None:
    seen: dict[str, str] = {}
    twice = []
    for path in FILES:
        for row in rows(path):
            key = sentence_key(row.text)
            if key in seen:
                twice.append((path.name, seen[key], row.text))
            seen[key] = path.name

    assert twice == []

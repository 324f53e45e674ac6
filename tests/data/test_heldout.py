"""The held-out sets: valid, balanced, and never trained on.

`selfservice_*` asks for the operations of a conversation and answers what they ask; `opposites_*` asks for
operations that undo or resemble one another; `requests_*` holds sentences with several requests (`-op_x`:
one refused) or that only look so; the others ask about all that the FAQ covers.
"""

from pathlib import Path

import pytest

from faq import OPERATIONS, load_content
from tests.support.training_data import LANGUAGES, domain, examples, sentence_key
from tools.labelled import Row, read_files
from tools.metrics import TALK

FILES = sorted((Path(__file__).parent / "heldout").glob("*.tsv"))
REQUESTS = [path for path in FILES if path.stem.startswith("requests_")]
LABELLED = [path for path in FILES if path not in REQUESTS]
ALWAYS = (
    "link_account",
    "change_address",
    "switch_plan",
    "report_payment",
    "enrol_ebill",
    "leave_ebill",
    "account_summary",
    "human",
)
SELF_SERVICE = {f"op/{name}" for name in OPERATIONS if name not in ALWAYS} | {f"talk/{name}" for name in TALK}
OPPOSITES = {
    *(
        f"op/{name}"
        for name in ("enrol_ebill", "leave_ebill", "pay", "report_payment", "sign_in", "sign_out")
    ),
    *(f"op/{name}" for name in ("change_address", "see_address_change", "cancel_address_change")),
    *(f"op/{name}" for name in ("link_account", "undo", "compare_plans", "switch_plan", "autopay")),
    *(f"op/{name}" for name in ("receipts", "send_receipt", "resend_bill")),
    "faq/autopay_cancel",
}
EVERYTHING_ELSE = {
    *(f"faq/{entry}" for entry in load_content().entries),
    *(f"op/{operation}" for operation in ALWAYS),
    "out_of_scope",
}
ASKED_ABOUT = {"selfservice": SELF_SERVICE, "opposites": OPPOSITES}


def rows(path: Path) -> list[Row]:
    """The rows of a file; raises with every bad line."""
    return read_files([path], None if path in REQUESTS else SELF_SERVICE | EVERYTHING_ELSE)[path]


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


@pytest.mark.parametrize("path", LABELLED, ids=named)
def test_every_row_is_valid_and_says_who_speaks(path: Path) -> None:
    assert [row.text for row in rows(path) if not row.persona] == []


@pytest.mark.parametrize("path", LABELLED, ids=named)
def test_every_label_is_asked_about(path: Path) -> None:
    expected = ASKED_ABOUT.get(path.stem.partition("_")[0], EVERYTHING_ELSE)

    assert sorted(expected - {row.label for row in rows(path)}) == []


@pytest.mark.parametrize("path", REQUESTS, ids=named)
def test_every_request_is_an_intent(path: Path) -> None:
    intents = {*domain()["intents"], *(f"faq_{entry}" for entry in load_content().entries)}
    requests = {request.removeprefix("-") for row in rows(path) for request in row.label.split()}

    assert sorted(requests - intents) == []


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

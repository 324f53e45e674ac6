"""The command around the measures; the model is a plain function here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import evaluate
from tools.labelled import Row
from tools.metrics import Parse

ROWS = [Row("how much?", "faq/cost", "terse"), Row("où est le métro?", "out_of_scope", "voice")]


def always_cost(text: str) -> Parse:
    return Parse("faq_cost", ("faq_cost", "oos_other", "op_human"), 0.004)


def test_a_file_is_one_json_line() -> None:
    (line,) = evaluate.report(Path("a.tsv"), evaluate.judge(ROWS, always_cost), errors=False, personas=False)

    assert json.loads(line) == {
        "file": "a.tsv",
        "n": 2,
        "accuracy": 0.5,
        "in_scope_accuracy": 1.0,
        "top3": 1.0,
        "oos_recall": 0.0,
        "false_oos": 0.0,
        "asked": 0.0,
        "p50_ms": 4.0,
        "p95_ms": 4.0,
    }


def test_errors_are_listed_on_request() -> None:
    lines = list(
        evaluate.report(Path("a.tsv"), evaluate.judge(ROWS, always_cost), errors=True, personas=True)
    )

    assert json.loads(lines[0])["personas"] == {"terse": 1.0, "voice": 0.0}
    assert [json.loads(line) for line in lines[1:]] == [
        {
            "text": "où est le métro?",
            "expected": "out_of_scope",
            "predicted": "faq/cost",
            "top3": ["faq/cost", "op/human"],
            "persona": "voice",
        }
    ]


def test_labels_are_those_of_the_content() -> None:
    labels = evaluate.known_labels()

    assert {"faq/cost", "op/human", "op/pay", "talk/inform", "out_of_scope"} <= set(labels)
    assert len(labels) == 43 + 21 + 6 + 1


def test_bad_files_end_with_2_before_any_model_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("no tab\nok\tfaq/nothing\n", encoding="utf-8")

    assert evaluate.main([str(bad)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split(": ")[0] for line in told.err.splitlines()] == [f"{bad}:1", f"{bad}:2"]


def test_a_missing_model_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.tsv"
    good.write_text("how much?\tfaq/cost\n", encoding="utf-8")

    assert evaluate.main(["--model", str(tmp_path / "none.tar.gz"), str(good)]) == 2
    assert "no trained model there" in capsys.readouterr().err

"""Results are kept, replaced and written as tables."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from tools.bench import report, results
from tools.bench.pipelines import ours, rasa_default
from tools.bench.results import Result
from tools.bench.sets import BenchSet
from tools.labelled import Row

MEASURES = {
    "imports_s": 11.0,
    "train_wall_s": 41.6,
    "train_cpu_s": 40.2,
    "train_peak_mb": 900.0,
    "load_s": 13.0,
    "peak_mb": 751.4,
    "p50_ms": 6.54,
    "p95_ms": 8.4,
}
OURS = Result(
    contest="faq",
    contestant="ours",
    title="ours",
    per_intent=None,
    training_rows=100,
    digest="aa",
    files={"dev_fr.tsv": {"n": 2, "accuracy": 0.9652, "top3": 1.0, "oos_recall": None}},
    measures=MEASURES,
    command="python -m tools.bench",
    machine="a box",
    commit="abc",
    date="2026-11-23",
)
THEIRS = dataclasses.replace(OURS, contestant="nlpjs", title="nlp.js")
PUBLIC = dataclasses.replace(OURS, contest="massive_fr", files={"fr.test.tsv": {"n": 9, "accuracy": 0.87}})
ROOT = Path(__file__).parents[3]


def test_a_page_has_a_row_and_a_command_for_each_result() -> None:
    page = report.document([OURS, THEIRS, PUBLIC])

    assert "| ours | 100 | 96.52 | 42 (40) | 6.5 / 8.4 | 751 |" in page
    assert "| massive_fr | ours | 100 | 9 | 87.0 | 87.3 (floor 86.9) | 42 (40) | 6.5 / 8.4 | 751 |" in page
    assert page.count("`python -m tools.bench`") == 3


def test_results_on_other_rows_are_pointed_out() -> None:
    other = dataclasses.replace(THEIRS, digest="bb")

    assert "Not all rows" not in report.document([OURS, THEIRS])
    assert "Not all rows" in report.document([OURS, other])


def test_capped_results_have_a_table_of_their_own() -> None:
    page = report.document([OURS, dataclasses.replace(THEIRS, per_intent=20)])

    assert "## Our FAQ\n" in page
    assert "## Our FAQ, at most 20 sentences an intent and language\n" in page


def test_a_cell_cannot_break_its_table() -> None:
    assert report.table(["a"], [["x|y"]]) == "| a |\n| --- |\n| x\\|y |"


def test_results_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "measurements.json"
    assert results.load(path) == []

    results.save(path, [OURS, THEIRS])

    assert results.load(path) == [OURS, THEIRS]


def test_a_new_result_takes_the_place_of_the_old_one() -> None:
    again = dataclasses.replace(OURS, commit="def")

    assert results.add([THEIRS, OURS], again) == [again, THEIRS]


def test_public_rows_are_scored_on_the_likeliest_intent() -> None:
    rows = [Row("wake me", "alarm_set"), Row("hi", "greet")]
    parses = [
        {"intent": "nlu_fallback", "ranking": ["nlu_fallback", "alarm_set"], "seconds": 0.001},
        {"intent": "alarm_set", "ranking": ["alarm_set", "greet"], "seconds": 0.003},
    ]
    bench = BenchSet("massive_en", (), {Path("en.test.tsv"): rows})

    files, measures = results.measure(bench, {"peak_mb": 1.0, "parses": parses})

    assert files == {"en.test.tsv": {"n": 2, "accuracy": 0.5}}
    assert measures == {"peak_mb": 1.0, "p50_ms": 1.0, "p95_ms": 3.0}


def test_parses_are_dealt_to_the_files_in_order() -> None:
    tests = {Path("a"): [Row("x", "faq/cost")], Path("b"): [Row("y", "out_of_scope")]}
    parses = [{"intent": name, "ranking": [name], "seconds": 0.001} for name in ("faq_cost", "faq_cost")]

    files, _ = results.measure(BenchSet("faq", (), tests), {"parses": parses})

    assert (files["a"]["accuracy"], files["b"]["accuracy"]) == (1.0, 0.0)


def test_public_data_meets_the_product_s_pipeline_unchanged() -> None:
    product, public = ours(ROOT / "config.yml", public=False), ours(ROOT / "config.yml", public=True)

    assert public["pipeline"] == product["pipeline"]
    assert "importers" in product
    assert "importers" not in public


def test_epochs_shorten_both_networks_of_rasa_s_default() -> None:
    pipeline = rasa_default("en", 3)["pipeline"]

    assert [(part["name"], part["epochs"]) for part in pipeline if "epochs" in part] == [
        ("DIETClassifier", 3),
        ("ResponseSelector", 3),
    ]

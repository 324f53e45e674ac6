"""What each measure means, on rows whose right value can be counted by hand."""

from __future__ import annotations

import pytest

from tools import metrics
from tools.labelled import Row
from tools.metrics import ASKS, OUT_OF_SCOPE, Judged, Parse


def judged(label: str, intent: str, *ranking: str, persona: str = "", seconds: float = 0.0) -> Judged:
    return Judged(Row("text", label, persona), Parse(intent, ranking or (intent,), seconds))


RIGHT = judged("faq/cost", "faq_cost", "faq_cost", "faq_terms", persona="terse")
SECOND = judged("faq/cost", "faq_terms", "faq_terms", "faq_cost", persona="terse")
FOURTH = judged(
    "faq/cost", "faq_a", "faq_a", "oos_other", "faq_b", "greet", "op_c", "faq_cost", persona="angry"
)
THIRD_OF_OURS = judged("op/human", "faq_a", "faq_a", "oos_other", "faq_b", "greet", "op_human")
TURNED_AWAY = judged("faq/cost", "oos_other", "oos_other", "faq_cost")
ASKED_RIGHT = judged("faq/cost", ASKS, "oos_other", "faq_cost", "faq_terms")
STRANGER = judged(OUT_OF_SCOPE, "oos_telecom", "oos_telecom", "faq_cost")
ASKED_STRANGER = judged(OUT_OF_SCOPE, ASKS, "faq_cost", "oos_telecom")


@pytest.mark.parametrize(
    ("intent", "label"),
    [
        ("faq_cost", "faq/cost"),
        ("faq_several_accounts", "faq/several_accounts"),
        ("op_link_account", "op/link_account"),
        ("oos_other", OUT_OF_SCOPE),
        ("out_of_scope", OUT_OF_SCOPE),
        ("greet", OUT_OF_SCOPE),
        ("inform", "talk/inform"),
        ("operator", OUT_OF_SCOPE),
        ("None", OUT_OF_SCOPE),
        (ASKS, OUT_OF_SCOPE),
    ],
)
def test_intents_become_labels(intent: str, label: str) -> None:
    assert metrics.label_of(intent) == label


def test_did_you_mean_counts_as_its_first_suggestion() -> None:
    assert ASKED_RIGHT.predicted == "faq/cost"
    assert ASKED_STRANGER.predicted == "faq/cost"


def test_did_you_mean_suggests_no_answer_to_a_question_of_ours() -> None:
    assert judged("faq/cost", ASKS, "inform", "faq_cost").predicted == "faq/cost"


def test_did_you_mean_without_anything_to_suggest_is_out_of_scope() -> None:
    assert judged("faq/cost", ASKS, "oos_other", "greet").predicted == OUT_OF_SCOPE


def test_the_decision_counts_not_the_ranking() -> None:
    assert judged("faq/cost", "oos_other", "faq_cost", "oos_other").predicted == OUT_OF_SCOPE


def test_accuracy_is_over_all_rows() -> None:
    assert metrics.accuracy([RIGHT, SECOND, STRANGER, ASKED_STRANGER]) == 0.5


def test_in_scope_accuracy_leaves_strangers_out() -> None:
    assert metrics.in_scope_accuracy([RIGHT, SECOND, STRANGER, STRANGER]) == 0.5


def test_top3_counts_our_intents_only() -> None:
    assert metrics.top3([RIGHT, SECOND, THIRD_OF_OURS]) == 1.0
    assert metrics.top3([FOURTH]) == 0.0


def test_top3_is_about_the_ranking_even_when_turned_away() -> None:
    assert metrics.top3([TURNED_AWAY, STRANGER]) == 1.0


def test_oos_recall_misses_strangers_that_are_asked() -> None:
    assert metrics.oos_recall([STRANGER, ASKED_STRANGER, TURNED_AWAY]) == 0.5


def test_false_oos_is_the_share_of_ours_turned_away() -> None:
    assert metrics.false_oos([TURNED_AWAY, RIGHT, ASKED_RIGHT, SECOND, STRANGER]) == 0.25


def test_asked_is_over_all_rows() -> None:
    assert metrics.asked([ASKED_RIGHT, ASKED_STRANGER, RIGHT, STRANGER]) == 0.5


def test_personas_have_their_own_accuracy() -> None:
    assert metrics.by_persona([RIGHT, SECOND, FOURTH]) == {"angry": 0.0, "terse": 0.5}


@pytest.mark.parametrize(("percent", "milliseconds"), [(50, 50.0), (95, 95.0), (100, 100.0), (1, 1.0)])
def test_percentiles_are_times_that_occurred(percent: float, milliseconds: float) -> None:
    assert metrics.percentile_ms([n / 1000 for n in range(100, 0, -1)], percent) == milliseconds


def test_scores_say_nothing_where_no_row_can_tell() -> None:
    scored = metrics.scores([RIGHT])

    assert (scored["n"], scored["accuracy"], scored["oos_recall"]) == (1, 1.0, None)
    assert metrics.scores([])["accuracy"] is None


def asked_for(label: str, intent: str, *requests: str) -> Judged:
    return Judged(Row("text", label), Parse(intent, (intent,), requests=requests))


def test_requests_are_exact_when_all_are_heard_in_order_and_no_other() -> None:
    several = asked_for("op_pay -op_undo", "op_pay", "op_pay", "-op_undo")
    turned = asked_for("op_pay op_undo", "op_pay", "op_undo", "op_pay")
    one = asked_for("op_pay", "op_pay")
    too_many = asked_for("op_pay", "op_pay", "op_pay", "op_undo")

    found = metrics.request_scores([several, turned, one, too_many])

    assert found == {"n": 4, "exact": 0.5, "exact_of_several": 0.5}

"""Features, the linear model and the decision: the pure core under the classifier."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.components.nlu import linear
from bot.components.nlu.decision import UNSURE, Guess, Thresholds, calibrate, decide
from bot.components.nlu.linear import LinearModel
from bot.components.nlu.ngrams import LEMMAS, SURFACE, VIEWS, NgramVectoriser, View

TEXTS = ["ma facture est en retard", "mon mot de passe", "changer mon adresse", "facture electronique"]


def texts(*surface: str) -> dict[str, list[str]]:
    """What the views read; lemmas are the words themselves here."""
    return {SURFACE: list(surface), LEMMAS: list(surface)}


def test_ngrams_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    learnt = NgramVectoriser().fit(texts(*TEXTS))

    learnt.save(tmp_path)
    read = NgramVectoriser.load(tmp_path)

    seen = texts(*TEXTS, "autre")
    assert (read.transform(seen) != learnt.transform(seen)).nnz == 0


def test_each_view_has_its_weight_as_length() -> None:
    rows = NgramVectoriser(VIEWS).fit(texts(*TEXTS)).transform(texts(*TEXTS))

    expected = np.sqrt(sum(view.weight**2 for view in VIEWS))
    assert np.sqrt(rows.multiply(rows).sum(axis=1)) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("text", ["", "zzz qqq", "?", "\U0001f600", "\u4e2d\u6587"])
def test_text_never_seen_is_a_row_of_the_same_width(text: str) -> None:
    learnt = NgramVectoriser().fit(texts(*TEXTS))

    row = learnt.transform(texts(text))

    assert row.shape == (1, learnt.transform(texts(*TEXTS)).shape[1])
    assert np.isfinite(row.data).all()


def test_a_typo_stays_close_to_what_was_meant() -> None:
    learnt = NgramVectoriser().fit(texts(*TEXTS))
    rows = learnt.transform(texts("factrue electroniqe", *TEXTS))

    likeness = (rows[0] @ rows[1:].T).toarray()[0]

    assert likeness.argmax() == TEXTS.index("facture electronique")


def test_words_that_differ_only_in_their_ending_meet_in_their_lemma() -> None:
    learnt = NgramVectoriser([View(LEMMAS, "word", (1, 1), 1.0)])
    learnt.fit({LEMMAS: ["facture recevoir", "mot de passe"]})

    rows = learnt.transform({LEMMAS: ["facture", "facture recevoir"]})

    assert (rows[0] @ rows[1].T).toarray()[0, 0] > 0.5


def clouds(classes: int, rows: int = 40, dimensions: int = 12) -> tuple[csr_matrix, list[str]]:
    """Points around one corner a class, some of them far off."""
    dice = np.random.default_rng(5)
    names = [f"class_{i % classes}" for i in range(rows * classes)]
    points = dice.normal(0, 0.8, (len(names), dimensions))
    points[np.arange(len(names)), [i % classes for i in range(len(names))]] += 2
    return csr_matrix(points.astype(np.float32)), names


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_probabilities_add_up_to_one_and_name_the_right_class(classes: int, tmp_path: Path) -> None:
    features, names = clouds(classes)
    model = linear.fit(features, names, penalty=1.0)

    found = model.probabilities(features)

    assert found.shape == (len(names), classes)
    assert found.sum(axis=1) == pytest.approx(1)
    assert (found >= 0).all()
    assert np.mean([model.classes[i] for i in found.argmax(axis=1)] == np.array(names)) > 0.85
    model.save(tmp_path)
    assert LinearModel.load(tmp_path).probabilities(features) == pytest.approx(found)


def test_held_out_margins_are_those_of_models_that_had_not_seen_the_row() -> None:
    features, names = clouds(3)

    margins, classes = linear.held_out_margins(features, names, penalty=1.0, folds=4)

    seen = linear.fit(features, names, penalty=1.0).margins(features)
    assert classes == ("class_0", "class_1", "class_2")
    assert not np.allclose(margins, seen, atol=1e-4)
    assert np.mean([classes[i] for i in margins.argmax(axis=1)] == np.array(names)) > 0.85


def test_the_temperature_makes_labels_likelier() -> None:
    features, names = clouds(4)
    margins, classes = linear.held_out_margins(features, names, penalty=1.0, folds=3)
    right = [classes.index(name) for name in names]

    def surprise(temperature: float) -> float:
        found = linear.softmax(margins * temperature)
        return float(-np.log(found[np.arange(len(right)), right]).mean())

    best = linear.fit_temperature(margins, names, classes)

    assert best > 0
    assert surprise(best) <= min(surprise(0.5 * best), surprise(2 * best), surprise(1.0)) + 1e-6


def test_huge_scores_are_no_trouble() -> None:
    found = linear.softmax(np.array([[1e6, 0.0], [-1e6, -1e6]], dtype=np.float32))

    assert found.tolist() == [[1.0, 0.0], [0.5, 0.5]]


THRESHOLDS = Thresholds(out_of_scope=0.4, sure=0.3)


@pytest.mark.parametrize(
    ("guesses", "expected"),
    [
        ({"faq_cost": 0.9, "oos_other": 0.1}, "faq_cost"),
        ({"faq_cost": 0.4, "oos_telecom": 0.35, "op_human": 0.25}, "faq_cost"),
        ({"faq_cost": 0.45, "oos_telecom": 0.3, "insult": 0.25}, "oos_telecom"),
        ({"faq_cost": 0.29, "op_human": 0.27, "greet": 0.24, "oos_other": 0.2}, UNSURE),
        ({"oos_other": 0.9, "faq_cost": 0.1}, "oos_other"),
        ({"insult": 0.6, "gibberish": 0.4}, "insult"),
        ({"faq_cost": 0.2, "op_human": 0.2, "greet": 0.2, "thanks": 0.2, "deny": 0.2}, UNSURE),
    ],
)
def test_it_turns_away_asks_or_answers(guesses: dict[str, float], expected: str) -> None:
    ranking = [Guess(*pair) for pair in sorted(guesses.items(), key=lambda pair: -pair[1])]

    assert decide(ranking, THRESHOLDS).name == expected


def test_the_confidence_of_a_decision_is_a_probability() -> None:
    dice = np.random.default_rng(3)
    names = ["faq_a", "faq_b", "op_c", "oos_other", "insult"]
    for _ in range(500):
        shares = dice.dirichlet([0.7] * len(names))
        ranking = sorted((Guess(n, float(s)) for n, s in zip(names, shares, strict=True)), key=_worst)

        found = decide(ranking, THRESHOLDS)

        assert 0 <= found.confidence <= 1 + 1e-9
        assert found.name in {*names, UNSURE}


def _worst(guess: Guess) -> float:
    return -guess.confidence


def predictions(rows: int = 4000) -> tuple[np.ndarray, list[str], tuple[str, ...]]:
    """Held-out predictions of a decent model: mostly right, sometimes unsure or wrong."""
    dice = np.random.default_rng(11)
    classes = ("faq_a", "faq_b", "op_c", "oos_other", "oos_telecom")
    labels = [classes[dice.integers(len(classes))] for _ in range(rows)]
    scores = dice.normal(0, 1, (rows, len(classes)))
    scores[np.arange(rows), [classes.index(label) for label in labels]] += 4
    return linear.softmax(scores), labels, classes


@pytest.mark.parametrize("turned_away", [0.005, 0.02, 0.05])
@pytest.mark.parametrize("asked", [0.02, 0.1])
def test_calibration_keeps_within_its_limits(turned_away: float, asked: float) -> None:
    probabilities, labels, classes = predictions()

    thresholds = calibrate(probabilities, labels, classes, turned_away=turned_away, asked=asked)

    decided = [
        decide([Guess(classes[i], float(row[i])) for i in np.argsort(-row)], thresholds).name
        for row in probabilities
    ]
    ours = [name for name, label in zip(decided, labels, strict=True) if not label.startswith("oos")]
    strange = [name for name, label in zip(decided, labels, strict=True) if label.startswith("oos")]
    refused = np.mean([name.startswith("oos") for name in ours])
    assert 0 < thresholds.out_of_scope <= 0.5
    assert refused <= turned_away + 0.002 or thresholds.out_of_scope == 0.5
    assert np.mean([name == UNSURE for name in ours]) <= asked + 0.002
    assert np.mean([name.startswith("oos") for name in strange]) > 0.9


@pytest.mark.parametrize("labels", [["faq_a", "faq_b"], ["faq_a", "faq_a"]])
def test_without_strangers_to_learn_from_nothing_is_turned_away(labels: list[str]) -> None:
    probabilities = np.array([[0.8, 0.2], [0.3, 0.7]])

    thresholds = calibrate(probabilities, labels, ("faq_a", "faq_b"), turned_away=0.01, asked=0.0)

    assert thresholds.out_of_scope == 1.0
    assert decide([Guess("faq_a", 0.9), Guess("faq_b", 0.1)], thresholds).name == "faq_a"


def test_thresholds_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    THRESHOLDS.save(tmp_path)

    assert Thresholds.load(tmp_path) == THRESHOLDS

"""A linear one-against-rest classifier whose scores become calibrated probabilities.

A linear support-vector machine separates well but its margins are not probabilities; one temperature,
fitted on predictions for sentences that the model was not trained on, makes them so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC


@dataclass(frozen=True)
class LinearModel:
    """Weights of shape (features, classes), biases and the class names."""

    weights: np.ndarray
    biases: np.ndarray
    classes: tuple[str, ...]
    temperature: float = 1.0

    def margins(self, features: csr_matrix) -> np.ndarray:
        """Signed distances to each class's border, one row a text."""
        return np.asarray(features @ self.weights) + self.biases

    def probabilities(self, features: csr_matrix) -> np.ndarray:
        """Calibrated probabilities, one row a text."""
        return softmax(self.margins(features) * self.temperature)

    def save(self, folder: Path) -> None:
        """Write the model; no pickles."""
        np.savez(
            folder / "linear.npz",
            weights=self.weights,
            biases=self.biases,
            classes=np.array(self.classes),
            temperature=np.array(self.temperature),
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read what `save` wrote."""
        with np.load(folder / "linear.npz", allow_pickle=False) as stored:
            return cls(
                stored["weights"],
                stored["biases"],
                tuple(stored["classes"].tolist()),
                float(stored["temperature"]),
            )


def fit(features: csr_matrix, labels: Sequence[str], *, penalty: float) -> LinearModel:
    """Train on all rows. `penalty` is the machine's C: the larger, the closer to the training data."""
    machine = LinearSVC(C=penalty, random_state=0).fit(features, labels)
    weights, biases = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn keeps one border for two classes
        weights, biases = np.vstack([-weights, weights]), np.concatenate([-biases, biases])
    return LinearModel(
        np.ascontiguousarray(weights.T, dtype=np.float32), biases, tuple(str(c) for c in machine.classes_)
    )


def held_out_margins(
    features: csr_matrix, labels: Sequence[str], *, penalty: float, folds: int
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Margins for every row by a model that has not seen it, and the order of the classes."""
    names = np.asarray(labels)
    classes = tuple(sorted(set(labels)))
    margins = np.full((len(names), len(classes)), -3.0, dtype=np.float32)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    for seen, unseen in splitter.split(names, names):
        model = fit(features[seen], names[seen].tolist(), penalty=penalty)
        columns = [classes.index(name) for name in model.classes]
        margins[np.ix_(unseen, columns)] = model.margins(features[unseen])
    return margins, classes


def fit_temperature(margins: np.ndarray, labels: Sequence[str], classes: Sequence[str]) -> float:
    """The scale of the margins under which the labels are likeliest."""
    index = {name: i for i, name in enumerate(classes)}
    rows, right = np.arange(len(labels)), np.array([index[label] for label in labels])

    def surprise(log_scale: float) -> float:
        probabilities = softmax(margins * np.exp(log_scale))
        return float(-np.log(np.maximum(probabilities[rows, right], 1e-12)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-1.0, 3.5), method="bounded").x))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row to probabilities that add up to one."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)

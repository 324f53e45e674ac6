"""What to do with a ranking: answer, ask "did you mean", or say that it is out of scope.

Two thresholds are chosen at training, on predictions for sentences the model had not seen: the probability
of "none of ours" above which a message is turned away (so that at most a set share of the questions we do
answer is), and the least probability at which the first guess is good enough to answer without asking.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

OUT_OF_SCOPE = ("oos_telecom", "oos_other", "insult", "gibberish", "out_of_scope")
UNSURE = "nlu_fallback"

# Whatever the held-out predictions say: keep what is surely ours, turn away what is likelier not.
_LEAST_DOUBT, _MOST_DOUBT = 0.2, 0.5


@dataclass(frozen=True)
class Thresholds:
    """Probabilities: turn away above `out_of_scope` (at most a half), ask below `sure`."""

    out_of_scope: float = 0.5
    sure: float = 0.4

    def save(self, folder: Path) -> None:
        """Write them beside the model."""
        (folder / "thresholds.json").write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Thresholds:
        """Read what `save` wrote."""
        return cls(**json.loads((folder / "thresholds.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Guess:
    """An intent and its probability."""

    name: str
    confidence: float


def decide(ranking: Sequence[Guess], thresholds: Thresholds) -> Guess:
    """The intent to act on; `ranking` holds every class, likeliest first."""
    strangers = [guess for guess in ranking if guess.name in OUT_OF_SCOPE]
    doubt = sum(guess.confidence for guess in strangers)
    if strangers and doubt > thresholds.out_of_scope:
        return Guess(strangers[0].name, doubt)
    ours = next((guess for guess in ranking if guess.name not in OUT_OF_SCOPE), ranking[0])
    if ours.confidence < thresholds.sure:
        likelier_strange = strangers and doubt > ours.confidence
        return Guess(strangers[0].name, doubt) if likelier_strange else Guess(UNSURE, 1.0 - ours.confidence)
    return ours


def calibrate(
    probabilities: np.ndarray,
    labels: Sequence[str],
    classes: Sequence[str],
    *,
    turned_away: float,
    asked: float,
) -> Thresholds:
    """Choose both thresholds on held-out predictions.

    `turned_away`: the largest share of in-scope messages that may be called out of scope.
    `asked`: the share of in-scope messages, the least certain ones, that get a "did you mean".
    """
    strange = np.isin(classes, OUT_OF_SCOPE)
    in_scope = ~np.isin(labels, OUT_OF_SCOPE)
    if not strange.any() or in_scope.all():
        return Thresholds(out_of_scope=1.0, sure=float(np.quantile(probabilities.max(axis=1), asked)))
    doubt = probabilities[:, strange].sum(axis=1)
    limit = float(np.quantile(doubt[in_scope], 1.0 - turned_away))
    limit = min(max(limit, _LEAST_DOUBT), _MOST_DOUBT)
    kept = in_scope & (doubt <= limit)
    best = probabilities[:, ~strange].max(axis=1)
    return Thresholds(out_of_scope=limit, sure=float(np.quantile(best[kept], asked)))

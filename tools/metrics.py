"""What each number of `make evaluate` means, one small function each.

Labels are those of the labelled files (`faq/cost`, `op/human`, `talk/inform`, `out_of_scope`); intents are
the model's (`faq_cost`, `op_human`, `inform`, `oos_other`, `greet`...). Whatever is neither faq nor op nor
an answer to a question of ours is out of scope.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tools.labelled import Row

OUT_OF_SCOPE = "out_of_scope"
ASKS = "nlu_fallback"  # the decision "did you mean"
TALK = ("ask_why", "dont_know", "refuse", "correct", "resume", "inform")  # answers to what an operation asks
_IN_SCOPE = {"faq_": "faq/", "op_": "op/"}


class NoModelError(ValueError):
    """There is nothing at the given path that Rasa can load."""


@dataclass(frozen=True)
class Parse:
    """What the model made of a sentence: the intent decided on, the ranking before it, the time taken.

    `requests` are the several requests of a sentence, a refused one with a minus before it.
    """

    intent: str
    ranking: tuple[str, ...]
    seconds: float = 0.0
    requests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A row beside what the model made of it."""

    row: Row
    parse: Parse

    @property
    def predicted(self) -> str:
        """The label that counts."""
        return predicted_label(self.parse)

    @property
    def right(self) -> bool:
        """Whether it is the row's."""
        return self.predicted == self.row.label

    @property
    def in_scope(self) -> bool:
        """Whether the row asks something the assistant covers."""
        return self.row.label != OUT_OF_SCOPE


def label_of(intent: str) -> str:
    """faq_x -> faq/x, op_x -> op/x, inform -> talk/inform, all else (small talk too) -> out_of_scope."""
    for prefix, folder in _IN_SCOPE.items():
        if intent.startswith(prefix):
            return folder + intent.removeprefix(prefix)
    return f"talk/{intent}" if intent in TALK else OUT_OF_SCOPE


def in_scope_labels(ranking: Sequence[str]) -> list[str]:
    """The labels of what a ranking holds of ours, likeliest first."""
    return [label for label in map(label_of, ranking) if label != OUT_OF_SCOPE]


def offered_labels(ranking: Sequence[str]) -> list[str]:
    """The labels of a ranking's faq and op intents, likeliest first: a "did you mean" offers nothing else."""
    return [label for label in in_scope_labels(ranking) if label.startswith(tuple(_IN_SCOPE.values()))]


def predicted_label(parse: Parse) -> str:
    """The label of the intent decided on; when the bot asks "did you mean", of the first thing it offers."""
    if parse.intent == ASKS:
        return next(iter(offered_labels(parse.ranking)), OUT_OF_SCOPE)
    return label_of(parse.intent)


def accuracy(judged: Sequence[Judged]) -> float | None:
    """Share of all rows whose predicted label is theirs."""
    return _share([one.right for one in judged])


def in_scope_accuracy(judged: Sequence[Judged]) -> float | None:
    """The same, over the rows that ask something covered."""
    return _share([one.right for one in judged if one.in_scope])


def top3(judged: Sequence[Judged]) -> float | None:
    """Share of in-scope rows whose label is among the first three faq or op intents of the ranking."""
    return _share([one.row.label in in_scope_labels(one.parse.ranking)[:3] for one in judged if one.in_scope])


def oos_recall(judged: Sequence[Judged]) -> float | None:
    """Share of out-of-scope rows called out of scope; a "did you mean" to one of them is a miss."""
    return _share([one.right for one in judged if not one.in_scope])


def false_oos(judged: Sequence[Judged]) -> float | None:
    """Share of in-scope rows called out of scope."""
    return _share([one.predicted == OUT_OF_SCOPE for one in judged if one.in_scope])


def asked(judged: Sequence[Judged]) -> float | None:
    """Share of all rows answered with "did you mean"."""
    return _share([one.parse.intent == ASKS for one in judged])


def percentile_ms(seconds: Sequence[float], percent: float) -> float | None:
    """The least of the times that at least `percent` % of all do not exceed, in milliseconds."""
    if not seconds:
        return None
    rank = max(1, math.ceil(len(seconds) * percent / 100))
    return round(sorted(seconds)[rank - 1] * 1000, 2)


def scores(judged: Sequence[Judged]) -> dict[str, float | None]:
    """Every measure; None where no row can tell (no out-of-scope rows, say)."""
    seconds = [one.parse.seconds for one in judged]
    return {
        "n": len(judged),
        "accuracy": accuracy(judged),
        "in_scope_accuracy": in_scope_accuracy(judged),
        "top3": top3(judged),
        "oos_recall": oos_recall(judged),
        "false_oos": false_oos(judged),
        "asked": asked(judged),
        "p50_ms": percentile_ms(seconds, 50),
        "p95_ms": percentile_ms(seconds, 95),
    }


def heard_requests(parse: Parse) -> str:
    """The requests of a sentence as a labelled file writes them; of one with a single request, its intent."""
    return " ".join(parse.requests or (parse.intent,))


def request_scores(judged: Sequence[Judged]) -> dict[str, float | None]:
    """For sentences with several requests: the share in which all were heard, in order, and no other."""
    several = [one for one in judged if " " in one.row.label or one.row.label.startswith("-")]
    return {
        "n": len(judged),
        "exact": _share([heard_requests(one.parse) == one.row.label for one in judged]),
        "exact_of_several": _share([heard_requests(one.parse) == one.row.label for one in several]),
    }


def by_persona(judged: Sequence[Judged]) -> dict[str, float | None]:
    """Accuracy for each value of the third column."""
    names = sorted({one.row.persona for one in judged})
    return {name: accuracy([one for one in judged if one.row.persona == name]) for name in names}


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None

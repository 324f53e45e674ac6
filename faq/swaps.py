"""Finds answers printed under the wrong question, by the words that questions and answers share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faq.words import coverage, normalise, stems, telling, weigh

_SWAP_MARGIN = 0.5
_OFF_TOPIC = 0.15
_FEWEST = 4  # with fewer questions nothing can be said about which words are telling


@dataclass(frozen=True)
class Pair:
    """A question with its answer, and what to call it."""

    name: str
    question: str
    answer: str


def answers_of_others(pairs: Sequence[Pair], language: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each answer that takes up another question and no telling word of its own."""
    questions = [stems(pair.question, language) for pair in pairs]
    answers = [stems(pair.answer, language) for pair in pairs]
    weights, rare = weigh(questions), telling(questions)
    if len(pairs) < _FEWEST:
        return
    for place, (question, answer) in enumerate(zip(questions, answers, strict=True)):
        own = coverage(question, answer, weights)
        others = [
            other
            for other, words in enumerate(questions)
            if words != question and coverage(words, answer, weights) - own >= _SWAP_MARGIN
        ]
        if question & rare and not question & answer & rare and others:
            best = max(others, key=lambda other: sum(weights[stem] for stem in questions[other] & answer))
            yield place, pairs[best].name


def off_topic(pairs: Sequence[Pair], language: str) -> Iterator[int]:
    """Yield the place of each answer that takes up hardly any word of its question."""
    questions = [stems(pair.question, language) for pair in pairs]
    weights = weigh(questions)
    for place, pair in enumerate(pairs):
        if len(pairs) >= _FEWEST and questions[place]:
            share = coverage(questions[place], stems(pair.answer, language), weights)
            if share <= _OFF_TOPIC:
                yield place


def doubles(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (later, earlier) for each text that says the same as an earlier one."""
    seen: dict[str, int] = {}
    for place, text in enumerate(texts):
        earlier = seen.setdefault(normalise(text), place)
        if earlier != place and text:
            yield place, earlier

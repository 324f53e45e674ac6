"""Counts pieces of words, words and pairs of words: what a typo or a missing accent leaves mostly intact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

BUCKETS = 2**18
SURFACE, LEMMAS = "surface", "lemmas"  # the message as written; its dictionary forms
PAIRS = "pairs"
_WORD = re.compile(r"\w{3,}")
_STEM = 6  # letters; endings carry little and are what people get wrong


@dataclass(frozen=True)
class View:
    """One way to count.

    `text` says which text, `unit` what is counted: pieces of words (`char_wb`), words (`word`), or `pairs` of
    word beginnings in any order. `span` is how many units in a row, or how far apart the two of a pair are.
    """

    text: str
    unit: str
    span: tuple[int, int]
    weight: float

    def counter(self) -> HashingVectorizer:
        """Counts without learning anything; lower case and accents are the caller's business."""
        return HashingVectorizer(
            n_features=BUCKETS,
            analyzer=partial(word_pairs, span=self.span) if self.unit == PAIRS else self.unit,
            ngram_range=self.span,
            token_pattern=r"\w+",
            norm=None,
            alternate_sign=False,
            lowercase=False,
        )


VIEWS = (
    View(SURFACE, "char_wb", (2, 5), 0.7),
    View(SURFACE, "word", (1, 2), 0.7),
    View(LEMMAS, "word", (1, 2), 0.7),
    View(SURFACE, PAIRS, (1, 6), 0.7),
)


class NgramVectoriser:
    """Hashed n-grams with sublinear counts and idf; only the columns seen in training."""

    def __init__(self, views: Sequence[View] = VIEWS) -> None:
        self._views = tuple(views)
        self._counters = [view.counter() for view in views]
        self._columns: list[np.ndarray] = []
        self._idf: list[np.ndarray] = []

    def fit(self, texts: Mapping[str, Sequence[str]]) -> NgramVectoriser:
        """Learn which columns occur and how rare each is; `texts` holds a list for each text a view reads."""
        self._columns, self._idf = [], []
        for view, counter in zip(self._views, self._counters, strict=True):
            counts = counter.transform(texts[view.text])
            frequency = np.bincount(counts.indices, minlength=BUCKETS)
            columns = np.flatnonzero(frequency)
            self._columns.append(columns)
            self._idf.append(np.log((1 + counts.shape[0]) / (1 + frequency[columns])) + 1)
        return self

    def transform(self, texts: Mapping[str, Sequence[str]]) -> csr_matrix:
        """One row a message; the part of each view has its weight as length."""
        parts = []
        for view, counter, columns, idf in zip(
            self._views, self._counters, self._columns, self._idf, strict=True
        ):
            counts = _in_columns(counter.transform(texts[view.text]), columns)
            counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
            parts.append(normalize(counts, copy=False) * view.weight)
        return hstack(parts, format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write what was learnt; no pickles."""
        arrays = {f"columns_{i}": columns for i, columns in enumerate(self._columns)}
        np.savez(folder / "ngrams.npz", **arrays, **{f"idf_{i}": idf for i, idf in enumerate(self._idf)})

    @classmethod
    def load(cls, folder: Path, views: Sequence[View] = VIEWS) -> NgramVectoriser:
        """Read what `save` wrote, with the same views."""
        vectoriser = cls(views)
        with np.load(folder / "ngrams.npz", allow_pickle=False) as arrays:
            vectoriser._columns = [arrays[f"columns_{i}"] for i in range(len(views))]
            vectoriser._idf = [arrays[f"idf_{i}"] for i in range(len(views))]
        return vectoriser


def word_pairs(text: str, span: tuple[int, int]) -> list[str]:
    """Pairs of word beginnings, in either order, whose distance in words lies in `span` (inclusive).

    "paper" near "instead" near "email" says more than the three words alone, however the sentence is turned.
    """
    words = [word[:_STEM] for word in _WORD.findall(text)]
    return [
        "_".join(sorted((words[first], words[second])))
        for first in range(len(words))
        for second in range(first + span[0], min(len(words), first + span[1] + 1))
    ]


def _in_columns(counts: csr_matrix, columns: np.ndarray) -> csr_matrix:
    """The counts in the given (sorted) columns only; much quicker for one row than slicing the matrix."""
    if not len(columns):  # a view that saw no words in training
        return csr_matrix((counts.shape[0], 0))
    at = np.minimum(np.searchsorted(columns, counts.indices), len(columns) - 1)
    known = columns[at] == counts.indices
    ends = np.concatenate([[0], np.cumsum(known)])[counts.indptr]
    return csr_matrix((counts.data[known], at[known], ends), shape=(counts.shape[0], len(columns)))

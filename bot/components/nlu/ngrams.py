"""Counts pieces of words, words and pairs of words: what a typo or a missing accent leaves mostly intact."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize


@dataclass(frozen=True)
class NgramSettings:
    """What is counted. Ranges are inclusive; `weight` is the length of each of the two vectors."""

    characters: tuple[int, int] = (2, 5)
    words: tuple[int, int] = (1, 2)
    buckets: int = 2**18
    weight: float = 0.7


class NgramVectoriser:
    """Hashed character and word n-grams with sublinear counts and idf; only the columns seen in training."""

    def __init__(self, settings: NgramSettings) -> None:
        self.settings = settings
        self._counters = (
            _counter(settings.buckets, "char_wb", settings.characters),
            _counter(settings.buckets, "word", settings.words),
        )
        self._columns: list[np.ndarray] = []
        self._idf: list[np.ndarray] = []

    def fit(self, texts: Sequence[str]) -> NgramVectoriser:
        """Learn which columns occur and how rare each is."""
        self._columns, self._idf = [], []
        for counter in self._counters:
            counts = counter.transform(texts)
            frequency = np.bincount(counts.indices, minlength=self.settings.buckets)
            columns = np.flatnonzero(frequency)
            self._columns.append(columns)
            self._idf.append(np.log((1 + len(texts)) / (1 + frequency[columns])) + 1)
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text, each half of it of length `weight`."""
        halves = []
        for counter, columns, idf in zip(self._counters, self._columns, self._idf, strict=True):
            counts = counter.transform(texts)[:, columns]
            counts.data = 1 + np.log(counts.data)
            halves.append(normalize(counts.multiply(idf).tocsr()) * self.settings.weight)
        return hstack(halves, format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write what was learnt; no pickles."""
        arrays = {f"columns_{i}": columns for i, columns in enumerate(self._columns)}
        arrays |= {f"idf_{i}": idf for i, idf in enumerate(self._idf)}
        np.savez(folder / "ngrams.npz", **arrays)
        (folder / "ngrams.json").write_text(json.dumps(vars(self.settings)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> NgramVectoriser:
        """Read what `save` wrote."""
        stored = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        settings = NgramSettings(
            tuple(stored["characters"]), tuple(stored["words"]), stored["buckets"], stored["weight"]
        )
        vectoriser = cls(settings)
        with np.load(folder / "ngrams.npz", allow_pickle=False) as arrays:
            vectoriser._columns = [arrays["columns_0"], arrays["columns_1"]]
            vectoriser._idf = [arrays["idf_0"], arrays["idf_1"]]
        return vectoriser


def _counter(buckets: int, analyzer: str, span: tuple[int, int]) -> HashingVectorizer:
    return HashingVectorizer(
        n_features=buckets,
        analyzer=analyzer,
        ngram_range=span,
        token_pattern=r"\w+",
        norm=None,
        alternate_sign=False,
        lowercase=False,
    )

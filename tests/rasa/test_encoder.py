"""Sentence vectors and their cache: it saves work, and never stands in the way of training."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.components.nlu.encoder import DIMENSIONS, SentenceEncoder, encoder_version

TEXTS = ["ma facture", "my bill", "mot de passe"]


class Counting(SentenceEncoder):
    """The real encoder, which tells how much it was made to encode."""

    encoded: list[str]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """As the encoder does, and remember."""
        self.encoded = [*getattr(self, "encoded", []), *texts]
        return super().encode(texts)


def cache_file(folder: Path) -> Path:
    """Where the vectors of this version are kept."""
    return folder / f"{encoder_version()}.npz"


def test_vectors_have_length_one_and_translations_lie_close(encoder: SentenceEncoder) -> None:
    found = encoder.encode(["Où est ma facture?", "Where is my bill?", "J'aime la crème glacée"])

    assert found.shape == (3, DIMENSIONS)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-4)
    assert found[0] @ found[1] > found[0] @ found[2] + 0.2


def test_nothing_to_encode_is_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["", "?", "\U0001f600", "x" * 10_000, "mot " * 2500], ids=len)
def test_empty_and_huge_texts_are_encoded(encoder: SentenceEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_what_is_in_the_cache_is_not_encoded_again(tmp_path: Path) -> None:
    first = Counting(tmp_path).encode_cached(TEXTS)
    again = Counting(tmp_path)

    found = again.encode_cached([TEXTS[2], "nouveau", TEXTS[0], TEXTS[0]])

    assert again.encoded == ["nouveau"]
    assert found[0] == pytest.approx(first[2])
    assert found[2] == pytest.approx(first[0])


def test_the_cache_is_of_one_version_of_the_encoder(tmp_path: Path) -> None:
    Counting(tmp_path).encode_cached(TEXTS)

    assert [path.name for path in tmp_path.iterdir()] == [cache_file(tmp_path).name]
    assert encoder_version().split("-")[-1][0].isdigit()


def test_without_a_cache_nothing_is_written(tmp_path: Path) -> None:
    assert Counting(None).encode_cached(TEXTS).shape == (3, DIMENSIONS)
    assert not list(tmp_path.iterdir())


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("not a cache", encoding="utf-8")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scrambled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200:400] = bytes(200)
    path.write_bytes(bytes(content))


def without_vectors(path: Path) -> None:
    np.savez(path, keys=np.array(["a"]))


def of_another_size(path: Path) -> None:
    np.savez(path, keys=np.array(["a", "b"]), vectors=np.zeros((1, DIMENSIONS), np.float32))


def of_other_dimensions(path: Path) -> None:
    np.savez(path, keys=np.array(["a"]), vectors=np.zeros((1, 3), np.float32))


def not_numbers(path: Path) -> None:
    np.savez(path, keys=np.array(["a"]), vectors=np.full((1, DIMENSIONS), np.nan, np.float32))


def an_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def pickled(path: Path) -> None:
    np.savez(path, keys=np.array([{"a": 1}], dtype=object), vectors=np.zeros((1, DIMENSIONS), np.float32))


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("keys.npy", "not an array")
        archive.writestr("vectors.npy", "")


@pytest.mark.parametrize(
    "spoil",
    [
        *[empty, text, cut_off, scrambled, without_vectors, of_another_size],
        *[of_other_dimensions, not_numbers, an_array, pickled, other_zip],
    ],
)
def test_a_broken_cache_is_made_again(
    tmp_path: Path, spoil: object, encoder: SentenceEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    Counting(tmp_path).encode_cached(TEXTS)
    assert callable(spoil)
    spoil(cache_file(tmp_path))

    found = Counting(tmp_path).encode_cached(TEXTS)
    repaired = Counting(tmp_path)
    repaired.encode_cached(TEXTS)

    assert found == pytest.approx(encoder.encode(TEXTS), abs=1e-5)
    assert not hasattr(repaired, "encoded")
    assert "made again" in caplog.text

"""How long masking takes on the longest messages there may be: ordinary ones, and those made to be slow."""

import statistics
import time
from collections.abc import Iterable, Iterator

from gateway.masking.find import Known, find_spans
from gateway.masking.measure import Sentence

LENGTH = 4000  # characters
_RUNS = 7
_SLOW = (
    "1 ",
    "1-",
    "123 ",
    "4111 ",
    "4",
    "un ",
    "a.",
    "@",
    "a@",
    "a point ",
    "(514) ",
    "12 rue Saint ",
    "nas 1 ",
    "$1 ",
)


def timed(sentences: Iterable[Sentence], known: Known) -> Iterator[tuple[str, float]]:
    """What was masked, and the median of its milliseconds."""
    said = [sentence.text for sentence in sentences]
    personal = "\n".join(said)[:LENGTH]
    yield "sentences", _milliseconds(personal, known)
    harmless = " ".join(word for word in " ".join(said).split() if word.isalpha())
    yield "words", _milliseconds(harmless[:LENGTH], known)
    for part in _SLOW:
        yield repr(part), _milliseconds((part * LENGTH)[:LENGTH], known)


def _milliseconds(text: str, known: Known) -> float:
    taken = []
    for _ in range(_RUNS):
        start = time.process_time()
        find_spans(text, known)
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)

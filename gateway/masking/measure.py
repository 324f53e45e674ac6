"""How well masking does on marked sentences: what should be found is, and what shouldn't is left alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gateway.masking.find import Known, find_spans
from gateway.masking.spans import Kind, Span

_MARK = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence and where its values stand; `about` is what it is about, when it holds none."""

    about: str
    text: str
    spans: tuple[Span, ...]


@dataclass
class Score:
    """How many were there, found, found in their class and whole, and found where there was nothing."""

    marked: Counter[Kind] = field(default_factory=Counter)
    hit: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    harmless: int = 0
    harmed: int = 0
    faults: list[str] = field(default_factory=list)

    def recall(self, kind: Kind) -> float:
        """The share of marked values that are hidden whole, under their own class."""
        return self.hit[kind] / self.marked[kind] if self.marked[kind] else 1.0

    def precision(self, kind: Kind) -> float:
        """The share of what is hidden as this class that is one."""
        return self.hit[kind] / self.found[kind] if self.found[kind] else 1.0

    @property
    def false_masking(self) -> float:
        """The share of sentences without anything personal in which something is hidden."""
        return self.harmed / self.harmless if self.harmless else 0.0


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; raises ValueError for a line that can't be read."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        about, marked = line.split("\t")
        yield parse(about, marked)


def parse(about: str, marked: str) -> Sentence:
    """The sentence without its marks, `{card:4111 …}`, and what they mark."""
    text, spans, position = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), Kind(mark[1])))
        text, position = text + mark[2], mark.end()
    return Sentence(about, text + marked[position:], tuple(spans))


def measure(sentences: Iterable[Sentence], known: Known) -> Score:
    """Hold what is found in each sentence against its marks."""
    score = Score()
    for sentence in sentences:
        found = find_spans(sentence.text, known)
        hits = [mark for mark in sentence.spans if any(_covers(span, mark) for span in found)]
        score.marked.update(span.kind for span in sentence.spans)
        score.hit.update(span.kind for span in hits)
        score.found.update(span.kind for span in found)
        score.harmless += not sentence.spans
        score.harmed += not sentence.spans and bool(found)
        if len(hits) < len(sentence.spans) or len(found) > len(hits):
            score.faults.append(f"{sentence.text}  ->  {_shown(sentence.text, found)}")
    return score


def _covers(span: Span, mark: Span) -> bool:
    return span.kind == mark.kind and span.start <= mark.start and mark.end <= span.end


def _shown(text: str, spans: Iterable[Span]) -> str:
    return ", ".join(f"{span.kind}: {text[span.start : span.end]}" for span in spans) or "-"

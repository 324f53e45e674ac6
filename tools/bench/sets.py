"""The rows that contestants train on and are scored on: the same for all of them.

The FAQ part trains on the product's own sentences; the public parts on one language of a public data set.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.labelled import Row, read_files

FAQ = "faq"
# name -> (training file, test file) within the data folder
PUBLIC = {
    "banking77": ("banking77/en.train.tsv", "banking77/en.test.tsv"),
    "banking77_10shot": ("banking77/en.train_10shot.tsv", "banking77/en.test.tsv"),
    "massive_fr": ("massive/fr.train.tsv", "massive/fr.test.tsv"),
    "massive_en": ("massive/en.train.tsv", "massive/en.test.tsv"),
}
PARTS = {FAQ: (FAQ,), "banking77": ("banking77", "banking77_10shot"), "massive": ("massive_fr", "massive_en")}
_ENTITY = re.compile(r"\](?=\s*[({])")  # Rasa would read [words](name) as an entity


@dataclass(frozen=True)
class Example:
    """A training sentence; `language` is "" when the source does not tell."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True)
class BenchSet:
    """One contest: what to learn, and the files to be scored on."""

    name: str
    training: tuple[Example, ...]
    tests: dict[Path, list[Row]]

    @property
    def digest(self) -> str:
        """Tells whether two results come from the same rows."""
        rows = [*self.training, *(row for rows in self.tests.values() for row in rows)]
        return hashlib.blake2b(repr(rows).encode(), digest_size=4).hexdigest()


def faq_set(training: Sequence[Path], tests: Sequence[Path], per_intent: int | None) -> BenchSet:
    """The product's own contest; `training` holds Rasa's YAML or labelled files, named *_fr or *_en."""
    examples: list[Example] = []
    for path in training:
        examples += read_rasa(path) if path.suffix == ".yml" else read_labelled(path)
    return BenchSet(FAQ, tuple(capped(examples, per_intent)), read_files(tests))


def public_set(name: str, folder: Path, per_intent: int | None) -> BenchSet:
    """A public contest; its labels are taken as they are."""
    training, test = (folder / file for file in PUBLIC[name])
    rows = read_files([training])[training]
    language = training.name[:2]
    examples = [Example(row.text, row.label, language) for row in rows]
    return BenchSet(name, tuple(capped(examples, per_intent)), read_files([test]))


def read_rasa(path: Path) -> list[Example]:
    """The sentences of a Rasa training file."""
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return [
        Example(line.removeprefix("- ").strip(), str(block["intent"]), _language(path))
        for block in blocks
        for line in block["examples"].splitlines()
        if line.startswith("- ")
    ]


def read_labelled(path: Path) -> list[Example]:
    """The sentences of a labelled file; faq/x becomes the intent faq_x."""
    rows = read_files([path])[path]
    return [Example(row.text, row.label.replace("/", "_", 1), _language(path)) for row in rows]


def capped(examples: Sequence[Example], per_intent: int | None) -> list[Example]:
    """At most `per_intent` sentences of each intent and language, always the same ones; None keeps all."""
    if per_intent is None:
        return list(examples)
    order = random.Random(0).sample(range(len(examples)), len(examples))
    room: dict[tuple[str, str], int] = {}
    kept: list[int] = []
    for place in order:
        key = examples[place].intent, examples[place].language
        room[key] = room.get(key, per_intent) - 1
        if room[key] >= 0:
            kept.append(place)
    return [examples[place] for place in sorted(kept)]


def write_rasa(examples: Sequence[Example], folder: Path) -> Path:
    """Rasa training files in a folder of their own, one a language, named as the importer expects."""
    target = folder / "nlu"
    target.mkdir(parents=True, exist_ok=True)
    for language in sorted({example.language for example in examples}):
        by_intent: dict[str, list[str]] = {}
        for example in examples:
            if example.language == language:
                by_intent.setdefault(example.intent, []).append(_ENTITY.sub(") ", example.text))
        blocks = [
            {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
            for intent, texts in by_intent.items()
        ]
        name = f"nlu_{language}.yml" if language else "nlu.yml"
        document = {"version": "3.1", "nlu": blocks}
        (target / name).write_text(
            yaml.safe_dump(document, allow_unicode=True, width=10**6), encoding="utf-8"
        )
    return target


def languages(bench: BenchSet) -> list[str]:
    """The languages trained on."""
    return sorted({example.language for example in bench.training if example.language}) or ["en"]


def is_public(name: str) -> bool:
    """Public sets have no out-of-scope rows and are scored on the likeliest intent."""
    return name in PUBLIC


def _language(path: Path) -> str:
    return path.stem[-2:] if path.stem[-3:] in ("_fr", "_en") else ""

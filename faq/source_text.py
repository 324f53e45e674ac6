"""Reads a printed FAQ (index of questions, then questions with answers), so that its faults can be listed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MAX_BYTES = 200_000

_QUESTION = re.compile(r"\s*(\d{1,3})\.\s+(\S.*)")


@dataclass(frozen=True)
class Line:
    """One line of the printed text, numbered from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Item:
    """One printed question with its answer; the answer is empty in the index."""

    section: str
    number: int
    line: int
    question: str
    answer: str = ""
    answer_line: int = 0
    name: str = ""

    @property
    def title(self) -> str:
        """Return what to call the item in a fault."""
        return self.name or f"{self.section}, {self.number}"


@dataclass(frozen=True)
class Printed:
    """A printed FAQ: every line, the index, and the questions with answers."""

    path: Path
    lines: tuple[Line, ...]
    index: tuple[Item, ...]
    items: tuple[Item, ...]


class UnreadableError(Exception):
    """The file can't be read as a printed FAQ."""


def read_printed(path: Path) -> Printed:
    """Read a printed FAQ; UnreadableError says why it can't be."""
    lines = tuple(Line(number, text) for number, text in enumerate(_read(path).splitlines(), start=1))
    found = list(_items(lines))
    return Printed(
        path,
        lines,
        index=tuple(item for item in found if not item.answer),
        items=tuple(item for item in found if item.answer),
    )


def read_ids(path: Path) -> list[dict[str, str]]:
    """Read a table with the columns id, section, number; UnreadableError when a column is missing."""
    rows = list(csv.DictReader(io.StringIO(_read(path)), delimiter="\t", quoting=csv.QUOTE_NONE))
    for column in ("id", "section", "number"):
        if not rows or not all(row.get(column) for row in rows):
            raise UnreadableError(f"{path}: the column `{column}` is missing or has empty cells")
    return rows


def named(printed: Printed, ids: list[dict[str, str]]) -> Printed:
    """Give each item the id that the table has for its section (in order of appearance) and number."""
    sections = list(dict.fromkeys(item.section for item in printed.items))
    keys = list(dict.fromkeys(row["section"] for row in ids))
    by_place = {(row["section"], row["number"]): row["id"] for row in ids}
    key_of = dict(zip(sections, keys, strict=False))

    def name(item: Item) -> Item:
        key = key_of.get(item.section, item.section)
        return replace(item, name=by_place.get((key, str(item.number)), f"{key} {item.number}"))

    return replace(
        printed,
        index=tuple(name(item) for item in printed.index),
        items=tuple(name(item) for item in printed.items),
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError(f"{path}: larger than {MAX_BYTES} bytes")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: not UTF-8 text") from error


def _items(lines: tuple[Line, ...]) -> Iterator[Item]:
    section = ""
    item: Item | None = None
    for line in lines:
        question = _QUESTION.match(line.text)
        if question:
            if item:
                yield item
            item = Item(section, int(question[1]), line.number, question[2].strip())
        elif item and line.text.startswith(" ") and line.text.strip():
            answer = f"{item.answer} {line.text.strip()}".strip()
            item = replace(item, answer=answer, answer_line=item.answer_line or line.number)
        elif line.text.strip():
            section = line.text.strip()
            if item:
                yield item
            item = None
    if item:
        yield item

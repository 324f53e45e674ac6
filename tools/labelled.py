"""Reads files of labelled sentences (`text<TAB>label[<TAB>anything]`) and lists what is wrong with them.

A measure is worth what its rows are worth: a row that is silently skipped changes the score, so a file either
is whole or is refused with the line of each fault.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Row:
    """A sentence, the label it should get, and the third column (the persona, in our own files)."""

    text: str
    label: str
    persona: str = ""


@dataclass(frozen=True)
class BadLine:
    """What is wrong with a line; line 0 is the file itself."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


class BadFilesError(ValueError):
    """Files that can't be measured on, with every fault found in them."""

    def __init__(self, faults: Sequence[BadLine]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def read_files(paths: Sequence[Path], labels: Collection[str] | None = None) -> dict[Path, list[Row]]:
    """The rows of each file, or BadFilesError with the faults of all; `labels` None accepts any label."""
    read: dict[Path, list[Row]] = {}
    faults: list[BadLine] = []
    for path in paths:
        read[path], wrong = read_file(path, labels)
        faults += wrong
    if faults:
        raise BadFilesError(faults)
    return read


def read_file(path: Path, labels: Collection[str] | None = None) -> tuple[list[Row], list[BadLine]]:
    """The good rows of a file and the faults of the others."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return [], [BadLine(path, 0, f"can't be read: {error.strerror}")]
    lines = content.removeprefix(_BOM).rstrip(b"\r\n").split(b"\n")
    if lines == [b""]:
        return [], [BadLine(path, 0, "is empty")]
    rows: list[Row] = []
    faults: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        found = read_line(line.rstrip(b"\r"), labels)
        if isinstance(found, Row):
            rows.append(found)
        else:
            faults.append(BadLine(path, number, found))
    return rows, faults


def read_line(line: bytes, labels: Collection[str] | None = None) -> Row | str:
    """A row, or what is wrong with it."""
    try:
        columns = line.decode("utf-8").split("\t", 2)
    except UnicodeDecodeError as error:
        return f"not UTF-8 (byte {error.start + 1} of the line)"
    if len(columns) < 2:
        return "no tab: a row is text<TAB>label" if line.strip() else "blank line"
    text, label = columns[0], columns[1].strip()
    if not text.strip():
        return "no text before the tab"
    if labels is not None and label not in labels:
        return _unknown(label, labels)
    return Row(text, label, columns[2].strip() if len(columns) > 2 else "") if label else "no label"


def _unknown(label: str, labels: Collection[str]) -> str:
    if not label:
        return "no label"
    near = difflib.get_close_matches(label.replace("_", "/", 1), labels, n=1)
    return f"unknown label {label!r}" + (f" (nearest: {near[0]})" if near else "")

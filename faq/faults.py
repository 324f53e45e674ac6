"""One shape for everything wrong with the content, so that a linter, a log and a test read the same line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["ERROR", "WARNING"]


@dataclass(frozen=True)
class Fault:
    """Something wrong at one line of one file."""

    path: Path
    line: int
    message: str
    level: Level = "ERROR"

    def __str__(self) -> str:
        return f"[{self.level}] {self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content can't be served; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def in_file_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by file and line, each said once."""
    return sorted(set(faults), key=lambda fault: (str(fault.path), fault.line, fault.message))

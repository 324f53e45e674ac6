"""A call script: what a caller says and presses in both languages, what is heard back, what is held then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SCRIPTS = Path(__file__).parent / "scripts"
LANGUAGES = ("fr", "en")
DOES = {
    "fr",
    "en",
    "press",
    "presses",
    "silence",
    "hang_up",
    "prove",
    "replay",
    "stale",
    "dial",
    "wait",
    "code",
}
DOES |= {"part", "confidence"}
TELLS = {
    "says",
    "says_first",
    "hears",
    "not_hears",
    "values",
    "card",
    "language",
    "over",
    "transferred",
    "task",
}
SCRIPT_KEYS = {
    "call",
    "customer",
    "other",
    "bills",
    "begins",
    "languages",
    "turns",
    "after",
    "never_thrice",
    "caller",
}


class ScriptError(ValueError):
    """A script that can't be played; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Script:
    """One file. `begins` is where the turns start: at the open question, reached in words (`opening`) or
    by keys alone (`keys`), or at the first ring."""

    name: str
    title: str
    turns: Sequence[Mapping[str, Any]]
    customer: str = "marie"
    other: str = ""  # somebody else, whom the turns may name: {other_account} ...
    bills: int = 0  # monthly bills that the account had already
    begins: str = "opening"
    languages: Sequence[str] = LANGUAGES
    after: Mapping[str, Any] = field(default_factory=dict)
    never_thrice: bool = False  # no line may be heard three times
    caller: str | None = None  # the caller's number; one of its own when absent


def load_scripts(root: Path = SCRIPTS) -> list[Script]:
    """Every script, in the order of the folders."""
    return [load_script(path, root) for path in sorted(root.glob("*/*.yml"))]


def load_script(path: Path, root: Path = SCRIPTS) -> Script:
    """One script."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = str(path.relative_to(root).with_suffix(""))
    unknown = set(data) - SCRIPT_KEYS
    for place, turn in enumerate(data.get("turns") or [], 1):
        unknown |= {f"turn {place}: {key}" for key in set(turn) - DOES - TELLS}
        if ("fr" in turn) != ("en" in turn):
            raise ScriptError(f"{name}: turn {place} has no twin")
    if unknown or not data.get("turns"):
        raise ScriptError(f"{name}: {', '.join(sorted(map(str, unknown))) or 'no turns'}")
    known = {key: value for key, value in data.items() if key != "call"}
    return Script(name=name, title=data["call"], **known)

"""A story: what the customer says in both languages, what is said back, what the backend holds after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

STORIES = Path(__file__).parent / "stories"
LANGUAGES = ("fr", "en")
DOES = {"fr", "en", "press", "sign_in", "sign_out", "switch", "again", "old_button", "pay", "wait"}
DOES |= {"stop", "kill", "start", "pause", "go_on", "slow", "elsewhere", "token"}
TELLS = {"says", "says_first", "values", "card", "handoff", "language", "refused", "quick", "cut", "notice"}
TURN_KEYS = DOES | TELLS
STORY_KEYS = {"story", "customer", "other", "bills", "signed_in", "turns", "after", "correction", "languages"}


class StoryError(ValueError):
    """A story that can't be told; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Story:
    """One file. `situation` is its folder; `correction` is what the generated twins change on the way."""

    name: str
    situation: str
    title: str
    turns: Sequence[Mapping[str, Any]]
    customer: str = "marie"
    bills: int = 0  # monthly bills that the account had already
    signed_in: bool = False
    after: Mapping[str, Any] = field(default_factory=dict)
    correction: Mapping[str, Any] | None = None
    other: str | None = None  # a second customer, whose data must stay untouched
    languages: Sequence[str] = LANGUAGES


def load_stories(root: Path = STORIES) -> list[Story]:
    """Every story, in the order of the folders; StoryError lists what can't be read."""
    return [load_story(path, root) for path in sorted(root.glob("*/*.yml"))]


def load_story(path: Path, root: Path = STORIES) -> Story:
    """One story."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = str(path.relative_to(root).with_suffix(""))
    unknown = set(data) - STORY_KEYS
    for place, turn in enumerate(data.get("turns") or [], 1):
        unknown |= {f"turn {place}: {key}" for key in set(turn) - TURN_KEYS}
        if ("fr" in turn) != ("en" in turn):
            raise StoryError(f"{name}: turn {place} has no twin")
    if unknown or not data.get("turns"):
        raise StoryError(f"{name}: {', '.join(sorted(map(str, unknown))) or 'no turns'}")
    known = {key: value for key, value in data.items() if key != "story"}
    return Story(name=name, situation=path.parent.name, title=data["story"], **known)


def resolve(value: Any, today: date, names: Mapping[str, str]) -> Any:
    """Dates ("@today", "@+14", "@03-01", "@monday") and {names} in a story's expectations, made real."""
    if isinstance(value, Mapping):
        return {key: resolve(part, today, names) for key, part in value.items()}
    if isinstance(value, list):
        return [resolve(part, today, names) for part in value]
    if isinstance(value, str) and value.startswith("@"):
        return _day(value[1:], today).isoformat()
    return fill(value, names) if isinstance(value, str) else value


def fill(text: str, names: Mapping[str, str]) -> str:
    """{names} replaced: account numbers, user ids and e-mail addresses are each conversation's own."""
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), text)


def _day(said: str, today: date) -> date:
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    if said == "today":
        return today
    if re.fullmatch(r"[+-]\d+", said):
        return today + timedelta(days=int(said))
    if said in weekdays:
        ahead = (weekdays.index(said) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    month, day = map(int, said.split("-"))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def differences(expected: Any, found: Any, at: str = "") -> list[str]:
    """Where `found` does not hold what is expected; an object may hold more than that, a list may not."""
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            return [f"{at or 'value'}: expected {dict(expected)}, found {found!r}"]
        return [
            line
            for key, part in expected.items()
            for line in differences(part, found.get(key), f"{at}.{key}")
        ]
    if expected != found:
        return [f"{at.lstrip('.') or 'value'}: expected {expected!r}, found {found!r}"]
    return []

"""Facts (telephone numbers, delays, names ...) are written once and filled in, so texts can't disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "linked", "spoken"]

KINDS = ("phone", "email", "days", "hours", "money", "number", "url", "text")
LINKED_KINDS = {"phone": "tel:", "email": "mailto:", "url": ""}

_NAME = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LINK_OR_NAME = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<target>[^)]*)\)|\{\{\s*(?P<name>[^{}]*?)\s*\}\}")
_FACT_TARGET = re.compile(r"\]\(fact:([^)\s]*)\)")


@dataclass(frozen=True)
class FactText:
    """A fact as written and as read aloud in one language."""

    text: str
    spoken: str


@dataclass(frozen=True)
class Fact:
    """One thing that is true of the company or its service; `value` is for machines, `texts` for people."""

    name: str
    kind: str
    value: str | int
    texts: Mapping[str, FactText]
    source: str
    note: str = ""
    used_by: tuple[str, ...] = ()

    def href(self) -> str | None:
        """Return the link that dials, writes to or opens the fact, if its kind has one."""
        prefix = LINKED_KINDS.get(self.kind)
        return None if prefix is None else f"{prefix}{self.value}"


def names_in(template: str) -> Iterator[str]:
    """Yield the name of each fact a text asks for, in link targets too."""
    for match in _NAME.finditer(template):
        yield match.group(1)
    for match in _FACT_TARGET.finditer(template):
        yield match.group(1)


def without_names(template: str) -> str:
    """Return the text with its facts taken out, to see what was typed by hand."""
    return _NAME.sub(" ", template)


def fill(template: str, facts: Mapping[str, Fact], language: str, style: Style = "plain") -> str:
    """Replace each `{{ name }}` by the fact; in `linked` style telephones and addresses are links."""

    def one(match: re.Match[str]) -> str:
        if match["name"] is not None:
            return _show(facts[match["name"]], language, style)
        label = fill(match["label"], facts, language, "spoken" if style == "spoken" else "plain")
        return f"[{label}]({_target(match['target'], facts)})"

    return _LINK_OR_NAME.sub(one, template)


def _show(fact: Fact, language: str, style: Style) -> str:
    shown = fact.texts[language]
    if style == "spoken":
        return shown.spoken
    href = fact.href() if style == "linked" else None
    return f"[{shown.text}]({href})" if href else shown.text


def _target(target: str, facts: Mapping[str, Fact]) -> str:
    if not target.startswith("fact:"):
        return target
    return facts[target.removeprefix("fact:")].href() or ""

"""What an operation needs to know, one slot each: how it is read, asked for, and when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.actions.dialogue.reading import Reader


def _always(_values: Mapping[str, Any]) -> bool:
    return True


def _nothing_missing(_value: Any) -> str | None:
    return None


@dataclass(frozen=True)
class Slot:
    """One value of an operation.

    Its texts are `utter_ask_<name>`, `utter_help_<name>` (with an example), `utter_why_<name>` and
    `phrase_<name>` (what it is called). `needed` says, from the values known, whether to ask at all;
    `missing` names the part still to be asked of a value that comes in parts (`utter_ask_<name>_<part>`).
    """

    name: str
    reader: Reader
    needed: Callable[[Mapping[str, Any]], bool] = _always
    missing: Callable[[Any], str | None] = _nothing_missing
    is_optional: bool = False  # "I don't know" and "I'd rather not" leave it empty

    def is_filled(self, values: Mapping[str, Any]) -> bool:
        """Whether nothing remains to be asked."""
        return self.name in values and self.missing(values[self.name]) is None

    def question(self, values: Mapping[str, Any]) -> str:
        """The name under which its texts stand, with the part that is missing."""
        part = self.missing(values[self.name]) if self.name in values else None
        return f"{self.name}_{part}" if part else self.name

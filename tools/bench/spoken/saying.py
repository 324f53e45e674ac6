"""What a caller says: numbers in any grouping, postal codes, e-mail addresses, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
GROUPS = ((0, 3), (3, 6), (6, 9))


@cache
def word_lists(language: str) -> dict[str, Any]:
    """The words of one language."""
    text = (_FOLDER / f"words_{language}.yml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.safe_load(text.replace("\nyes:", '\n"yes":'))
    return lists


@dataclass(frozen=True)
class Voice:
    """One caller's way of speaking."""

    language: str
    random: Random

    @property
    def words(self) -> dict[str, Any]:
        """The words of the caller's language."""
        return word_lists(self.language)

    def number(self, digits: str) -> str:
        """The digits in one of the usual groupings."""
        style = self.random.choice((self.one_by_one, self._pairs, self._hundreds, self._mixed, self._repeats))
        return style(digits)

    def one_by_one(self, digits: str) -> str:
        """Digit by digit."""
        return " ".join(self.words["digits"][int(digit)] for digit in digits)

    def group(self, digits: str) -> str:
        """Three digits or fewer as one number, zeros first said one by one."""
        if digits.startswith("0") or len(digits) == 1:
            rest = digits[1:]
            return " ".join([self.one_by_one(digits[0]), *([self.group(rest)] if rest else [])])
        return self._below_hundred(int(digits)) if len(digits) == 2 else self._hundred(int(digits))

    def letter(self, letter: str, *, example: bool) -> str:
        """A letter by itself or with its word."""
        if not example:
            return letter
        said: str = self.words["as_in"].format(letter=letter, example=self.words["examples"][letter])
        return said

    def code(self, code: str) -> str:
        """A postal code sign by sign."""
        example = self.random.random() < 0.5
        signs = code.replace(" ", "").lower()
        return " ".join(
            self.one_by_one(sign) if sign.isdigit() else self.letter(sign, example=example) for sign in signs
        )

    def email(self, address: str) -> str:
        """The name spelled, the domain in words."""
        name, _, domain = address.partition("@")
        example = self.random.random() < 0.5
        spelled = " ".join(self.letter(letter, example=example) for letter in name)
        place = domain.replace(".", f" {self.words['dot']} ")
        return f"{spelled} {self.words['at']} {place}"

    def _pairs(self, digits: str) -> str:
        return ", ".join(self.group(digits[start : start + 2]) for start in range(0, len(digits), 2))

    def _hundreds(self, digits: str) -> str:
        return ", ".join(self.group(digits[start : start + 3]) for start in range(0, len(digits), 3))

    def _mixed(self, digits: str) -> str:
        parts, start = [], 0
        while start < len(digits):
            size = self.random.choice((1, 1, 2, 3))
            parts.append(self.group(digits[start : start + size]))
            start += size
        return ", ".join(parts)

    def _repeats(self, digits: str) -> str:
        parts, start = [], 0
        while start < len(digits):
            run = next((n for n in (3, 2) if digits[start : start + n] == digits[start] * n), 1)
            word = {3: f"{self.words['triple']} ", 2: f"{self.words['double']} ", 1: ""}[run]
            parts.append(word + self.one_by_one(digits[start]))
            start += run
        return " ".join(parts)

    def _below_hundred(self, number: int) -> str:
        tens, unit = divmod(number, 10)
        words = self.words
        if tens == 1:
            return str(words["teens"][unit])
        if self.language == "en":
            return "-".join([words["tens"][tens], *([words["digits"][unit]] if unit else [])])
        if tens in (7, 9):
            link = " et " if number == 71 else "-"
            return f"{words['tens'][tens]}{link}{words['teens'][unit]}"
        if number == 80:
            return f"{words['tens'][8]}s"
        link = " et " if unit == 1 and tens != 8 else "-"
        return f"{words['tens'][tens]}{link}{words['digits'][unit]}" if unit else str(words["tens"][tens])

    def _hundred(self, number: int) -> str:
        hundreds, rest = divmod(number, 100)
        words = self.words
        first = [] if self.language == "fr" and hundreds == 1 else [words["digits"][hundreds]]
        below = [self._below_hundred(rest) if rest > 9 else words["digits"][rest]] if rest else []
        return " ".join([*first, words["hundred"], *below])

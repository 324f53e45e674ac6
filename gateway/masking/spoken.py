"""Numbers said in words, French or English, read as digits with their places in the text kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_LONGEST = 9  # words of one number: neuf cent quatre-vingt-dix-neuf mille ...
LEAST_DIGITS = 6  # fewer are a quantity ("deux forfaits"), not a dictated number
_BETWEEN = re.compile(r"[\s,.;:/()\-\u2010-\u2015'\u2019]*")
_CUES = Path(__file__).parent / "cues.yml"


@cache
def cues() -> dict[str, list[str]]:
    """The word lists that masking goes by."""
    loaded: dict[str, list[str]] = yaml.load(_CUES.read_text(encoding="utf-8"), yaml.BaseLoader)
    return loaded


@cache
def _words() -> dict[str, int]:
    return {
        name: int(value) for line in cues()["numbers"] for value, *names in [line.split()] for name in names
    }


@cache
def _fillers() -> frozenset[str]:
    return frozenset(cues()["fillers"])


@dataclass(frozen=True)
class Canonical:
    """A text in which dictated numbers are digits; character `n` stands for `text[starts[n]:ends[n]]`."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where canonical characters stand in the text as it was typed."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True)
class _Said:
    """One number of a dictated run: its digits, and where its words stand."""

    digits: str
    start: int
    end: int


def read_spoken(text: str) -> Canonical:
    """The text with each run of dictated digits in figures; everything else character by character."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(characters: str, start: int, end: int) -> None:
        for place, character in enumerate(characters):
            out.append(character)
            is_same = end - start == len(characters)
            starts.append(start + place if is_same else start)
            ends.append(start + place + 1 if is_same else end)

    position = 0
    for said in _dictated(text):
        add(text[position : said.start], position, said.start)
        add(said.digits, said.start, said.end)
        position = said.end
    add(text[position:], position, len(text))
    return Canonical("".join(out), starts, ends)


def _dictated(text: str) -> Iterator[_Said]:
    for run in _runs(text):
        said = list(_numbers(text, run))
        if sum(len(one.digits) for one in said) >= LEAST_DIGITS:
            yield from (one for one in said if not text[one.start : one.end].isdecimal())


@cache
def _token() -> re.Pattern[str]:
    words = sorted({*_words(), *cues()["doubles"], *cues()["fillers"]}, key=len, reverse=True)
    return re.compile(rf"\d+|(?<![^\W\d_])(?:{'|'.join(words)})(?![^\W\d_])", re.IGNORECASE)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Numbers in words and figures that follow each other, with nothing between but hesitations."""
    run: list[re.Match[str]] = []
    position = 0
    for token in _token().finditer(text):
        is_filler = token.group().lower() in _fillers()
        is_amount = bool(run) and run[-1].group().isdecimal() and _words().get(token.group().lower()) == 100
        if run and (is_amount or _BETWEEN.fullmatch(text, position, token.start()) is None):
            yield run
            run = []
        if is_amount:  # 45 cents
            continue
        if run or not is_filler:
            run = run if is_filler else [*run, token]
            position = token.end()
    if run:
        yield run


def _numbers(text: str, run: list[re.Match[str]]) -> Iterator[_Said]:
    position = 0
    while position < len(run):
        token = run[position]
        word = token.group().lower()
        if word in cues()["doubles"] and position + 1 < len(run):
            following = run[position + 1]
            digit = _words().get(following.group().lower(), None)
            repeated = following.group() if digit is None else str(digit)
            yield _Said(repeated * (3 if word.startswith("tri") else 2), token.start(), following.end())
            position += 2
            continue
        if word not in _words():
            yield _Said(token.group() if token.group().isdecimal() else "", token.start(), token.end())
            position += 1
            continue
        taken, value = _compose(text, run, position)
        yield _Said(str(value), token.start(), run[position + taken - 1].end())
        position += taken


def _compose(text: str, run: list[re.Match[str]], position: int) -> tuple[int, int]:
    """How many words make one number below a million, and that number: `cinq cent quatorze` is 514."""
    taken, total = 0, 0
    for token in run[position : position + _LONGEST]:
        word = _words().get(token.group().lower())
        gap = _gap(text, run[position + taken - 1], token) if taken else ""
        if word is None or (taken and not _joins(total, word, gap, _words_at(run, position + taken + 1))):
            break
        last = total % 100 if word == 20 else total % 1000
        is_multiplied = (
            (word == 100 and 1 < last < 10) or (word == 20 and last == 4) or (word == 1000 and last)
        )
        total += last * (word - 1) if is_multiplied else word
        taken += 1
    return taken, total


def _gap(text: str, before: re.Match[str], after: re.Match[str]) -> str:
    return text[before.end() : after.start()]


def _words_at(run: list[re.Match[str]], position: int) -> list[int | None]:
    """The values of the next two words."""
    return [_words().get(token.group().lower()) for token in run[position : position + 2]]


def _joins(value: int, word: int, gap: str, following: list[int | None]) -> bool:
    """Whether `word` goes on the number said so far rather than beginning the next."""
    if "," in gap or "." in gap or ";" in gap:
        return False
    last = value % 1000
    if word == 1000:
        return 0 < value < 1000
    if word == 100:
        return 1 < last < 10
    if word == 20 and value % 100 == 4:  # quatre-vingt
        return True
    if value and last == 0:  # deux mille | cinq cents
        return 0 < word < 100
    if last and last % 100 == 0:
        return word < 100 and not (word < 10 and _begins_another(following))
    tens = value % 100
    if tens in (60, 80) and 10 <= word < 20:  # soixante-dix, quatre-vingt-dix
        return True
    if tens == 10:  # dix-sept
        return 7 <= word < 10
    return tens in (20, 30, 40, 50, 60, 70, 80, 90) and 0 < word < 10


def _begins_another(following: list[int | None]) -> bool:
    """Whether the digit before these is theirs: `huit cent | trois cent`, `eight hundred | three four`."""
    first, second = [*following, None, None][:2]
    return first == 100 or (first is not None and first < 10 and second != 100)

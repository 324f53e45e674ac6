"""Other ways of taking a number said in words: "quatre cent cinquante, cent, dix-sept" is 450 100 017."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from text_to_num import text2num  # type: ignore[attr-defined]  # its __all__ holds no names

from bot.entities.content import written_words
from bot.entities.text import fold_text

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+|,")
_NEVER_FIRST = {"et", "and", "hundred", "thousand", "cents", "vingts"}
_LONGEST_SEGMENT, _MOST_WORDS = 7, 30
_GROUPS, _GROUP, _DIGITS = 3, 3, 9  # an account number is read in three groups of three

Reading = tuple[tuple[str, int], ...]  # the groups' digits, and how many words each took


def nine_digits(text: str, language: str) -> str | None:
    """The account number of nine digits that these words mean when read otherwise, or None.

    Three groups below a thousand stand for three digits each ("450, 100, 17"). Of several readings, the one
    in the fewest groups counts, then the one with the longest groups first.
    """
    runs = list(_runs(text, language))
    if len(runs) != 1 or len(runs[0]) > _MOST_WORDS:
        return None
    readings = [reading for reading in _readings(tuple(runs[0]), language) if _size(reading) == _DIGITS]
    if not readings:
        return None
    best = min(readings, key=lambda one: (len(one), _torn(one, runs[0]), _padding(one), _lengths(one)))
    return "".join(number.zfill(_GROUP) if len(best) == _GROUPS else number for number, _ in best)


def _lengths(reading: Reading) -> list[int]:
    """Longer groups first."""
    return [-words for _, words in reading]


def _torn(reading: Reading, words: Sequence[str]) -> int:
    """How often a hundred is parted from how many there are: "sept | cent douze"."""
    spoken = [word for word in words if word != ","]
    starts = accumulate(size for _, size in reading[:-1])
    return sum(spoken[start] == "cent" and spoken[start - 1] not in ("cent", "zero") for start in starts)


def _size(reading: Reading) -> int:
    """How many digits they are, with the zeros of three groups said as numbers."""
    return _padding(reading) + sum(len(number) for number, _ in reading)


def _padding(reading: Reading) -> int:
    sizes = [len(number) for number, _ in reading]
    if len(sizes) != _GROUPS or sizes[0] != _GROUP or max(sizes) > _GROUP:
        return 0
    return _DIGITS - sum(sizes)


def _runs(text: str, language: str) -> Iterator[Sequence[str]]:
    """The runs of number words; a comma is a word of its own. Runs of one word are left out."""
    run: list[str] = []
    for word in [*_WORD.findall(fold_text(text).text), ""]:
        if word and (word == "," or word.isdigit() or _is_part(word, language)):
            run.append(word)
        elif not word or word not in written_words("dictation", language)["between"]:
            kept = run[: next((place for place, one in reversed(list(enumerate(run, 1))) if one != ","), 0)]
            if sum(one != "," for one in kept) > 1:
                yield kept
            run = []


def _readings(words: Sequence[str], language: str) -> Iterator[Reading]:
    """Every way to part the words into numbers of at most nine digits together; commas part them too."""
    stack: list[tuple[int, Reading]] = [(0, ())]
    while stack:
        start, groups = stack.pop()
        if start == len(words):
            yield groups
            continue
        if words[start] == ",":
            stack.append((start + 1, groups))
            continue
        for end in range(start + 1, min(len(words), start + _LONGEST_SEGMENT) + 1):
            number = _number(" ".join(words[start:end]), language)
            if number is not None and sum(len(one) for one, _ in groups) + len(number) <= _DIGITS:
                stack.append((end, (*groups, (number, end - start))))


@lru_cache(maxsize=4096)
def _number(said: str, language: str) -> str | None:
    """The digits of these words when they are one number; English also says 450 as "four fifty"."""
    if said.isdigit():
        return said
    if "," in said or any(character.isdigit() for character in said) or said.split()[0] in _NEVER_FIRST:
        return None
    first, _, rest = said.partition(" ")
    if first in _zeros(language):
        return _after_zero(rest, language)
    if _zeros(language) & set(said.split()):
        return None
    try:
        return str(text2num(said, language))
    except ValueError:
        return _shortened(said, language) if language == "en" else None


def _after_zero(rest: str, language: str) -> str | None:
    """A group that begins with a zero: "zéro dix-sept" is 017, two digits "oh five" are 05."""
    if not rest:
        return "0"
    number = _number(rest, language)
    return f"0{number}" if number is not None and len(number) < _GROUP and number[0] != "0" else None


def _shortened(said: str, language: str) -> str | None:
    first, _, rest = said.partition(" ")
    if not rest:
        return None
    unit, pair = _number(first, language), _number(rest, language)
    is_hundreds = unit is not None and len(unit) == 1 and pair is not None and len(pair) == 2
    return f"{unit}{pair}" if is_hundreds else None


@cache
def _is_part(word: str, language: str) -> bool:
    """Whether a word is part of a number."""
    return word in _NEVER_FIRST or _number(word, language) is not None


@cache
def _zeros(language: str) -> frozenset[str]:
    lists = written_words("numbers", language)
    return frozenset([*lists["zero"], *lists["zero_between"]])

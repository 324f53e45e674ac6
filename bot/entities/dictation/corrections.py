"""Corrections to what was just read back: a group, a digit, this and not that, or all of it again."""

import re
from collections.abc import Sequence
from functools import cache

from bot.entities.content import words
from bot.entities.dictation.letters import spelled_letters
from bot.entities.dictation.numbers import repeats_written_out, without_hesitations
from bot.entities.dictation.places import Place, find_place
from bot.entities.patterns import choice
from bot.entities.spoken import spoken_numbers
from bot.entities.text import fold_text

_DIGITS = re.compile(r"(?<![\w'])\d+(?:[ ,-]{1,2}\d+)*(?!\w)")
_SIGN = r"(?:\d+|[a-z](?!['\w]))"
_SIGNS = re.compile(
    rf"(?<![\w'])(?:{_SIGN}|(?:[a-z]\d){{1,3}}[a-z]?|(?:\d[a-z]){{1,3}}\d?)(?:[ ,-]{{1,2}}{_SIGN}(?!\w))*"
)
_ONE = re.compile(r"(?<=\b[a-z] )(?:un|une|one)(?= [a-z]\b)")
# Letters taken for each other, those most often first: a lone correction stands where its like does.
_ALIKE = ("MN", "BD", "BP", "BV", "DT", "FS", "GJ", "PT", "CS", "KQ", "AE", "AH", "CT", "DG", "EV")
_NO_SIGN = re.compile(r"[^a-z0-9]")


def corrected(text: str, language: str, value: str, groups: Sequence[int]) -> str | None:
    """The value (digits, or capital letters and digits) as corrected, or None when these words don't say how.

    `groups` are the sizes of the groups in which it was read back.
    """
    has_letters = not value.isdigit()
    said = _prepared(text, language, has_letters=has_letters)
    right, wrong, place = _taken_apart(said, language, has_letters=has_letters)
    if right is None:
        return None
    if place is not None:
        return _at(place, _without_article(right, place), value, groups)
    if wrong is not None:
        is_article = len(wrong) == 1 and len(right) == 2 and right[0] == "1"
        return _instead(value, wrong, right[1] if is_article else right)
    if len(right) == len(value):
        return _shaped(value, right)
    return alike(value, right) if right.isalpha() and len(right) == 1 else _nearest(value, right, groups)


def _prepared(text: str, language: str, *, has_letters: bool) -> str:
    folded = fold_text(text)
    if has_letters:
        folded = spelled_letters(folded, language, names=True, any_link=True)
    spoken = spoken_numbers(repeats_written_out(folded, language), language)
    said = without_hesitations(spoken, language).text
    return _ONE.sub("1", said) if has_letters else said


def _taken_apart(
    said: str, language: str, *, has_letters: bool
) -> tuple[str | None, str | None, Place | None]:
    """What is right, what was wrong, and where."""
    place = find_place(said, language)
    if place is not None:
        said = f"{said[: place.start]} ; {said[place.end :]}"
    wrong: str | None = None
    negated = _negation(language, has_letters=has_letters).search(said)
    if negated is None and place is None:
        negated = _named(language, has_letters=has_letters).search(said)
    if negated is not None:
        wrong = _sign(negated["wrong"])
        said = f"{said[: negated.start()]} ; {said[negated.end() :]}"
    skip = set(words("corrections", language)["skip"])
    values = [match.group() for match in _values(has_letters=has_letters).finditer(said)]
    values = [value for value in values if value not in skip or len(said.split()) == 1]
    return (_sign(values[-1]) if values else None), wrong, place


@cache
def _negation(language: str, *, has_letters: bool) -> re.Pattern[str]:
    wrong = _one_value(has_letters=has_letters)
    return re.compile(rf"(?<!\w){choice(words('corrections', language)['not'])} ?(?P<wrong>{wrong})")


@cache
def _named(language: str, *, has_letters: bool) -> re.Pattern[str]:
    """What was wrong, named first: "le 5, c'est un 9"."""
    lists = words("corrections", language)
    wrong = _one_value(has_letters=has_letters)
    return re.compile(rf"(?<!\w){choice(lists['the'])} ?(?P<wrong>{wrong})(?=,? {choice(lists['is'])})")


def _one_value(*, has_letters: bool) -> str:
    """A value without commas: in "not N, M" a comma ends what was wrong."""
    return _values(has_letters=has_letters).pattern.replace("[ ,-]{1,2}", "[ -]")


def _values(*, has_letters: bool) -> re.Pattern[str]:
    return _SIGNS if has_letters else _DIGITS


def _sign(said: str) -> str:
    return _NO_SIGN.sub("", said).upper()


def _without_article(right: str, place: Place) -> str:
    """ "un neuf" for one digit is an article and a nine."""
    is_one = place.count == 1 and place.unit in ("character", "edge")
    return right[1] if is_one and len(right) == 2 and right[0] == "1" else right


def _at(place: Place, right: str, value: str, groups: Sequence[int]) -> str | None:
    is_group = place.unit == "group" or (place.unit is None and len(right) > 1)
    is_group = is_group or (place.unit == "edge" and len(right) in groups)
    spans = _spans(groups) if is_group else [(index, index + 1) for index in range(len(value))]
    if is_group and place.unit is None and place.count > 1:
        return None
    if not -len(spans) <= place.rank <= len(spans) or (place.rank == 0 and len(spans) % 2 == 0):
        return None
    index = len(spans) // 2 if place.rank == 0 else place.rank - 1 if place.rank > 0 else place.rank
    start, end = spans[index]
    if not is_group:
        count = place.count if place.count > 1 else len(right)
        start, end = (end - count, end) if place.rank < 0 else (start, start + count)
    return _replaced(value, start, end, right)


def _replaced(value: str, start: int, end: int, right: str) -> str | None:
    size = end - start
    if right.isdigit() and value.isdigit():
        right = right.zfill(size)  # a group said as a number: "17" for 017
    fits = len(right) == size and start >= 0 and end <= len(value)
    return _shaped(value, value[:start] + right + value[end:]) if fits else None


def _shaped(old: str, new: str) -> str | None:
    """The new value when it has letters and digits where the old one has."""
    same = len(old) == len(new) and all(a.isdigit() == b.isdigit() for a, b in zip(old, new, strict=True))
    return new if same else None


def _instead(value: str, wrong: str, right: str) -> str | None:
    """This and not that, where that stands only once."""
    if len(wrong) != len(right) or value.count(wrong) != 1:
        return None
    return _shaped(value, value.replace(wrong, right))


def alike(value: str, right: str) -> str | None:
    """The value with a lone capital letter in the place of the only one it is often taken for."""
    for pair in _ALIKE:
        old = pair.replace(right, "")
        if right in pair and value.count(old) == 1:
            return value.replace(old, right)
    return None


def _nearest(value: str, right: str, groups: Sequence[int]) -> str | None:
    """The groups that these characters are most like, at least half of them the same."""
    spans = _spans(groups)
    starts = [start for start, _ in spans if start + len(right) in {end for _, end in spans}]
    scored = sorted(
        ((sum(a == b for a, b in zip(value[start:], right, strict=False)), start) for start in starts),
        reverse=True,
    )
    if not scored or scored[0][0] * 2 < len(right) or [s for s, _ in scored].count(scored[0][0]) > 1:
        return None
    start = scored[0][1]
    return _shaped(value, value[:start] + right + value[start + len(right) :])


def _spans(groups: Sequence[int]) -> list[tuple[int, int]]:
    spans, end = [], 0
    for size in groups:
        spans.append((end, end + size))
        end += size
    return spans

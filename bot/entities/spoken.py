"""Numbers said in words become digits: "cinquante-deux et trente" is "52 et 30", "premier" is "1e"."""

import re
from collections.abc import Sequence
from typing import Any

from text_to_num import find_numbers  # type: ignore[attr-defined]  # its __all__ holds no names

from bot.entities.content import written_words
from bot.entities.text import Builder, Canonical

# What an ordinal ends with, typed or put there by this module.
ORDINAL_END = r"(?:ieme|eme|ere|er|re|nde|nd|st|rd|th|e)"
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[ ,.$¢-]|[^a-z0-9 ,.$¢-]+")
_LONGEST_MONTH = 31
_WINDOW = 9  # tokens between "dollars et" and "cents"


class _Word:
    """A token as text_to_num wants it."""

    def __init__(self, text: str, *, is_unit: bool) -> None:
        self._text, self._is_unit = text, is_unit

    def text(self) -> str:
        """The word, with the accents that the library expects."""
        return self._text

    def nt_separated(self, previous: "_Word") -> bool:
        """Only the text separates words here."""
        return False

    def not_a_number_part(self) -> bool:
        """Whether it is a unit of money ("20 dollars et 50 cents") and no hundred."""
        return self._is_unit


def spoken_numbers(text: Canonical, language: str) -> Canonical:
    """The same text with digits for the numbers said in words; a lone "un" or "one" stays a word."""
    lists = written_words("numbers", language)
    tokens = list(_TOKEN.finditer(text.text))
    if not tokens:
        return text
    spelled = [_spelling(token.group(), lists) for token in tokens]
    for index, word in enumerate(spelled):
        if word in lists["months"] and _is_month(spelled, index, language):
            spelled[index] = lists["months"][word]
    units = _units(spelled, set(lists["dollars"]), set(lists["cents"]))
    found = find_numbers(
        [
            _Word(word, is_unit=index in units or word in lists["zero_between"])
            for index, word in enumerate(spelled)
        ],
        language,
        0.0,
    )
    digits = {number.start: (number.end, _digits(number)) for number in found}
    digits |= {i: (i + 1, "0") for i, token in enumerate(tokens) if token.group() in lists["zero"]}
    _add_zeros(digits, tokens, lists)
    _leave_articles(digits, tokens, set(lists["articles"]))
    builder = Builder(text.source)
    index = 0
    while index < len(tokens):
        end, replacement = digits.get(index, (index + 1, None))
        first, last = tokens[index].start(), tokens[end - 1].end()
        if replacement is None:
            builder.copy(text, first, last)
        else:
            builder.add(replacement, *text.span(first, last))
        index = end
    return builder.build()


def _spelling(word: str, lists: dict[str, Any]) -> str:
    if word in lists["zero"]:
        return "0"
    if word.endswith(("ieme", "iemes")):
        return word.replace("ieme", "ième")
    return str(lists["spelling"].get(word, word))


def _is_month(spelled: Sequence[str], index: int, language: str) -> bool:
    """Whether "sept" is September: right after a day ("15 sept"), and no number but a year follows."""
    day = spelled[index - 2] if index > 1 and spelled[index - 1] == " " else ""
    following = next((word for word in spelled[index + 1 : index + 4] if word not in " .,"), "")
    if (
        not day.isdigit()
        or not 1 <= int(day) <= _LONGEST_MONTH
        or (following.isdigit() and len(following) != 4)
    ):
        return False
    return not following or not find_numbers([_Word(following, is_unit=False)], language, 0.0)


def _digits(number: Any) -> str:  # text_to_num has no types
    if number.is_ordinal:
        return f"{int(number.value)}e"
    return str(number.text)


def _units(spelled: Sequence[str], dollars: set[str], cents: set[str]) -> set[int]:
    """Where "cent(s)" is money: after digits, or after dollars and some words of a number."""
    found: set[int] = set()
    last_dollar = -_WINDOW
    for index, word in enumerate(spelled):
        if word in dollars:
            last_dollar = index
        elif word in cents:
            after_digits = index > 1 and spelled[index - 1] == " " and spelled[index - 2].isdigit()
            if after_digits or 2 < index - last_dollar < _WINDOW:
                found.add(index)
                last_dollar = -_WINDOW
    return found


def _add_zeros(
    digits: dict[int, tuple[int, str]], tokens: Sequence[re.Match[str]], lists: dict[str, Any]
) -> None:
    """The letter o is a zero between numbers ("five oh five")."""
    ends = {end for end, _ in digits.values()}
    for index, token in enumerate(tokens):
        if token.group() not in lists["zero_between"] or index - 1 not in ends or index + 2 >= len(tokens):
            continue
        if index + 2 in digits or tokens[index + 2].group() in lists["zero_between"]:
            digits[index] = (index + 1, "0")
            ends.add(index + 1)


def _leave_articles(
    digits: dict[int, tuple[int, str]], tokens: Sequence[re.Match[str]], articles: set[str]
) -> None:
    """A lone "un" is an article, unless it stands beside another number; "first one" is one rank."""
    words = [token.group() for token in tokens]
    ends = {end for end, number in digits.values() if number.isdigit()}
    for start, (end, _) in list(digits.items()):
        if end != start + 1 or words[start] not in articles:
            continue
        before, after = _gap(words[:start][-2:][::-1]), _gap(words[end : end + 2])
        number_before = before and (start - before in ends or words[start - before - 1].isdigit())
        number_after = after and _is_number(end + after, digits, words)
        is_listed = number_before and number_after  # "four, one, seven"
        if not (is_listed or (number_before and before == 1) or (number_after and after == 1)):
            del digits[start]


def _gap(around: Sequence[str]) -> int:
    """How many tokens (a space, a dash, a comma and a space) part a word from the next one; 0 for others."""
    if around[:1] in ([" "], ["-"]):
        return 2 if around == [" ", ","] else 1
    return 2 if around == [",", " "] else 0


def _is_number(index: int, digits: dict[int, tuple[int, str]], words: Sequence[str]) -> bool:
    if index in digits:
        return digits[index][1].isdigit()
    return index < len(words) and words[index].isdigit()

"""Numbers that are somebody's: cards, social insurance, accounts, telephones; dates and amounts are not."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gateway.masking.cards import find_security_codes, has_card_shape, is_card_with_a_slip
from gateway.masking.checks import ACCOUNT_DIGITS, CARD_DIGITS, has_luhn, is_card, is_phone, national_number
from gateway.masking.cue import Cue, Surroundings
from gateway.masking.groups import Candidate, Found, Group, are_alike
from gateway.masking.harmless import bar, bar_harmless
from gateway.masking.spans import NEVER_STORED, Kind
from gateway.masking.spoken import cues

_DIGITS = re.compile(r"\d+")
_STRONG = re.compile(r"[,/()|;]|\n|\.\s|\s(?:et|and|puis|then)\s", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"\+\s?(?!1\b)[2-9]\d{0,2}(?:[\s.\-()]{1,2}\d{1,4}){2,6}|\+[2-9]\d{7,14}")
_OPENING = re.compile(r"(?:(?<![\w(+])1[\s.-]{0,2}\(|[(+]\s?(?:\d\s?\()?)$")
_EXTENSION = re.compile(
    r"[\s,(]{0,2}(?:poste|ext(?:ension)?\b\.?|x|#)\s?(?:no\.?\s)?\d{1,6}(?!\d)", re.IGNORECASE
)
_GLUED = re.compile(r"([^\W\d_]+)([-_/]?)$")
_SHORT_ACCOUNT = range(7, 13)
_NEARLY_SIN = range(8, 11)
_READ_OUT = 5  # groups or more, whatever stands between
_LONGEST = 24  # digits of a number that anybody types


@cache
def _chain() -> re.Pattern[str]:
    fillers = "|".join((*cues()["fillers"], "trait d[\u2019']union"))
    marks = r"[\s.,/()_*|;'\u2019\u00b7\u2022\u200b-\u200d\u2060\ufeff\-\u2010-\u2015]"
    return re.compile(rf"\d+(?:{marks}{{1,3}}(?:(?:{fillers})(?:{marks}{{1,3}})){{0,2}}\d+)*", re.IGNORECASE)


def find_numbers(text: str, own_phones: frozenset[str]) -> Iterator[Found]:
    """Every number of a class; `own_phones` are the company's, as ten digits, and are left alone."""
    abroad = list(_INTERNATIONAL.finditer(text))
    yield from (Found(Kind.PHONE, *found.span()) for found in abroad)
    barred = _INTERNATIONAL.sub(bar, bar_harmless(text))
    reader = _Reader(barred, own_phones)
    cards: list[Found] = []
    for chain in _chain().finditer(barred):
        groups = [Group(group.group(), *group.span()) for group in _DIGITS.finditer(barred, *chain.span())]
        if sum(len(group.digits) for group in groups) >= _SHORT_ACCOUNT.start:
            found = list(reader.read(groups))
            cards += (one for one in found if one.kind is Kind.CARD)
            yield from found
    yield from find_security_codes(text, cards)


class _Reader:
    """Reads the chains of digits of one text."""

    def __init__(self, text: str, own_phones: frozenset[str]) -> None:
        self._text, self._own_phones = text, own_phones
        self._around = Surroundings(text)

    def read(self, groups: Sequence[Group]) -> Iterator[Found]:
        """What is somebody's in one chain; what must not be kept and may be read in two ways goes in both."""
        candidates = sorted(self._candidates(groups), key=lambda candidate: self._rank(groups, candidate))
        begins = {candidate.first for candidate in candidates}
        ends = {candidate.last + 1 for candidate in candidates}
        kept: list[Candidate] = []
        for candidate in candidates:
            rival = next((other for other in kept if other.overlaps(candidate)), None)
            is_secret = candidate.found.kind in NEVER_STORED
            if rival is None:
                is_whole = self._may_part(groups, candidate.first, ends) and self._may_part(
                    groups, candidate.last + 1, begins
                )
                kept += [candidate] if is_secret or is_whole else []
            elif is_secret and candidate.is_sure and not _is_usual_card(groups, rival):
                kept[kept.index(rival)] = rival.joined(candidate)
        yield from (candidate.found for candidate in kept if candidate.found.kind is not None)

    def _candidates(self, groups: Sequence[Group]) -> Iterator[Candidate]:
        for first in range(len(groups)):
            digits = ""
            for last in range(first, len(groups)):
                digits += groups[last].digits
                if len(digits) > _LONGEST:
                    break
                is_all = first == 0 and last == len(groups) - 1
                if not (first == last or is_all or _may_be_part(digits)):
                    continue
                is_exact = is_card(digits)
                found = self._classify(groups, first, last, digits, is_exact=is_exact)
                if found is not None:
                    is_said = found.kind is Kind.SIN and self._is_adjacent("sin", found)
                    yield Candidate(first, last, found, is_exact or is_said)

    def _is_adjacent(self, kind: str, found: Found) -> bool:
        cue = self._around.nearest(found.start, found.end)
        return cue is not None and cue.kind == kind and cue.is_adjacent

    def _rank(self, groups: Sequence[Group], candidate: Candidate) -> tuple[int, bool, int, int]:
        """Cards in their groups, other cards, social insurance; then the undivided, then the longest."""
        gaps = (
            self._text[groups[place].end : groups[place + 1].start]
            for place in range(candidate.first, candidate.last)
        )
        is_divided = any(_STRONG.search(gap) and ")" not in gap for gap in gaps)
        found = candidate.found
        classes = 2 * (found.kind is Kind.CARD) + (found.kind is Kind.SIN)
        rank = 5 - classes - candidate.is_sure - _is_usual_card(groups, candidate)
        return rank, is_divided, found.start - found.end, candidate.first

    def _may_part(self, groups: Sequence[Group], place: int, others: set[int]) -> bool:
        """Whether a number may begin or end before group `place`: where `others` meet it, for one."""
        if place in (0, len(groups)):
            return True
        before, after = groups[place - 1], groups[place]
        if _STRONG.search(self._text[before.end : after.start]) or len(before.digits) != len(after.digits):
            return True
        return place in others and len(before.digits) > 1

    def _classify(
        self, groups: Sequence[Group], first: int, last: int, digits: str, *, is_exact: bool
    ) -> Found | None:
        start, end = groups[first].start, groups[last].end
        if is_exact:
            cue = self._around.nearest(start, end)
            is_other = cue is not None and cue.kind == "device" and cue.is_adjacent
            return None if is_other else Found(Kind.CARD, start, end)
        is_whole = first == 0 and last == len(groups) - 1
        part = groups[first : last + 1]
        if is_card_with_a_slip(part, digits, lambda: self._around.nearest(start, end), is_whole=is_whole):
            return Found(Kind.CARD, start, end)
        is_number = is_phone(digits) and _is_phone_shape(part)
        if not (is_number or is_whole or len(digits) == ACCOUNT_DIGITS) or self._is_part_of_a_name(
            start, end
        ):
            return None
        if is_number:
            return self._phone(start, end, digits)
        if len(digits) == ACCOUNT_DIGITS:
            return self._nine(
                start, end, digits, is_usual=_is_account_shape(self._text, part, is_whole=is_whole)
            )
        return self._by_words(digits, start, end) if is_whole else None

    def _by_words(self, digits: str, start: int, end: int) -> Found | None:
        """Numbers with a slip in them, which only the words before them give away."""
        cue = self._around.nearest(start, end)
        if cue is None:
            return None
        if cue.kind == "sin" and cue.is_adjacent and len(digits) in _NEARLY_SIN:
            return Found(Kind.SIN, start, end)
        if cue.kind == "account" and cue.is_adjacent and len(digits) in _SHORT_ACCOUNT:
            return Found(Kind.ACCOUNT, start, end)
        if cue.kind == "phone" and len(digits) == 7 and digits[0] in "23456789":
            return Found(Kind.PHONE, start, end)
        return None

    def _phone(self, start: int, end: int, digits: str) -> Found | None:
        if national_number(digits) in self._own_phones:
            return Found(None, start, end)
        cue = self._around.nearest(start, end)
        if cue is not None and cue.kind in ("reference", "device") and cue.is_adjacent:
            return None
        extension = _EXTENSION.match(self._text, end)
        opening = _OPENING.search(self._text, max(0, start - 6), start)
        return Found(Kind.PHONE, opening.start() if opening else start, extension.end() if extension else end)

    def _nine(self, start: int, end: int, digits: str, *, is_usual: bool) -> Found | None:
        """Nine digits: social insurance where the words or the check digit say so, else an account."""
        cue = self._around.nearest(start, end)
        adjacent = cue.kind if cue is not None and cue.is_adjacent else None
        if self._is_sin(start, end, digits, cue):
            return Found(Kind.SIN, start, end)
        if adjacent in ("reference", "device"):
            return None
        return Found(Kind.ACCOUNT, start, end) if is_usual or adjacent == "account" else None

    def _is_sin(self, start: int, end: int, digits: str, cue: Cue | None) -> bool:
        if cue is not None and cue.kind == "sin" and cue.is_before:
            between = self._text[start - cue.distance : start]
            is_theirs = sum(character.isdigit() for character in between) < _SHORT_ACCOUNT.start
            return is_theirs or has_luhn(digits)
        if not has_luhn(digits):
            return False
        if cue is not None and cue.is_adjacent and cue.kind in ("account", "reference", "device"):
            return self._around.is_in_one_breath("sin", start)
        return self._around.is_near("sin", start, end)

    def _is_part_of_a_name(self, start: int, end: int) -> bool:
        """Whether letters are glued to it, as in an order number (`CMD-123`), and not a word for a number."""
        before = _GLUED.search(self._text, max(0, start - 24), start)
        if before is not None and (before[2] or not _is_word_for_a_number(before[1])):
            return True
        return _glued_behind().match(self._text, end) is not None


@cache
def _words_for_numbers() -> re.Pattern[str]:
    words = [word for kind in ("sin", "card", "account", "phone") for word in cues()[kind]]
    return re.compile("|".join(f"(?:{word})" for word in (*words, *cues()["links"])), re.IGNORECASE)


@cache
def _glued_behind() -> re.Pattern[str]:
    words = "|".join(cues()["glued_behind"])
    return re.compile(rf"(?!(?:{words})(?![^\W_]))[-_]?[^\W\d_]", re.IGNORECASE)


def _is_word_for_a_number(word: str) -> bool:
    return _words_for_numbers().fullmatch(word) is not None


def _is_usual_card(groups: Sequence[Group], candidate: Candidate) -> bool:
    is_card_class = candidate.is_sure and candidate.found.kind is Kind.CARD
    return is_card_class and has_card_shape(groups[candidate.first : candidate.last + 1])


def _is_account_shape(text: str, groups: Sequence[Group], *, is_whole: bool) -> bool:
    lengths = {len(group.digits) for group in groups}
    is_short = len(groups) > 2 and max(lengths) <= 3
    is_read_out = len(groups) >= _READ_OUT or (is_short and are_alike(text, groups))
    return len(groups) == 1 or lengths == {3} or (is_whole and is_read_out)


def _may_be_part(digits: str) -> bool:
    """Whether some of the digits of a chain can be a number by their count and how they begin."""
    return len(digits) in (9, 10, 11) or (len(digits) in CARD_DIGITS and digits[0] in "23456")


def _is_phone_shape(groups: Sequence[Group]) -> bool:
    lengths = [len(group.digits) for group in groups]
    if sum(lengths) == 11 and max(lengths) > 2:
        if lengths[0] not in (1, 4, 11):
            return False
        lengths = lengths[1:] if lengths[0] == 1 else [lengths[0] - 1, *lengths[1:]]
    if max(lengths) > 4:
        return lengths in ([10], [3, 7], [6, 4])
    return lengths not in ([4, 4, 2], [4, 3, 3], [2, 4, 4])

"""Cuts a message where it may go on to another request, and finds what each piece asks for or refuses.

It reads words only; whether a piece is a request is for the classifier to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.components.nlu.text import fold

CUES = Path(__file__).parents[2] / "content" / "clauses.yml"
Span = tuple[int, int]

_PUNCTUATION = r"[;:!?\n]+|[.,]+(?!\w)|,(?=[a-z])| [-+&] |(?<!\w)\d\)"
_WORD = re.compile(r"[^\W_]+")
_LEAST_WORDS, _FEW_WORDS = 2, 6
_WITHOUT = r"(?P<sans>sans) (?:\w+ |\w')?\w+(?:er|ir|re)\b|(?P<without>without) \w+ing\b"
# "ne m'inscrivez pas", "touche pas à": an order, not "je ne reçois pas"; "don't touch", not "I don't get".
_ORDER = (
    r"(?:(?P<ne>ne |n')(?:\w+ |\w'){0,2}|[mlt]'|me |les? |la )?\w{3,}(?:ez|e) (?P<pas>(?:surtout )?pas)\b"
)
_DONT = r"(?:.*\b)?(?<!\bi )(?<!\bwe )(?<!\bthey )(?<!\byou )(?P<not>don't|do not|dont) "
_NO_MORE = re.compile(r"\b(?:any ?more|any longer|no longer)\b")  # leaves something, refuses nothing
_NEGATIONS = ("ne", "pas", "not", "sans", "without")


@dataclass(frozen=True)
class Clause:
    """A piece of a message: where it stands, and the spans of the words that say what it is about.

    `asks` leaves a negation out; `borrowed` are words of an earlier piece, a verb or an object. A `bare`
    piece has no verb of its own; an `order` begins as orders and wishes do.
    """

    span: Span
    asks: tuple[Span, ...]
    borrowed: tuple[Span, ...] = ()
    negated: bool = False
    bare: bool = False
    order: bool = False


class ClauseReader:
    """Knows the words of clauses.yml; all its spans are in the text it was given."""

    def __init__(self, path: Path = CUES) -> None:
        cues = yaml.safe_load(path.read_text(encoding="utf-8"))
        any_of = {name: _any([word for row in rows for word in row]) for name, rows in cues.items()}
        self._joint = re.compile(
            rf"{_PUNCTUATION}|(?<![\w'-]){any_of['joiners']}(?![\w'-])|(?=\b(?:{_WITHOUT}))"
        )
        self._determiner = re.compile(rf"(?<![\w'])(?:a |to |de )?{any_of['determiners']}")
        self._adverb = re.compile(rf"(?<![\w'-]){any_of['adverbs']}(?![\w'-])")
        self._turn = re.compile(rf"(?<![\w'-]){any_of['adverbs']}(?= (?:a |to |de )?{any_of['determiners']})")
        self._it = re.compile(rf"\bit\b|(?<![\w'])(?:le |la |les |l'){any_of['verbs']}")
        self._negations = _negations(any_of)
        self._order = _orders(any_of)
        self._wish = re.compile(rf"\W*(?:{any_of['polite']}\W+|uh |euh )*(?P<wish>{any_of['heads']})(?!\w)")
        self._follows_wish = re.compile(rf"{_infinitive(any_of)}|{any_of['bare_verbs']}")
        self._needs = re.compile(rf"(?<!\w){any_of['needs']}")
        self._alone = re.compile(rf"\W*{any_of['alone']}\W*")

    def clauses(self, text: str) -> list[Clause]:
        """The pieces of a normalised text, in order; none when there is but one and it refuses nothing."""
        folded = fold(text)
        if len(folded) != len(text):  # a letter that folds to two: spans would not fit
            return []
        found: list[Clause] = []
        for span in self._pieces(folded):
            found.append(self._read(folded, span, found))
        return found if len(found) > 1 or any(clause.negated for clause in found) else []

    def _pieces(self, folded: str) -> Iterator[Span]:
        start = 0
        for joint in self._joint.finditer(folded):
            yield from self._turns(folded, (start, joint.start()))
            start = joint.end()
        yield from self._turns(folded, (start, len(folded)))

    def _turns(self, folded: str, span: Span) -> Iterator[Span]:
        """A piece without its leading adverb, cut again at an adverb that turns to another object."""
        start, end = span
        for turn in self._turn.finditer(folded, start, end):
            if self._determiner.search(folded, start, turn.start()):
                yield from self._worth_reading(folded, (start, turn.start()))
                start = turn.end()
        yield from self._worth_reading(folded, (start, end))

    def _worth_reading(self, folded: str, span: Span) -> Iterator[Span]:
        """A piece of several words, or of one that asks for something by itself ("log in and PAY")."""
        if len(_WORD.findall(folded, *span)) >= _LEAST_WORDS or self._alone.fullmatch(folded, *span):
            yield span

    def _read(self, folded: str, span: Span, before: Sequence[Clause]) -> Clause:
        negation = self._negation(folded, span)
        adverbs = [found.span() for found in self._adverb.finditer(folded, *span)]
        asks = tuple(_without(span, sorted([*negation, *adverbs])))
        first = _first_word(folded, asks)
        bare = bool(self._determiner.match(folded, first)) and not self._it.match(folded, first)
        about_it = not bare and self._speaks_of_it(folded, span)
        borrowed: tuple[Span, ...] = ()
        if bare or about_it:
            borrowed = self._lent(folded, before, verb=bare)
        elif self._follows_wish.match(folded, first, span[1]):
            borrowed = self._wished(folded, before)
        order = self._order.match(folded, first, span[1]) or self._needs.search(folded, *span)
        if about_it and before and not borrowed:
            order = None  # "I made a payment and want to report IT": by itself it might ask for anything
        return Clause(span, asks, borrowed, bool(negation), bare, bool(order or negation))

    def _wished(self, folded: str, before: Sequence[Clause]) -> tuple[Span, ...]:
        """How the wish began that an infinitive goes on with: "I WOULD LIKE TO pay, and enrol in e-bill"."""
        found = self._wish.match(folded, *before[-1].span) if before and not before[-1].negated else None
        if found:
            return (found.span("wish"),)
        borrowed = before[-1].borrowed if before else ()
        return borrowed if any(self._wish.match(folded, *span) for span in borrowed) else ()

    def _negation(self, folded: str, span: Span) -> list[Span]:
        for pattern in self._negations:
            match = None if _NO_MORE.search(folded, *span) else pattern.match(folded, *span)
            if match:
                return sorted(match.span(name) for name in _NEGATIONS if match.groupdict().get(name))
        return []

    def _speaks_of_it(self, folded: str, span: Span) -> bool:
        """Whether a piece soon comes to what was named before: "and cancel IT if it's still there"."""
        it = self._it.search(folded, *span)
        return it is not None and len(_WORD.findall(folded, span[0], it.end())) <= _FEW_WORDS

    def _lent(self, folded: str, before: Sequence[Clause], *, verb: bool) -> tuple[Span, ...]:
        """What the last piece with a verb of its own says before its object, or else the object."""
        for clause in reversed(before):
            if not clause.bare and clause.asks:
                found = self._determiner.search(folded, clause.asks[0][0], clause.span[1])
                limit = found.start() if found else clause.span[0]
                if verb:
                    return tuple((start, min(stop, limit)) for start, stop in clause.asks if start < limit)
                return ((limit, clause.span[1]),) if found and clause.order else ()
        return ()


def _negations(any_of: dict[str, str]) -> list[re.Pattern[str]]:
    """What refuses a piece; the named groups are left out of what it asks."""
    head = rf"\W*(?:{any_of['polite']}\W+)*"
    determiner, wishes = rf"(?:a |to |de )?{any_of['determiners']}", any_of["wishes"]
    heads = [
        rf"(?P<pas>{any_of['refusals']})",
        rf"(?P<pas>{any_of['bare_refusals']})(?= {determiner})",
        rf"(?P<not>not)(?= (?!\w+ed )\w+ {determiner})",
        _ORDER,
        _WITHOUT,
    ]
    anywhere = [
        rf"(?:.*\b)?(?P<ne>ne |n'){wishes} (?P<pas>pas)\b",
        rf"(?:.*\b)?{wishes} (?P<pas>pas)\b",
        r"(?:.*\b)?(?P<pas>ne pas) ",
        rf"(?:.*\b)?(?P<not>don't|do not|dont|didn't|wouldn't) {wishes}",
        _DONT,
    ]
    return [re.compile(head + pattern) for pattern in heads] + [re.compile(pattern) for pattern in anywhere]


def _orders(any_of: dict[str, str]) -> re.Pattern[str]:
    """How orders and wishes begin."""
    wish = rf"(?:(?:je|i|we|nous|on|j') ?(?:[\w']+ )?)?{any_of['wishes']}"
    return re.compile(
        rf"\W*(?:{any_of['polite']}\W+|uh |euh )*"
        rf"(?:{any_of['orders']}|{any_of['bare_verbs']}|{wish}|\w+ez\b|{_infinitive(any_of)})"
    )


def _infinitive(any_of: dict[str, str]) -> str:
    not_verbs = f"{any_of['determiners']}|{any_of['not_verbs']}"
    return rf"(?:de |d'|to )?(?:(?:me|nous|le|la|les|y) |[mlsy]')?(?!{not_verbs})\w\w+(?:er|ir|re)\b"


def _without(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    start, end = span
    for hole in holes:
        if hole[0] > start:
            yield start, hole[0]
        start = max(start, hole[1])
    if start < end:
        yield start, end


def _first_word(folded: str, spans: Sequence[Span]) -> int:
    for start, end in spans:
        word = _WORD.search(folded, start, end)
        if word:
            return word.start()
    return len(folded)


def _any(words: Sequence[str]) -> str:
    """A pattern for any of these words, longest first; after an apostrophe a word goes on."""
    longest_first = sorted(words, key=len, reverse=True)
    ends = (re.escape(word) + ("" if word.endswith("'") else r"\b") for word in longest_first)
    return f"(?:{'|'.join(ends)})"

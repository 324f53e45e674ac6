"""Finds the requests in a message that holds several, or refuses one: "not my address, just my plan"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.nlu.clauses import Clause, ClauseReader, Span
from bot.components.nlu.decision import Guess
from bot.components.nlu.language import LANGUAGE
from bot.components.nlu.normaliser import NORMALISED
from bot.components.nlu.text import NormalisedText, normalise

REQUESTS = "requests"  # message attribute
OPERATION_PREFIX, QUESTION_PREFIX = "op_", "faq_"
# Between these a "not" may turn one into the other: "I don't want paper bills" asks for e-bills.
OPPOSITES = {"op_enrol_ebill": "op_leave_ebill", "op_leave_ebill": "op_enrol_ebill"}

Rank = Callable[[Sequence[Message]], list[list[Guess]]]


@dataclass(frozen=True)
class Limits:
    """Probabilities that a piece must reach to count as a request."""

    operations: float = 0.3  # all operations together, in an order or a wish
    best: float = 0.5  # the likeliest one's part of them
    statement: float = 0.95  # the likeliest one, in a piece that only states something
    question: float = 0.8  # a message that is a question of the FAQ with this probability holds no requests
    clear: float = 0.9  # in a message that is this surely about one thing ...
    beside: float = 0.45  # ... another one needs this probability in its piece
    place: int = 8  # a request stands among the so many likeliest operations of the whole message


@dataclass(frozen=True)
class _Request:
    intent: str
    confidence: float
    span: Span
    negated: bool


def find_requests(
    message: Message, whole: Sequence[Guess], reader: ClauseReader, rank: Rank, limits: Limits
) -> list[dict[str, Any]]:
    """The requests in the order of the sentence, or none when it holds but one and refuses nothing.

    `whole` ranks all intents for the message, likeliest first, and `rank` does for each of several pieces.
    A request's `start` and `end` are in the text as typed; what follows it belongs to it, up to the next.
    """
    normalised: NormalisedText = message.get(NORMALISED) or normalise(message.get(TEXT) or "")
    clauses: Sequence[Clause] = reader.clauses(normalised.text)
    if whole[0].name.startswith(QUESTION_PREFIX) and whole[0].confidence >= limits.question:
        clauses = _orders_only(clauses)
    if not clauses:
        return []
    likely = [guess.name for guess in whole if _is_operation(guess)][: limits.place]
    ranked = _ranked(message, normalised.text, clauses, rank)
    if any(clause.negated for clause in clauses):  # "my plan, not my address": what is named is asked for
        clauses = [replace(clause, order=clause.order or clause.bare) for clause in clauses]
    found = [_request(clause, several, limits) for clause, several in zip(clauses, ranked, strict=True)]
    kept = [request for request in found if request and (request.negated or request.intent in likely)]
    if whole[0].confidence >= limits.clear and any(one.intent == whole[0].name for one in kept):
        kept = [one for one in kept if one.intent == whole[0].name or one.confidence >= limits.beside]
    requests = _each_once(_one_side(kept, likely))
    if len(requests) < 2 and not any(request.negated for request in requests):
        return []
    starts = [0, *(request.span[0] for request in requests[1:]), len(normalised.text)]
    ends = [max(c.span[1] for c in clauses if c.span[0] < following) for following in starts[1:]]
    return [
        _as_output(request, normalised, (start, end))
        for request, start, end in zip(requests, starts, ends, strict=False)
    ]


def led_by(requests: Sequence[dict[str, Any]], intent: dict[str, Any]) -> dict[str, Any]:
    """The message's intent, or its first request where the message as a whole seemed to ask for none."""
    wanted = [request for request in requests if not request["negated"]]
    if str(intent["name"]).startswith(OPERATION_PREFIX) or not wanted:
        return intent
    return {"name": wanted[0]["intent"], "confidence": wanted[0]["confidence"]}


def _orders_only(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """What seems to be a question is a row of requests only if nothing in it but gives orders."""
    return clauses if len(clauses) > 1 and all(clause.order or clause.borrowed for clause in clauses) else []


def _ranked(
    message: Message, text: str, clauses: Sequence[Clause], rank: Rank
) -> list[list[Sequence[Guess]]]:
    """How each clause ranks without its negation, and also with it where that may turn it round."""
    readings = [
        [(*clause.borrowed, *clause.asks), *([(clause.span,)] if clause.negated and not clause.bare else [])]
        for clause in clauses
    ]
    rankings = iter(rank([_piece(message, text, spans) for several in readings for spans in several]))
    return [[next(rankings) for _ in several] for several in readings]


def _request(clause: Clause, rankings: Sequence[Sequence[Guess]], limits: Limits) -> _Request | None:
    best = _operation(rankings[0], clause, limits)
    turned = _operation(rankings[-1], clause, limits) if len(rankings) > 1 else None
    if turned and turned.name in OPPOSITES and (best is None or OPPOSITES[turned.name] == best.name):
        return _Request(turned.name, turned.confidence, clause.span, negated=False)
    return _Request(best.name, best.confidence, clause.span, clause.negated) if best else None


def _operation(ranking: Sequence[Guess], clause: Clause, limits: Limits) -> Guess | None:
    """The operation that a piece asks for: an order beside another request is seldom a question."""
    operations = [guess for guess in ranking if _is_operation(guess)]
    if not clause.order and not clause.borrowed:
        return next((guess for guess in operations[:1] if guess.confidence >= limits.statement), None)
    together = sum(guess.confidence for guess in operations)
    sure = together >= limits.operations and operations[0].confidence >= limits.best * together
    return operations[0] if sure else None


def _is_operation(guess: Guess) -> bool:
    return guess.name.startswith(OPERATION_PREFIX)


def _one_side(requests: Sequence[_Request], likely: Sequence[str]) -> list[_Request]:
    """To stop the e-bill and to be sent paper is one request from two sides: its likelier name stays."""
    wanted = [request.intent for request in requests if not request.negated]
    twice = {name for name in wanted if OPPOSITES.get(name) in wanted}
    last = max(twice, key=likely.index, default=None)
    return [request for request in requests if request.intent != last]


def _each_once(requests: Sequence[_Request]) -> list[_Request]:
    """Each intent at its first place; asked for and refused in one sentence, it is asked for in part."""
    wanted = {request.intent for request in requests if not request.negated}
    first: dict[str, _Request] = {}
    for request in requests:
        if not (request.negated and request.intent in wanted):
            first.setdefault(request.intent, request)
    return list(first.values())


def _piece(message: Message, text: str, spans: Sequence[Span]) -> Message:
    """Some of the words of a message, as the steps before leave them."""
    words = " ".join(" ".join(text[start:end] for start, end in spans).split())
    tokens = [
        token
        for start, end in spans
        for token in message.get(TOKENS_NAMES[TEXT]) or []
        if start <= token.start and token.end <= end
    ]
    piece = {TEXT: words, NORMALISED: normalise(words), TOKENS_NAMES[TEXT]: tokens}
    return Message({**piece, LANGUAGE: message.get(LANGUAGE)})


def _as_output(request: _Request, normalised: NormalisedText, span: Span) -> dict[str, Any]:
    piece = normalised.text[slice(*span)]
    start, end = normalised.original_span(span[1] - len(piece.lstrip()), span[0] + len(piece.rstrip()))
    typed = normalised.original[start:end].rstrip()
    return {
        "intent": request.intent,
        "confidence": request.confidence,
        "text": typed,
        "start": start,
        "end": start + len(typed),
        "negated": request.negated,
    }

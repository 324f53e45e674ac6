"""What can be wrong with printed questions and answers, as plain functions over items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faq.faults import Level
from faq.source_text import Item
from faq.swaps import Pair, answers_of_others, doubles, off_topic
from faq.words import stems

_WORDING = {
    "Combien puis-je": "« Combien » where « Comment » is meant",
    "Combien de temps demandera": "wording: time is taken, not asked for",
    "facturation parallèle": "wording: the e-bill replaces the paper bill, it doesn't stand beside it",
}
_OBSOLETE = re.compile(r"Secure Sockets Layer|\bSSL\b|Adobe Acrobat|Acrobat Reader")
_GOES_NOWHERE = re.compile(
    r"cliquez ici|liens? suivants?|liens? ci-dessous|click here|following links?", re.I
)
_ADDRESS = re.compile(r"https?://")
_CALL = re.compile(r"\b(?:appel\w+|téléphon\w+|call)\b[^.?!]{0,200}?\s(\S{1,64}@\S{1,100}\w)", re.IGNORECASE)
_OTHER_WAY = re.compile(r"\b(?:écri|envoy|write|e-?mail)|\d{3}[\s-]?\d{4}", re.IGNORECASE)
_AT = re.compile(r"\bau\s+(\S{1,64}@\S{1,100}\w)")
_HOME = re.compile(r"résidentiel", re.IGNORECASE)
_BUSINESS = re.compile(r"affaires|entreprise|commerci", re.IGNORECASE)
_PAPER_STOPS = re.compile(
    r"interrompt[^.]{0,200}papier|ne peuvent pas avoir à la fois[^.]{0,200}papier", re.IGNORECASE
)
_PAPER_EXCEPTION = re.compile(r"handicap|sur demande|CRTC")
_NO_BILL = re.compile(
    r"ne recevrez pas de facture(?![^.]{0,200}(?:papier|poste|électronique))", re.IGNORECASE
)
_AIM = re.compile(r"(?:Pour|To) [^,.]{20,}")
_SAME_AIM = 0.75


@dataclass(frozen=True)
class Finding:
    """Something wrong with one item."""

    item: Item
    message: str
    level: Level = "ERROR"


def findings(items: Sequence[Item]) -> Iterator[Finding]:
    """Yield everything wrong with the items, each alone and against the others."""
    for item in items:
        for message in _alone(item):
            yield Finding(item, message)
    yield from _doubled(items)
    yield from _misplaced(items)
    yield from _contradictions(items)


def _alone(item: Item) -> Iterator[str]:
    both = f"{item.question} {item.answer}"
    for words, message in _WORDING.items():
        if words in both:
            yield f"{message} (« {words} »)"
    for obsolete in sorted(set(_OBSOLETE.findall(both))):
        yield f"obsolete: « {obsolete} »"
    nowhere = _GOES_NOWHERE.search(item.answer)
    if nowhere and not _ADDRESS.search(item.answer):
        yield f"dead link: « {nowhere.group()} » without an address"
    yield from _addresses(item)
    yield from _left_out(item)


def _addresses(item: Item) -> Iterator[str]:
    call = _CALL.search(item.answer)
    at = _AT.search(item.answer)
    if call and not _OTHER_WAY.search(call.group()):
        yield f"says to call an e-mail address ({call.group(1)})"
    elif at:
        yield f"« au {at.group(1)} » gives an e-mail address as if it were a telephone number"


def _left_out(item: Item) -> Iterator[str]:
    if _HOME.search(item.answer) and not _BUSINESS.search(item.answer):
        yield "speaks of residential service only: business customers get no answer"
    if _BUSINESS.search(item.question) and not _BUSINESS.search(item.answer):
        yield "the question is about a business; the answer isn't"
    if _PAPER_STOPS.search(item.answer) and not _PAPER_EXCEPTION.search(item.answer):
        yield "leaves out the free paper bill on request (CRTC 2022-28)"
    if _NO_BILL.search(item.answer):
        yield "« no bill » contradicts the e-bill: says neither paper nor electronic"


def _doubled(items: Sequence[Item]) -> Iterator[Finding]:
    for later, earlier in doubles([item.question for item in items]):
        yield Finding(items[later], f"same question as {items[earlier].title}")
    for later, earlier in doubles([item.answer for item in items]):
        yield Finding(items[later], f"same answer as {items[earlier].title}")


def _misplaced(items: Sequence[Item]) -> Iterator[Finding]:
    pairs = [Pair(item.title, item.question, item.answer) for item in items]
    for place, owner in answers_of_others(pairs, "fr"):
        yield Finding(items[place], f"this answer seems to belong to {owner}")
    for place in off_topic(pairs, "fr"):
        yield Finding(items[place], "the answer takes up hardly any word of its question", "WARNING")


def _contradictions(items: Sequence[Item]) -> Iterator[Finding]:
    aims = [(item, _AIM.match(item.answer)) for item in items]
    known = [(item, stems(aim.group(), "fr"), item.answer[aim.end() :]) for item, aim in aims if aim]
    for place, (item, words, rest) in enumerate(known):
        for other, other_words, other_rest in known[:place]:
            alike = len(words & other_words) / max(1, len(words | other_words))
            if alike >= _SAME_AIM and rest != other_rest:
                yield Finding(item, f"contradicts {other.title}: same aim, other instructions")

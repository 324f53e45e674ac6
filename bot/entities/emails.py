"""E-mail addresses, typed or dictated: "marie point tremblay arobase exemple point ca"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.entities.content import in_both, words
from bot.entities.entity import Found, Kind
from bot.entities.patterns import choice
from bot.entities.text import Canonical

FAULT = "not_an_email"
_LOCAL, _DOMAIN = 90, 200  # characters looked at on each side of the at sign
_SURE, _FAULTY = 9, 8
_TYPED = re.compile(r"[^\s@<>(),;:\"\[\]|]*$")
_TYPED_AFTER = re.compile(r"@*[^\s@<>(),;:\"\[\]|!?]*")
_LONELY = re.compile(r"(?<!\S)[a-z][\w-]*(?:\.[\w-]+)+(?=[.,;!?]?$)")


@dataclass(frozen=True)
class _Grammar:
    """The dictated parts of an address in one language."""

    at: re.Pattern[str]
    at_when_asked: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    domain: re.Pattern[str]
    signs: Sequence[tuple[re.Pattern[str], str]]
    not_a_name: frozenset[str]


def find_emails(
    folded: Canonical, spoken: Canonical, language: str, *, asked: bool
) -> list[tuple[Canonical, Found]]:
    """The addresses, each with the text in which its place counts: typed ones keep their accents."""
    typed = list(_typed(folded))
    said = list(_said(spoken.text, language, asked=asked))
    found = [(folded, one) for one in typed] + [(spoken, one) for one in said]
    if asked and not found:
        found = [
            (folded, Found(Kind.EMAIL, *match.span(), fault=FAULT, certainty=1))
            for match in _LONELY.finditer(folded.text)
        ]
    return found


def valid_email(address: str) -> str | None:
    """The address with its domain in lower case, or None when no mail can reach it."""
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _typed(folded: Canonical) -> Iterator[Found]:
    position = folded.text.find("@")
    while position >= 0:
        start, end = _around(folded.text, position)
        if end - start > 1:
            address = re.sub(r"\s+", "", folded.original(start, end))
            value = valid_email(address)
            certainty = _SURE if value else _FAULTY
            yield Found(Kind.EMAIL, start, end, value, fault=None if value else FAULT, certainty=certainty)
        position = folded.text.find("@", max(end, position + 1))


def _around(text: str, at: int) -> tuple[int, int]:
    """Where the address around an at sign begins and ends, one space on each side allowed."""
    before = at - 1 if text[at - 1 : at] == " " and text[at + 1 : at + 2] == " " else at
    window = text[max(0, before - _LOCAL) : before]
    local = _TYPED.search(window)
    start = before - len(local.group().lstrip("'.-")) if local else before
    after = at + 2 if text[at + 1 : at + 2] == " " and before != at else at + 1
    domain = _TYPED_AFTER.match(text, after, after + _DOMAIN)
    end = after + len(domain.group().rstrip(".'-")) if domain else after
    if before != at and (start == before or end == after):
        return at, at + 1
    return start, end


def _said(text: str, language: str, *, asked: bool) -> Iterator[Found]:
    grammar = _grammar(language)
    patterns = [grammar.at, grammar.at_when_asked] if asked else [grammar.at]
    for at in (match for pattern in patterns for match in pattern.finditer(text)):
        offset = max(0, at.start() - _LOCAL)
        before = grammar.before.search(text[offset : at.start()])
        after = grammar.after.match(text, at.end(), at.end() + _DOMAIN)
        if before is None or after is None or before.group() in grammar.not_a_name:
            continue
        local, domain = _written(before.group(), grammar), _written(after.group(), grammar)
        value = valid_email(f"{local}@{domain}")
        dictated = " " in after.group() or at.group().strip() != "at"
        if value and (asked or dictated):
            yield Found(Kind.EMAIL, offset + before.start(), after.end(), value, certainty=_SURE)


def name_or_domain(said: str, language: str, *, is_domain: bool) -> str | None:
    """One side of a dictated address, in lower case, at the end of folded words; None when it is neither."""
    grammar = _grammar(language)
    found = grammar.domain.search(said) if is_domain else grammar.before.search(said)
    return _written(found.group(), grammar) if found else None


def _written(said: str, grammar: _Grammar) -> str:
    for pattern, sign in grammar.signs:
        said = pattern.sub(sign, said)
    return said.replace(" ", "")


@cache
def _grammar(language: str) -> _Grammar:
    lists: dict[str, Any] = words("emails", language)
    signs = {"underscore": "_", "dash": "-", "plus": "+", "dot": "."}
    spoken = choice([phrase for name in signs for phrase in lists[name]])
    atom = r"(?:(?:[a-z0-9] ){2,}[a-z0-9]|[a-z0-9]+)(?![a-z0-9])"
    link = rf"(?: {spoken} | ?[._+-] ?| (?=\d))"
    dot = rf"(?: {choice(lists['dot'])} | ?\. ?)"
    domain_link = rf"(?: {choice(lists['dash'])} |-)"
    domain = rf"{atom}(?:{domain_link}{atom})*(?:{dot}{atom})+"
    never = r"(?!)"
    return _Grammar(
        at=re.compile(rf" (?:{choice(lists['at'])}|@) "),
        at_when_asked=re.compile(rf" {choice(lists['at_when_asked'])} " if lists["at_when_asked"] else never),
        before=re.compile(rf"(?<![a-z0-9']){atom}(?:{link}{atom})*$"),
        after=re.compile(domain),
        domain=re.compile(rf"(?<![a-z0-9@]){domain}$"),
        signs=[(re.compile(rf" {choice(lists[name])} "), sign) for name, sign in signs.items()],
        not_a_name=frozenset(in_both("emails", "not_a_name")),
    )

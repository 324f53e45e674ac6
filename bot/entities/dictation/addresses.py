"""Corrections to an e-mail address that was just read back."""

import difflib
import re
from functools import cache

from bot.entities.content import words
from bot.entities.dictation.corrections import alike
from bot.entities.dictation.letters import spelled_letters
from bot.entities.dictation.places import find_place
from bot.entities.emails import find_emails, name_or_domain, valid_email
from bot.entities.patterns import choice
from bot.entities.spoken import spoken_numbers
from bot.entities.text import fold_text

_WORD = r"[a-z0-9]+(?:(?: [a-z0-9])+(?![a-z0-9]))?"
_LETTER = re.compile(r"(?<![\w'])([a-z0-9])(?![\w'])")
_LIKE = 0.6  # how much of a name must stay for other words to be the same name corrected


def corrected_email(text: str, language: str, value: str) -> str | None:
    """The address as corrected, or None when these words don't say how."""
    folded = spelled_letters(fold_text(text), language, names=False, any_link=True)
    spoken = spoken_numbers(folded, language)
    whole = [found.value for _, found in find_emails(folded, spoken, language, asked=False) if found.value]
    if whole:
        return str(whole[-1])
    said = spoken.text.strip(" .,!;")
    name, _, domain = value.partition("@")
    for sides in (_named_side(said, language), _instead(said, language, name, domain)):
        if sides is not None:
            return valid_email(f"{sides[0] or name}@{sides[1] or domain}")
    changed = _by_place(said, language, name)
    if changed is not None:
        return valid_email(f"{changed}@{domain}")
    new_name, new_domain = (name_or_domain(said, language, is_domain=one) for one in (False, True))
    if new_name is not None and _likeness(new_name, name) >= max(_LIKE, _likeness(new_domain, domain)):
        return valid_email(f"{new_name}@{domain}")
    return valid_email(f"{name}@{new_domain}") if new_domain is not None else None


Sides = tuple[str | None, str | None]


def _named_side(said: str, language: str) -> Sides | None:
    """What was said to stand before or after the at sign."""
    for is_domain, list_name in ((False, "before_at"), (True, "after_at")):
        match = _side(language, list_name).search(said)
        if match is None:
            continue
        new = name_or_domain(match["rest"], language, is_domain=is_domain)
        if new is not None:
            return (None, new) if is_domain else (new, None)
    return None


@cache
def _side(language: str, list_name: str) -> re.Pattern[str]:
    lists = words("corrections", language)
    return re.compile(rf"(?<!\w){choice(lists[list_name])},? {choice(lists['is'])}? ?(?P<rest>.+)$")


def _instead(said: str, language: str, name: str, domain: str) -> Sides | None:
    """This and not that, where that stands only once."""
    match = _negation(language).search(said)
    if match is None:
        return None
    wrong = match["wrong"].replace(" ", "")
    if wrong in words("corrections", language)["never_wrong"]:
        return None
    rest = f"{said[: match.start()]} {said[match.end() :]}".strip(" ,")
    right = (name_or_domain(rest, language, is_domain=False) or "").replace(" ", "")
    letters = _LETTER.findall(rest)
    if len(wrong) == 1 and letters:
        right = letters[-1]
    if not right:
        return None
    if wrong in name.lower():
        is_clear = name.lower().count(wrong) == 1
        return (name.lower().replace(wrong, right), None) if is_clear else None
    return (None, domain.replace(wrong, right)) if domain.count(wrong) == 1 else None


@cache
def _negation(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){choice(words('corrections', language)['not'])} ?(?P<wrong>{_WORD})")


def _by_place(said: str, language: str, name: str) -> str | None:
    """One character of the name, by its rank, or a lone letter in the place of the one it was taken for."""
    place, letters = find_place(said, language), _LETTER.findall(said)
    if not letters:
        return None
    if place is not None and place.unit == "character" and 0 < abs(place.rank) <= len(name):
        index = place.rank - 1 if place.rank > 0 else len(name) + place.rank
        return f"{name[:index]}{letters[-1]}{name[index + 1 :]}"
    if len(letters) > 1 and any(letter != letters[-1] for letter in letters):
        return None
    changed = alike(name.upper(), letters[-1].upper())
    return changed.lower() if changed else None


def _likeness(new: str | None, old: str) -> float:
    return difflib.SequenceMatcher(None, new, old.lower()).ratio() if new else 0.0

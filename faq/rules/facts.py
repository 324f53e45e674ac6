"""A fact stands in facts.yml and nowhere else, is used, and says the same in every form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq.facts import Fact, names_in, without_names
from faq.faults import Fault
from faq.loaded import Loaded
from faq.patterns import EMAIL, digits, emails, phones, quantities
from faq.spoken_numbers import spoken_digits

_TARGETS = re.compile(r"\]\([^)]*\)")
_MARKUP = re.compile(r"[\[\]{}<>*`]")
_UNSAID = re.compile(r"[\d@\[\]<>*()/]")
_FORMS = {
    "phone": re.compile(r"\+1\d{10}\Z"),
    "email": re.compile(EMAIL.pattern + r"\Z"),
    "url": re.compile(r"https://\S+\Z"),
}


def facts(loaded: Loaded) -> Iterator[Fault]:
    """Yield facts typed by hand, facts never used, and facts whose forms disagree."""
    used: set[str] = set()
    for field in loaded.fields():
        used.update(names_in(field.template))
        typed = _TARGETS.sub(" ", without_names(field.template))
        for what, found in (("telephone number", phones), ("e-mail address", emails), ("amount", quantities)):
            for value in sorted(found(typed)):
                yield field.fault(f"{what} typed by hand ({value}): name a fact instead")
    for fact in loaded.content.facts.values():
        if fact.name not in used and not fact.used_by:
            yield loaded.fault("facts", f"fact `{fact.name}` is never used", fact.name)
        for message, *at in _disagreements(fact):
            yield loaded.fault("facts", f"fact `{fact.name}`: {message}", fact.name, *at)


def _disagreements(fact: Fact) -> Iterator[tuple[str, ...]]:
    form = _FORMS.get(fact.kind)
    if form and not form.match(str(fact.value)):
        yield f"`{fact.value}` doesn't look like a {fact.kind} value", "value"
    for language, shown in fact.texts.items():
        if shown.text and not _same(fact, shown.text):
            yield f"« {shown.text} » isn't what the value {fact.value} says", language, "text"
        if _MARKUP.search(shown.text):
            yield "markup in the text", language, "text"
        if _UNSAID.search(shown.spoken):
            yield "the spoken form must be words only: no digits, signs or brackets", language, "spoken"
        elif fact.kind == "phone" and not _says(fact, shown.spoken, language):
            yield f"« {shown.spoken} » doesn't read as {digits(str(fact.value))}", language, "spoken"


def _same(fact: Fact, text: str) -> bool:
    written = digits(text)
    if fact.kind == "email":
        return text == fact.value
    if fact.kind == "phone":
        return written[-10:] == digits(str(fact.value))[-10:]
    if fact.kind == "money":
        return _cents(written, text) == fact.value
    if fact.kind in ("days", "number"):
        return not written or int(written) == fact.value
    return True


def _cents(written: str, text: str) -> int | None:
    if not written:
        return None
    return int(written) if re.search(r"\d[.,]\d\d(?!\d)", text) else int(written) * 100


def _says(fact: Fact, words: str, language: str) -> bool:
    said = spoken_digits(words, language)
    return said is None or said[-10:] == digits(str(fact.value))[-10:]

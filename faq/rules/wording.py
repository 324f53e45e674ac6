"""One voice and one word for each thing: vous in French, Quebec and Canadian usage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Loaded

_TU = re.compile(r"\b(tu|toi|te|ton|ta|tes|tien)\b|\bt[’'](?=\w)", re.IGNORECASE)
_GLOSSARY = {
    "fr": {
        r"e-?mails?|mails?": "courriel",
        r"spams?": "pourriel",
        r"identificateurs?": "identifiant",
        r"longue distance": "interurbain",
        r"charges? mensuelles?": "frais mensuels",
    },
    "en": {
        r"emails?": "e-mail",
        r"ebills?": "e-bill",
        r"enroll": "enrol",
        r"past due": "overdue",
    },
}
_PATTERNS = {
    language: [(re.compile(rf"\b(?:{said})\b", re.IGNORECASE), better) for said, better in terms.items()]
    for language, terms in _GLOSSARY.items()
}
_NOT_PROSE = re.compile(r"\{\{[^}]*\}\}|\]\([^)]*\)")


def wording(loaded: Loaded) -> Iterator[Fault]:
    """Yield familiar address in French and words that the glossary replaces."""
    for field in loaded.fields():
        text = _NOT_PROSE.sub(" ", field.template)
        familiar = _TU.search(text) if field.language == "fr" else None
        if familiar:
            yield field.fault(f"« {familiar.group()} »: customers are addressed as vous")
        for pattern, better in _PATTERNS[field.language]:
            match = pattern.search(text)
            if match:
                yield field.fault(f"« {match.group()} »: we say « {better} »")

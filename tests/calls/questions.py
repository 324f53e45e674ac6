"""Calls in which every FAQ entry is asked, as a recogniser would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq import load_content
from tests.calls.script import LANGUAGES, Script

IN_A_CALL = 8  # questions


def faq_scripts() -> Iterator[Script]:
    """Every entry, some in each call."""
    content = load_content()
    entries = sorted(content.entries)
    for start in range(0, len(entries), IN_A_CALL):
        turns = [
            {language: _spoken(content.text(entry, language).question) for language in LANGUAGES}
            | {"says_first": f"faq:{entry}"}
            for entry in entries[start : start + IN_A_CALL]
        ]
        yield Script(name=f"faq/{start // IN_A_CALL + 1}", title="Questions are answered aloud.", turns=turns)


def _spoken(question: str) -> str:
    plain = re.sub(r"[«»?!.\s]+", " ", question)
    return plain.strip().lower()

"""Ready answers for reps: the FAQ's own, with the facts as they now stand, in the customer's language."""

import re
import unicodedata
from typing import Any

from faq import Content
from gateway.errors import GatewayError
from gateway.settings import Language

Json = dict[str, Any]
_WORD = re.compile(r"\w+")
QUESTION_WEIGHT = 3  # a word of the question tells more than one of the answer


def one(content: Content, faq_id: str, language: Language) -> Json:
    """One answer; raises faq_not_found."""
    if faq_id not in content.entries:
        raise GatewayError("faq_not_found")
    answer = content.answer(faq_id, language)
    return {
        "id": faq_id,
        "question": answer.title,
        "text": answer.text,
        "version": answer.version,
        "lang": language,
    }


def search(content: Content, words: str, language: Language, *, limit: int) -> list[Json]:
    """Answers that hold every word, or its beginning, in this language; all of them when there is none."""
    wanted = _words(words)
    scored = [
        (score, one(content, faq_id, language))
        for faq_id in content.entries
        if (score := _score(content, faq_id, language, wanted)) is not None
    ]
    scored.sort(key=lambda row: -row[0])  # stable: the order of the FAQ among equals
    return [answer for _, answer in scored[:limit]]


def _score(content: Content, faq_id: str, language: Language, wanted: list[str]) -> int | None:
    text = content.text(faq_id, language)
    question = [faq_id, *_words(f"{text.question} {text.label} {faq_id}")]
    answer = _words(content.answer(faq_id, language).text)
    score = 0
    for word in wanted:
        if any(found.startswith(word) for found in question):
            score += QUESTION_WEIGHT
        elif any(found.startswith(word) for found in answer):
            score += 1
        else:
            return None
    return score


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFD", text.lower().replace("_", " "))
    return _WORD.findall("".join(char for char in bare if not unicodedata.combining(char)))

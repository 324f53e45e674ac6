"""Puts questions that were asked in much the same words together, the most frequent first."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz, process

from gateway.settings import Language

ALIKE = 88  # of 100, on sorted words; below that, questions about different things begin to meet
_WORDS = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Missed:
    """One question that was missed, its words masked, and what the next step showed it to mean."""

    conversation: str
    turn: str
    seq: int
    language: Language
    text: str
    reason: str
    meant: str | None
    at: datetime


@dataclass(frozen=True)
class Group:
    """Questions alike, the newest first."""

    questions: Sequence[Missed]

    @property
    def text(self) -> str:
        """The wording used most often."""
        return Counter(question.text for question in self.questions).most_common(1)[0][0]

    def to_json(self, name: Callable[[str], str]) -> dict[str, object]:
        """The group as the desk gets it; `name` says an intent in the rep's language."""
        meant = Counter(question.meant for question in self.questions if question.meant is not None)
        return {
            "text": self.text,
            "language": self.questions[0].language,
            "count": len(self.questions),
            "conversations": len({question.conversation for question in self.questions}),
            "reasons": dict(Counter(question.reason for question in self.questions)),
            "meant": [
                {"intent": intent, "label": name(intent), "count": count}
                for intent, count in meant.most_common()
            ],
            "questions": [
                {
                    "conversation": question.conversation,
                    "seq": question.seq,
                    "text": question.text,
                    "reason": question.reason,
                    "meant": question.meant,
                    "at": question.at.isoformat(),
                }
                for question in self.questions
            ],
        }


def normalised(text: str) -> str:
    """The words without case, accents and punctuation, so that the same question is the same text."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(_WORDS.sub(" ", letters).split())


def group(questions: Iterable[Missed]) -> list[Group]:
    """Groups of the same language, the largest first; of equal ones, the newest first."""
    same: defaultdict[tuple[Language, str], list[Missed]] = defaultdict(list)
    for question in questions:
        same[(question.language, normalised(question.text))].append(question)
    groups: dict[Language, dict[str, list[Missed]]] = {"fr": {}, "en": {}}
    for (language, text), members in sorted(same.items(), key=lambda item: -len(item[1])):
        near = process.extractOne(
            text, groups[language].keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE
        )
        groups[language].setdefault(text if near is None else near[0], []).extend(members)
    found = [
        Group(sorted(members, key=lambda question: question.at, reverse=True))
        for by_text in groups.values()
        for members in by_text.values()
    ]
    return sorted(found, key=lambda one: (-len(one.questions), -one.questions[0].at.timestamp()))

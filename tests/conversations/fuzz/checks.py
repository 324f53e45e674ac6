"""What must hold after every turn, whatever the customer did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.conversations.chat import Said

# Said when something fell over inside.
BROKEN = (
    "assistant_unavailable",
    "signed_in_unanswered",
    "signed_out_unanswered",
    "utter_technical_problem",
    "utter_backend_down",
    "utter_outcome_unknown",
)
UNWRITTEN = re.compile(r"\b(utter|phrase)_[a-z]|\{[a-z_]+\}")
YES_BUTTONS = ("yes", "retry")
QUESTION = "utter_confirm"
ALIKE = 3  # the same words so many times running are once too often


@dataclass
class Watch:
    """What was said so far in one conversation, and what may not be told in it now."""

    last: list[tuple[str, str]] = field(default_factory=list)  # what was said and answered, the newest last
    was_asked: bool = False  # whether a yes was being waited for
    faults: list[str] = field(default_factory=list)

    def look(
        self, said: str, answer: Sequence[Said], private: Sequence[str], *, again: bool = False
    ) -> list[str]:
        """The faults of one answer to something said; who asks to hear it `again` hears the same."""
        self.last = [] if again else [*self.last, (said, _words(answer))][-ALIKE:]
        self.was_asked = any(one.key == QUESTION for one in answer)
        return [
            *_broken(answer),
            *_unwritten(said, answer),
            *_told(said, answer, private),
            *self._alike(),
        ]

    def is_yes(self, intent: str | None, button: str | None) -> bool:
        """Whether this turn agrees to what was summed up."""
        return button in YES_BUTTONS or (self.was_asked and intent == "affirm")

    def _alike(self) -> Iterator[str]:
        """The same answer to different words, over and over."""
        answers = {answer for _said, answer in self.last}
        asked = {said for said, _answer in self.last}
        if len(self.last) == len(asked) == ALIKE and len(answers) == 1 and answers != {""}:
            yield f"said {ALIKE} times running: {next(iter(answers))!r}"


def _words(answer: Sequence[Said]) -> str:
    """What is said of a conversation; answers from the FAQ are the same each time, as they should be."""
    return "\n".join(one.text for one in answer if not one.key.startswith("faq:"))


def _broken(answer: Sequence[Said]) -> Iterator[str]:
    if not answer:
        yield "nothing was answered"
    yield from (f"broke down: {one.key}" for one in answer if one.key in BROKEN)
    languages = {one.lang for one in answer}
    if len(languages) > 1:
        yield f"in two languages at once: {sorted(languages)}"


def _unwritten(said: str, answer: Sequence[Said]) -> Iterator[str]:
    for one in answer:
        found = UNWRITTEN.search(one.text)
        if found and found[0] not in said:
            yield f"{one.key} is not all words: {found[0]!r}"


def _told(said: str, answer: Sequence[Said], private: Sequence[str]) -> Iterator[str]:
    for one in answer:
        text = one.text.replace("\u00a0", " ")
        yield from (f"{one.key} tells {value!r}" for value in private if value in text and value not in said)

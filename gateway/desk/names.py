"""Names of things in the rep's own language: operations, values, teams, outcomes, FAQ entries."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from faq import Content
from gateway.masking.find import Known
from gateway.masking.known import known_from
from gateway.settings import Language
from gateway.texts import Texts

FAQ, OPERATION, NONE = "faq_", "op_", "none"
Named = dict[str, str]


@dataclass(frozen=True)
class Names:
    """Looks names up; what has none is called by its id."""

    texts: Texts
    content: Content
    language: Language

    @cached_property
    def known(self) -> Known:
        """What belongs to the company, and is not masked."""
        return known_from(self.content)

    def one(self, group: str, name: str) -> str:
        """The name of one operation, slot, team or outcome."""
        key = f"desk.{group}_{name}"
        return self.texts.get(key, self.language) if key in self.texts else name

    def named(self, group: str, name: str | None) -> Named | None:
        """Id and name, or nothing."""
        return None if name is None else {"id": name, "name": self.one(group, name)}

    def all(self, group: str) -> list[Named]:
        """Everything in a group, in the order of the content file."""
        start = f"{group}_"
        names = [key for key in self.texts.group("desk", self.language) if key.startswith(start)]
        return [
            {"id": key.removeprefix(start), "name": self.one(group, key.removeprefix(start))} for key in names
        ]

    def faq(self, faq_id: str) -> str:
        """What an entry's button says."""
        if faq_id not in self.content.entries:
            return faq_id
        return self.content.text(faq_id, self.language).label

    def intent(self, intent: str) -> str:
        """What an intent asks for."""
        if intent.startswith(FAQ):
            return self.faq(intent.removeprefix(FAQ))
        if intent.startswith(OPERATION):
            return self.one("operation", intent.removeprefix(OPERATION))
        return self.one("intent", intent)

    def question(self, intent: str) -> str:
        """What an intent asks for, in full: an entry's own question."""
        entry = intent.removeprefix(FAQ)
        if intent.startswith(FAQ) and entry in self.content.entries:
            return self.content.text(entry, self.language).question
        return self.one("intent", intent) if intent == NONE else self.intent(intent)

    def understood(self, understood: dict[str, Any]) -> dict[str, Any]:
        """What the bot made of a message, with names."""
        ranking = [self._guess(guess) for guess in understood.get("ranking", [])]
        return {**self._guess(understood), "ranking": ranking}

    def _guess(self, guess: dict[str, Any]) -> dict[str, Any]:
        intent = str(guess["intent"])
        confidence = min(1.0, float(guess["confidence"]))
        return {"intent": intent, "label": self.intent(intent), "confidence": confidence}

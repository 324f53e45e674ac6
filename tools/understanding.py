"""Loads a trained Rasa model and asks it what sentences mean, exactly as the running assistant does.

The only module of tools/ that the measures need Rasa for: import it late, its imports take ten seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent  # type: ignore[import-not-found,unused-ignore]
from rasa.core.channels.channel import UserMessage  # type: ignore[import-not-found,unused-ignore]
from rasa.exceptions import ModelNotFound  # type: ignore[import-not-found,unused-ignore]

from bot.components.channel import as_plain_text
from tools.metrics import NoModelError, Parse

_WARM_UP = ("Combien coûte le service?", "How much does it cost?", "?")


class Model:
    """A trained model: its whole NLU graph, with language detection and the out-of-scope decision."""

    def __init__(self, path: Path) -> None:
        self._processor = _load(path)
        self._loop = asyncio.new_event_loop()
        list(self.parse_all(_WARM_UP * 3))  # the first calls fill caches and would be timed

    def parse_all(self, texts: Sequence[str]) -> Iterator[Parse]:
        """Each sentence as the first message of a conversation of its own."""
        for text in texts:
            yield self.parse(text)

    def parse(self, text: str) -> Parse:
        """One sentence, timed."""
        message = UserMessage(as_plain_text(text))
        start = time.perf_counter()
        found = self._loop.run_until_complete(self._processor.parse_message(message))
        seconds = time.perf_counter() - start
        ranking = tuple(str(guess["name"]) for guess in found.get("intent_ranking", []))
        requests = tuple(("-" if one["negated"] else "") + one["intent"] for one in found.get("requests", []))
        return Parse(str(found["intent"]["name"]), ranking, seconds, requests)


def _load(path: Path) -> Any:
    try:
        agent = Agent.load(str(path))
    except ModelNotFound as error:
        raise NoModelError(f"{path}: {error.__cause__ or error}") from error
    if agent.processor is None:
        raise NoModelError(f"{path}: no trained model there")
    return agent.processor

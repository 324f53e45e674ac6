"""Fixtures of the operations' tests: the demo town, and conversations whose every word is written out."""

from collections.abc import Callable

import pytest

from bot.actions.dialogue.heard import Heard, Language
from tests.support.backend_db import sqlite_template
from tests.support.demo_town import Town, demo_template, town
from tests.support.talking import Talk

__all__ = ["demo_template", "sqlite_template", "town"]

Begin = Callable[[Language], Talk]


class WrittenTalk(Talk):
    """A conversation in which each answer is put into words: a text or a value that is missing fails."""

    async def _turn(self, heard: Heard) -> None:
        await super()._turn(heard)
        unwritten = [saying.key for saying in self.answer if self.written(saying) == f"[{saying.key}]"]
        assert [key for key in unwritten if not key.startswith("utter_faq_")] == []
        self.titles()


@pytest.fixture
def begin(town: Town) -> Begin:
    """Begins a conversation in a language."""
    return lambda language: WrittenTalk(town, language=language)

"""Rasa's SQL store of conversations, whose errors don't repeat the rows they are about."""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import SQLTrackerStore


class QuietTrackerStore(SQLTrackerStore):
    """As Rasa's; a row that can't be written is not written to the log either."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.engine.hide_parameters = True

"""Gives Rasa what stands outside its own files: an intent, a response and a rule for each FAQ entry.

Training sentences learn their language from the file they stand in (nlu_fr.yml, nlu_en.yml).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional, Union

import rasa.shared.nlu.training_data.loading as loading
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from faq.loader import CONTENT_ROOT, load_content

LANGUAGE_SUFFIXES = {"_fr": "fr", "_en": "en"}


class FaqImporter(RasaFileImporter):
    """Rasa's file importer and more: a second importer beside it would read rules with its own domain."""

    def __init__(
        self,
        config_file: Optional[str] = None,  # noqa: UP045 - Rasa calls it with keywords and reads the types
        domain_path: Optional[str] = None,  # noqa: UP045
        training_data_paths: Optional[Union[list[str], str]] = None,  # noqa: UP007, UP045
        content: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._content = Path(content) if content else CONTENT_ROOT

    @cached_method
    def entry_ids(self) -> list[str]:
        """The ids of all FAQ entries, sorted so that editing an answer never changes the model."""
        return sorted(load_content(self._content).entries)

    def get_domain(self) -> Domain:
        """bot/domain.yml with an intent and a placeholder response an entry; the NLG reads the words live."""
        base = super().get_domain()
        added = {
            "intents": [f"faq_{entry}" for entry in self.entry_ids()],
            "responses": {f"utter_faq_{entry}": [{"text": f"faq:{entry}"}] for entry in self.entry_ids()},
        }
        return base.merge(Domain.from_dict(added))

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:  # noqa: UP045
        """The rules in bot/data and one rule an entry."""
        rules = [_rule(f"faq_{entry}") for entry in self.entry_ids()]
        steps = YAMLStoryReader().read_from_parsed_yaml({"version": "3.1", "rules": rules})
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:  # noqa: UP045
        """The training sentences, each with its file's language in its metadata."""
        merged = TrainingData()
        for path in sorted(self._nlu_files):
            data = loading.load_data(path)
            known = LANGUAGE_SUFFIXES.get(Path(path).stem[-3:])
            for message in data.training_examples:
                if known:
                    message.set(METADATA, {**(message.get(METADATA) or {}), "language": known})
            merged = merged.merge(data)
        return merged


def _rule(intent: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}

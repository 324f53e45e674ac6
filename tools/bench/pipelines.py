"""The configurations the Rasa contestants train with: ours as it stands, and Rasa's own template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# What `rasa init` of Rasa 3.6 proposes (all of it stands commented out in its config.yml).
_DEFAULT = """
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 100
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: 100
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
"""


def ours(config: Path, *, public: bool) -> dict[str, Any]:
    """The product's configuration; on public data without its importer, which would add the FAQ's intents."""
    product = yaml.safe_load(config.read_text(encoding="utf-8"))
    kept = ("recipe", "assistant_id", "language", "pipeline") if public else tuple(product)
    return {key: product[key] for key in kept}


def rasa_default(language: str, epochs: int) -> dict[str, Any]:
    """Rasa's template; `epochs` other than 100 shortens both of its neural networks."""
    pipeline = yaml.safe_load(_DEFAULT)
    for component in pipeline:
        if "epochs" in component:
            component["epochs"] = epochs
    return {"recipe": "default.v1", "assistant_id": "bench", "language": language, "pipeline": pipeline}


def write(config: dict[str, Any], folder: Path) -> Path:
    """Write a configuration where Rasa can read it."""
    path = folder / "config.yml"
    path.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path

"""French and English side by side under one key, read from content/*.yml; a missing twin stops the start."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.domain.people import Language

CONTENT = Path(__file__).parent.parent / "content"


class TextFault(ValueError):  # noqa: N818 - the house's word for it
    """A content file that can't be used; names the file and the key."""


class Texts:
    """Texts by dotted key and language."""

    def __init__(self, pairs: Mapping[str, Mapping[Language, str]]) -> None:
        self._pairs = pairs

    def __contains__(self, key: str) -> bool:
        return key in self._pairs

    def keys(self) -> list[str]:
        """All keys, as `file.key.part`."""
        return list(self._pairs)

    def get(self, key: str, language: Language, /, **values: Any) -> str:
        """The text under `key` with {names} filled in."""
        return self._pairs[key][language].format(**values)


@cache
def texts() -> Texts:
    """All pairs of the house, read once."""
    pairs: dict[str, Mapping[Language, str]] = {}
    for path in sorted(CONTENT.glob("*.yml")):
        if path.stem != "plans":
            _collect(
                yaml.safe_load(path.read_text(encoding="utf-8")),
                f"{path.stem.split('_')[0]}",
                path.name,
                pairs,
            )
    return Texts(pairs)


def _collect(node: Any, key: str, file: str, pairs: dict[str, Mapping[Language, str]]) -> None:
    if not isinstance(node, dict):
        raise TextFault(f"{file}: {key}: text without a language")
    if set(node) & {"fr", "en"}:
        if set(node) != {"fr", "en"}:
            raise TextFault(f"{file}: {key}: needs exactly the languages fr and en")
        pairs[key] = {Language(language): str(text).strip("\n") for language, text in node.items()}
        return
    for name, child in node.items():
        _collect(child, f"{key}.{name}", file, pairs)

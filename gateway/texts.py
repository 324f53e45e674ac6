"""The gateway's own words, French and English side by side under one key, read from content/*.yml."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from gateway.settings import LANGUAGES, Language

CONTENT = Path(__file__).parent / "content"


class TextFaultError(ValueError):
    """A content file of the gateway that can't be used; names the file and the key."""


class Texts:
    """Texts by key and language; asking for one that doesn't exist is a fault of the program."""

    def __init__(self, pairs: Mapping[str, Mapping[Language, str]]) -> None:
        self._pairs = pairs

    def __contains__(self, key: str) -> bool:
        return key in self._pairs

    def keys(self) -> list[str]:
        """All keys, as `file.key`."""
        return list(self._pairs)

    def get(self, key: str, language: Language, values: Mapping[str, Any] = MappingProxyType({})) -> str:
        """The text under `key`, with {names} filled in."""
        text = self._pairs[key][language]
        for name, value in values.items():
            if str(value).endswith("."):  # "8 a.m.": the abbreviation's point also ends the sentence
                text = re.sub(rf"(\{{{name}\}})\.(?!\.)", r"\1", text)
        return text.format_map(values)

    def group(self, prefix: str, language: Language) -> dict[str, str]:
        """The texts of one file without their prefix, as they stand, for templates."""
        start = prefix + "."
        keys = [key for key in self._pairs if key.startswith(start)]
        return {key.removeprefix(start): self._pairs[key][language] for key in keys}


def load_texts(folder: Path = CONTENT) -> Texts:
    """Read every pair; raises TextFaultError when a twin is missing."""
    pairs: dict[str, Mapping[Language, str]] = {}
    for path in sorted(folder.glob("*.yml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, pair in entries.items():
            if not isinstance(pair, dict) or set(pair) != set(LANGUAGES):
                raise TextFaultError(f"{path.name}: {key}: needs exactly the languages fr and en")
            pairs[f"{path.stem}.{key}"] = {language: str(text).strip() for language, text in pair.items()}
    return Texts(pairs)

"""The texts of operations, read from bot/content/texts/*.yml and read again whenever a file changes.

Each key holds `fr` and `en`, and `fr_voice`, `en_voice` where speech differs; variants in a list take turns:

    utter_ask_amount:
      fr: ["Quel montant avez-vous payé?", "Combien avez-vous payé?"]
      en: ["How much did you pay?", "What amount did you pay?"]

`{name}` stands for a value that the dialogue gives, `{{ name }}` for a fact of the FAQ.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from faq import LANGUAGES, ContentError, Fault
from faq.model import VOICE
from faq.yamlfile import Document, Value, parse_yaml

log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[1] / "content" / "texts"
FORMS = (*LANGUAGES, *(f"{language}_{VOICE}" for language in LANGUAGES))
SCAN_EVERY = 0.5  # seconds
_KEY = re.compile(r"(utter|phrase)_[a-z0-9_]+\Z")


@dataclass(frozen=True)
class Wording:
    """What one key says: variants by form; the languages' own forms are always there."""

    forms: Mapping[str, tuple[str, ...]]

    def template(self, language: str, channel: str, turn: int) -> str:
        """The variant whose turn it is, as written, nothing filled in."""
        spoken = self.forms.get(f"{language}_{VOICE}") if channel == VOICE else None
        variants = spoken or self.forms[language]
        return variants[turn % len(variants)]


Texts = Mapping[str, Wording]
_Signature = tuple[int, int]


class TextStore:
    """Keeps the last good version of each file; ContentError if one is broken when there is no other yet."""

    def __init__(self, root: Path = ROOT, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._root, self._clock, self._lock = root, clock, Lock()
        self._seen: dict[Path, _Signature] = {}
        self._good: dict[Path, Texts] = {}
        self._texts: Texts = {}
        faults = self._look()
        if faults:
            raise ContentError(faults)
        self._next_look = clock() + SCAN_EVERY

    def current(self) -> Texts:
        """The texts as the files now say, or as they last said where an edit broke one."""
        with self._lock:
            if self._clock() >= self._next_look:
                self._next_look = self._clock() + SCAN_EVERY
                for fault in self._look():
                    log.error("texts not updated: %s", fault)
            return self._texts

    def _look(self) -> list[Fault]:
        """Read what changed, and forget what went; the faults of what was read."""
        found = {path: signature for path in text_files(self._root) if (signature := _signature(path))}
        if found == self._seen:
            return []
        changed = [path for path in found if found[path] != self._seen.get(path)]
        self._seen = found
        self._good = {path: texts for path, texts in self._good.items() if path in found}
        faults = [fault for path in changed for fault in self._read(path)]
        self._texts = {
            key: wording for path in sorted(self._good) for key, wording in self._good[path].items()
        }
        return faults

    def _read(self, path: Path) -> list[Fault]:
        texts, faults = read_texts(parse_yaml(path))
        if not faults:
            self._good[path] = texts
        return faults


def text_files(root: Path = ROOT) -> list[Path]:
    """The files, in a fixed order."""
    return sorted(path for path in root.glob("*.yml") if not path.name.startswith("."))


def read_texts(document: Document) -> tuple[dict[str, Wording], list[Fault]]:
    """The texts of one file, with all that keeps them from use."""
    faults = list(document.faults)

    def complain(message: str, *at: str) -> None:
        faults.append(Fault(document.path, document.line(*at), message))

    texts = {}
    for key, forms in document.data.items():
        if not _KEY.match(key):
            complain(f"`{key}`: keys are utter_... or phrase_... in small letters", key)
        if not isinstance(forms, dict):
            complain(f"`{key}` must hold {' and '.join(LANGUAGES)}", key)
            continue
        for form in (*(set(forms) - set(FORMS)), *(set(LANGUAGES) - set(forms))):
            complain(f"`{key}.{form}` is {'unknown' if form in forms else 'missing'}", key, form)
        variants = {form: _variants(value) for form, value in forms.items()}
        for form, found in variants.items():
            if not found:
                complain(f"`{key}.{form}` must be a text or a list of texts", key, form)
        texts[key] = Wording(variants)
    return texts, faults


def _variants(value: Value) -> tuple[str, ...]:
    """The texts that stand there; none if one of them isn't a text."""
    listed = value if isinstance(value, list) else [value]
    texts = tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())
    return texts if len(texts) == len(listed) else ()


def _signature(path: Path) -> _Signature | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size

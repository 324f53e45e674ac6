"""Takes typed values out of a parsed file, noting each missing, empty, wrong or unknown key with its line."""

from __future__ import annotations

from collections.abc import Collection

from faq.faults import Fault
from faq.yamlfile import Document, Value

Key = str | int

MAX_CHARACTERS = 10_000


class Reader:
    """Reads one document; every complaint goes to `faults` and an empty value is returned in its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[Fault] = list(document.faults)

    def fault(self, message: str, *at: Key) -> None:
        """Note something wrong at a key."""
        self.faults.append(Fault(self.document.path, self.document.line(*at), message))

    def get(self, *at: Key) -> Value:
        """Return whatever stands at a key, or None."""
        value: Value = self.document.data
        for key in at:
            if isinstance(value, dict):
                value = value.get(str(key))
            elif isinstance(value, list) and isinstance(key, int) and key < len(value):
                value = value[key]
            else:
                return None
        return value

    def names(self, *at: Key) -> list[str]:
        """Return the keys of a mapping, none if it isn't one."""
        value = self.get(*at)
        return list(value) if isinstance(value, dict) else []

    def mapping(self, allowed: Collection[str], *at: Key) -> bool:
        """Check that a mapping stands at a key with allowed keys only; say whether it is there at all."""
        value = self.get(*at)
        if not isinstance(value, dict):
            if not (self.document.faults and not at):
                self.fault(f"`{_name(at)}` " + ("is missing" if value is None else "must hold keys"), *at)
            return False
        for key in value:
            if key not in allowed:
                self.fault(f"unknown key `{_name((*at, key))}`", *at, key)
        return True

    def text(self, *at: Key, required: bool = True) -> str:
        """Return the text at a key, stripped; a missing one is a fault only when required."""
        value = self.get(*at)
        if value is None:
            if required:
                self.fault(f"`{_name(at)}` is {'empty' if self._there(at) else 'missing'}", *at)
            return ""
        if not isinstance(value, str):
            self.fault(f"`{_name(at)}` must be text, not {_kind(value)}", *at)
            return ""
        if not value.strip():
            self.fault(f"`{_name(at)}` is empty", *at)
        if len(value) > MAX_CHARACTERS:
            self.fault(
                f"`{_name(at)}` has {len(value)} characters; {MAX_CHARACTERS} is the most we read", *at
            )
            return ""
        return value.strip()

    def integer(self, *at: Key, required: bool = True) -> int | None:
        """Return the whole number at a key, or None."""
        value = self.get(*at)
        if value is None and not required:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(f"`{_name(at)}` " + ("is missing" if value is None else "must be a whole number"), *at)
        return None

    def texts(self, *at: Key) -> tuple[str, ...]:
        """Return a list of words, empty when there is none."""
        value = self.get(*at)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(f"`{_name(at)}` must be a list", *at)
            return ()
        return tuple(word for word in (self.text(*at, index) for index in range(len(value))) if word)

    def _there(self, at: tuple[Key, ...]) -> bool:
        return at in self.document.lines


def _name(at: tuple[Key, ...]) -> str:
    return ".".join(str(key) for key in at) or "file"


def _kind(value: Value) -> str:
    names = {bool: "yes/no", int: "a number", list: "a list", dict: "keys"}
    return names.get(type(value), type(value).__name__)

"""Reads one YAML file with the line of every key, and answers a broken file with faults, not a traceback."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from faq.faults import Fault

MAX_BYTES = 200_000

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = "tuple[str | int, ...]"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")


@dataclass(frozen=True)
class Document:
    """A parsed file: its data, the line of each key, and what was wrong with it."""

    path: Path
    data: dict[str, Value]
    lines: Mapping[KeyPath, int]
    faults: tuple[Fault, ...]

    def line(self, *keys: str | int) -> int:
        """Return the line of a key, or of the nearest thing around it that exists."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


@dataclass
class _Walk:
    path: Path
    lines: dict[KeyPath, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.path, line, message))


def parse_yaml(path: Path) -> Document:
    """Read one file into a `Document`; whatever is wrong with it is in the document's faults."""
    walk = _Walk(path)
    text = _read(path, walk)
    node = None if text is None else _compose(text, walk)
    data = None if node is None else _value(node, (), walk)
    if data is not None and not isinstance(data, dict):
        walk.fault(1, "the file must hold `key: value` lines, not a list or a lone value")
    if data is None and not walk.faults:
        walk.fault(1, "the file is empty")
    return Document(path, data if isinstance(data, dict) else {}, walk.lines, tuple(walk.faults))


def _read(path: Path, walk: _Walk) -> str | None:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        walk.fault(1, f"can't be read: {error.strerror or error}")
        return None
    if size > MAX_BYTES:
        walk.fault(1, f"the file has {size} bytes; {MAX_BYTES} is the most we read")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        walk.fault(raw[: error.start].count(b"\n") + 1, "the file is not UTF-8 text")
        return None
    return _without_tabs(unicodedata.normalize("NFC", text.replace("\r\n", "\n")), walk)


def _without_tabs(text: str, walk: _Walk) -> str:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            walk.fault(number, "a tab; use spaces")
    return text.replace("\t", "  ")


def _compose(text: str, walk: _Walk) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        walk.fault(1 if mark is None else mark.line + 1, f"not valid YAML: {problem}")
    except RecursionError:
        walk.fault(1, "not valid YAML: nested too deeply")
    return None


def _value(node: yaml.Node, at: KeyPath, walk: _Walk) -> Value:
    line = node.start_mark.line + 1
    walk.lines.setdefault(at, line)
    if id(node) in walk.seen:
        walk.fault(line, "YAML aliases (*name) are not allowed")
        return None
    walk.seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, walk)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*at, index), walk) for index, child in enumerate(node.value)]
    return _scalar(node, line, walk)


def _mapping(node: yaml.MappingNode, at: KeyPath, walk: _Walk) -> Value:
    data: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            walk.fault(line, "a key must be a plain word")
            continue
        key = str(key_node.value)
        if key in data:
            walk.fault(line, f"`{key}` is written twice")
            continue
        here = (*at, key)
        walk.lines[here] = line
        data[key] = _value(value_node, here, walk)
    return data


def _scalar(node: yaml.Node, line: int, walk: _Walk) -> Value:
    tag = node.tag.removeprefix("tag:yaml.org,2002:")
    raw = str(node.value)
    if tag == "str":
        return raw
    if tag == "null":
        return None
    if tag == "bool":
        return raw.lower() in ("true", "yes", "on")
    if tag == "int" and _INTEGER.match(raw):
        return int(raw)
    walk.fault(line, f"`{raw[:40]}` is read as {tag}; put it in quotes")
    return raw

"""What stands in the audit, in the words of whoever reads it: details, codes and reps by their names."""

import uuid
from collections.abc import Mapping
from typing import Any

from babel.lists import format_list
from babel.units import format_unit

from gateway.desk.names import Names
from gateway.desk.records import Rep
from gateway.opening import LOCALES

# The groups of names that a detail's codes are looked up in.
CODES: Mapping[str, tuple[str, ...]] = {
    "reason": ("reason",),
    "outcome": ("outcome", "state"),
    "state": ("state",),
    "operation": ("operation",),
    "done": ("operation",),
    "to_team": ("team",),
    "team": ("team",),
    "from": ("owner",),
    "role": ("role",),
    "languages": ("language",),
    "kind": ("kind",),
}
REPS = ("of", "to_rep", "from_rep")
Json = dict[str, Any]


def facts(details: Mapping[str, Any], names: Names, known: Mapping[uuid.UUID, Rep]) -> list[Json]:
    """The details that say something, in their order."""
    given = {name: value for name, value in details.items() if value not in (None, "", [])}
    return [
        {"id": id, "name": names.one("detail", id), "value": said}
        for name, value in given.items()
        for id, said in _told(name, value, names, known)
    ]


def _told(name: str, value: Any, names: Names, known: Mapping[uuid.UUID, Rep]) -> list[tuple[str, str]]:
    if name == "changes" and isinstance(value, Mapping):
        return [(field, _step(field, step, names)) for field, step in value.items()]
    if name in REPS:
        return [(name, _rep(value, known))]
    if name == "waited":
        return [(name, format_unit(value, "duration-second", locale=LOCALES[names.language]))]
    if name == "value":
        thing, key = str(value).split(":")[:2]
        place = names.one("thing", thing)
        return [(name, place if thing == "draft" else f"{place}\u00a0{key}")]
    return [(name, _words(name, value, names))]


def _step(field: str, step: Any, names: Names) -> str:
    before, after = (_words(field, side, names) if side else "\u2013" for side in step)
    return f"{before} \u2192 {after}"


def _words(name: str, value: Any, names: Names) -> str:
    if isinstance(value, list):
        return format_list([_words(name, one, names) for one in value], locale=LOCALES[names.language])
    for group in CODES.get(name, ()):
        found = names.one(group, str(value))
        if found != str(value):
            return found
    return str(value)


def _rep(value: Any, known: Mapping[uuid.UUID, Rep]) -> str:
    found = next((rep.name for rep_id, rep in known.items() if str(rep_id) == str(value)), None)
    return found or str(value)

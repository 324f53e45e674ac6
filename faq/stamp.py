"""Marks the English as read again after a change in the French, touching nothing else in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from faq.faults import ContentError
from faq.loaded import Loaded
from faq.loader import CONTENT_ROOT, read_content

_KEY = re.compile(r"^( *)translates:.*$")


def stamp_content(root: Path = CONTENT_ROOT) -> list[Path]:
    """Refresh every `en.translates` that is old or missing; return what changed, or raise ContentError."""
    loaded, faults = read_content(root)
    if faults:
        raise ContentError(faults)
    changed = []
    for key, stamp in _old_stamps(loaded):
        document = loaded.documents[key]
        if not _write(document.path, document.line("en"), document.lines.get(("en", "translates")), stamp):
            raise ContentError(
                [loaded.fault(key, "give `en:` and `translates:` a line each to stamp it", "en")]
            )
        changed.append(document.path)
    return changed


def _old_stamps(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for entry in loaded.content.entries.values():
        if entry.texts["en"].translates != entry.texts["fr"].stamp():
            yield f"entry:{entry.id}", entry.texts["fr"].stamp()
    for page in loaded.content.pages.values():
        if page.texts["en"].translates != page.texts["fr"].stamp():
            yield f"page:{page.id}", page.texts["fr"].stamp()


def _write(path: Path, english: int, line: int | None, stamp: str) -> bool:
    lines = path.read_text(encoding="utf-8").split("\n")
    if line is not None and _KEY.match(lines[line - 1]):
        lines[line - 1] = _KEY.sub(rf'\g<1>translates: "{stamp}"', lines[line - 1])
    elif line is None and lines[english - 1].rstrip() == "en:":
        lines.insert(english, f'  translates: "{stamp}"')
    else:
        return False
    path.write_text("\n".join(lines), encoding="utf-8")
    return True

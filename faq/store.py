"""Serves the content while people edit it: a good edit shows within a second, a broken one never."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from faq.faults import ContentError, Fault
from faq.loader import CONTENT_ROOT, content_files, read_content
from faq.model import Content
from faq.yamlfile import Document, parse_yaml

log = logging.getLogger(__name__)

SCAN_EVERY = 0.5
Signature = tuple[int, int]


class ContentStore:
    """Keeps the last good content of a folder and re-reads only the files that changed."""

    def __init__(
        self,
        root: Path = CONTENT_ROOT,
        *,
        clock: Callable[[], float] = time.monotonic,
        scan_every: float = SCAN_EVERY,
    ) -> None:
        self._root = root
        self._clock = clock
        self._scan_every = scan_every
        self._lock = Lock()
        self._documents: dict[Path, tuple[Signature | None, Document]] = {}
        self._told: set[Fault] = set()
        self._signatures = self._scan()
        self._next_scan = clock() + scan_every
        self._content = self._first_load()

    def current(self) -> Content:
        """Return the content as the files now say, or as they last said when an edit broke them."""
        with self._lock:
            if self._clock() >= self._next_scan:
                self._next_scan = self._clock() + self._scan_every
                self._look()
            return self._content

    def _first_load(self) -> Content:
        loaded, faults = read_content(self._root, self._parse)
        if faults:
            raise ContentError(faults)
        return loaded.content

    def _look(self) -> None:
        signatures = self._scan()
        if signatures == self._signatures:
            return
        self._signatures = signatures
        loaded, faults = read_content(self._root, self._parse)
        if faults:
            self._tell(faults)
            return
        self._content = loaded.content
        self._told.clear()
        log.info("FAQ content read again: %d entries", len(loaded.content.entries))

    def _tell(self, faults: list[Fault]) -> None:
        for fault in faults:
            if fault not in self._told:
                log.error("FAQ content not updated: %s:%d: %s", fault.path, fault.line, fault.message)
        self._told = set(faults)

    def _scan(self) -> dict[Path, Signature]:
        found = {}
        for path in content_files(self._root):
            signature = _signature(path)
            if signature is not None:
                found[path] = signature
        return found

    def _parse(self, path: Path) -> Document:
        signature = _signature(path)
        known = self._documents.get(path)
        if known is None or known[0] != signature or signature is None:
            known = (signature, parse_yaml(path))
            self._documents[path] = known
        return known[1]


def _signature(path: Path) -> Signature | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size

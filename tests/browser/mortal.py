"""A Chromium of its own, with everything a rep has open in it, that can be killed."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserType

WITHIN = 60  # seconds, for machines that are busy


@dataclass(frozen=True)
class Mortal:
    """A browser, and the processes it is made of."""

    browser: Browser
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As if the plug were pulled: no goodbye is said."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def a_mortal(kind: BrowserType, path: str, folder: Path, flags: list[str]) -> Iterator[Mortal]:
    """Start one that keeps its files in `folder`."""
    command = [path, *flags, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        browser = kind.connect_over_cdp(f"http://127.0.0.1:{_port(folder / 'DevToolsActivePort')}")
        yield Mortal(browser, process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _port(file: Path) -> int:
    ends = time.monotonic() + WITHIN
    while time.monotonic() < ends:
        if file.exists() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.05)
    raise AssertionError("Chromium did not start")

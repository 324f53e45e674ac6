"""Reports of bounced mail dropped in a folder or maildir, taken one by one and put aside."""

from pathlib import Path

import structlog

from backend.domain.people import SYSTEM
from backend.service.backend import Backend
from backend.service.bounces import take_report

log = structlog.get_logger("backend.worker")
BATCH = 50
LARGEST = 1_000_000


async def take_dropped(backend: Backend, folder: Path) -> int:
    """Take what lies there; moved only afterwards, so that a killed worker takes it again."""
    is_maildir = (folder / "new").is_dir()
    source = folder / "new" if is_maildir else folder
    aside = folder / ("cur" if is_maildir else "taken")
    files = sorted(path for path in source.iterdir() if path.is_file() and not path.name.startswith("."))
    for path in files[:BATCH]:
        if path.stat().st_size <= LARGEST:
            returned = await take_report(backend, SYSTEM, path.read_bytes())
            log.info("bounce_taken", returned_to_paper=returned)
        aside.mkdir(exist_ok=True)
        path.replace(aside / (f"{path.name}:2,S" if is_maildir else path.name))
    return len(files[:BATCH])

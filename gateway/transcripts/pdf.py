"""A transcript as PDF/UA-1: tagged, in its language, embedded fonts only."""

import asyncio
import json
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "templates"


async def make_pdf(document: dict[str, Any]) -> bytes:
    """The document, off the event loop."""
    return await asyncio.to_thread(_compile, json.dumps(document, ensure_ascii=False))


def _compile(data: str) -> bytes:
    content = typst.compile(
        str(TEMPLATES / "transcript.typ"),
        root=str(TEMPLATES),
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    assert isinstance(content, bytes)
    return content

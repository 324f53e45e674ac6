"""From data and a Typst template to a tagged PDF; embedded fonts only, the same on every machine."""

import asyncio
import json
from pathlib import Path
from typing import Any

import typst

from backend.domain.people import Language
from backend.wording.texts import texts

TEMPLATES = Path(__file__).parent / "templates"


def letterhead(language: Language) -> dict[str, str]:
    """Whose document it is, at its head."""
    return {name: texts().get(f"company.{name}", language) for name in ("name", "contact")}


async def make_pdf(template: str, data: dict[str, Any]) -> bytes:
    """The document, off the event loop."""
    return await asyncio.to_thread(_compile, template, json.dumps(data, ensure_ascii=False))


def _compile(template: str, data: str) -> bytes:
    content = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    assert isinstance(content, bytes)
    return content

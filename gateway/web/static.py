"""Serves the built widget and styles; a page must work, and this must not break, when nothing is built."""

import re
from pathlib import Path

from aiohttp import web

from gateway.errors import GatewayError
from gateway.web.keys import SETTINGS

routes = web.RouteTableDef()

WIDGET = "assistant-chat.js"
STYLES = "help.css"
PAGE_SCRIPT = "help.js"
DESK = "desk.js"
SOFTPHONE = "softphone.js"
# Vite puts a hash of the content into these names, so that they never change.
_HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_FOREVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "public, no-cache"


@routes.get("/static/{path:.+}")
async def static(request: web.Request) -> web.FileResponse:
    """One built file; other sites may load it, which is what embedding means."""
    name = request.match_info["path"]
    path = find_static(request.app[SETTINGS].gateway_static_dir, name)
    if path is None:
        raise GatewayError("not_found")
    is_hashed = name.startswith("assets/") and _HASHED.search(name) is not None
    return web.FileResponse(
        path,
        headers={
            "Cache-Control": _FOREVER if is_hashed else _ASK_EACH_TIME,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


def find_static(folder: Path, name: str) -> Path | None:
    """The file of that name inside the folder; None for anything else, hidden files included."""
    if "\x00" in name or "\\" in name or any(part.startswith(".") for part in name.split("/")):
        return None
    root = folder.resolve()
    path = (root / name).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def built_files(folder: Path) -> dict[str, bool]:
    """Which of the files that the pages ask for have been built."""
    return {
        "widget": find_static(folder, WIDGET) is not None,
        "styles": find_static(folder, STYLES) is not None,
        "desk": find_static(folder, DESK) is not None,
        "softphone": find_static(folder, SOFTPHONE) is not None,
        "page_script": find_static(folder, PAGE_SCRIPT) is not None,
    }

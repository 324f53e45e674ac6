"""JSON answers as readable UTF-8."""

import json
from collections.abc import Mapping

from aiohttp import web


def reply(answer: Mapping[str, object], *, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.json_response(answer, status=status, dumps=to_json)


def to_json(value: object) -> str:
    """Compact JSON with accents as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

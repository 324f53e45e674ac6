"""The action server: rasa-sdk's own, on loopback, answering only those who know the shared secret.

`python -m bot.actions` reads ACTIONS_SECRET (required) and ACTIONS_PORT (5055).
"""

from __future__ import annotations

import hmac
import os
import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 5055
OPEN_PATHS = ("/health",)


def build(secret: str) -> Sanic:
    """The application with every action of this package, closed to those without the secret."""
    executor = ActionExecutor()
    executor.register_package("bot.actions")
    app = create_app(executor, cors_origins=None)
    expected = f"Bearer {secret}".encode()

    async def check(request: Request) -> HTTPResponse | None:
        given = request.headers.get("authorization", "").encode()
        if request.path in OPEN_PATHS or hmac.compare_digest(given, expected):
            return None
        return json({"error": "unauthorized"}, status=401)

    app.register_middleware(check, "request")
    return app


def main() -> int:
    """Serve until stopped; 2 when there is no secret."""
    secret = os.environ.get("ACTIONS_SECRET", "")
    if len(secret) < 16:
        print("ACTIONS_SECRET must be set, to at least 16 characters", file=sys.stderr)
        return 2
    port = int(os.environ.get("ACTIONS_PORT", DEFAULT_PORT))
    build(secret).run(host=LOOPBACK, port=port, single_process=True, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

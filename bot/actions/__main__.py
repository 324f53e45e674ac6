"""The action server: rasa-sdk's own, on loopback, answering only those who know the shared secret.

`python -m bot.actions` reads ACTIONS_SECRET (required), ACTIONS_PORT (5055), ASSISTANT_BACKEND_TOKEN
(required) and ASSISTANT_BACKEND_URL (http://127.0.0.1:8001).
"""

from __future__ import annotations

import hmac
import os
import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json

from bot.actions.backend import SettingsFault, load_settings
from bot.actions.operation import close_backend
from bot.logs import keep_messages_out

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

    async def without_the_request(request: Request, answer: HTTPResponse) -> HTTPResponse | None:
        return json({"error": "failed"}, status=500) if answer.status == 500 else None

    async def let_go(_app: Sanic) -> None:
        await close_backend()

    app.register_listener(let_go, "after_server_stop")
    app.register_middleware(check, "request")
    app.register_middleware(without_the_request, "response")  # the SDK's would tell all, into Rasa's log
    return app


def main() -> int:
    """Serve until stopped; 2 when a setting is missing or can't be used."""
    secret = os.environ.get("ACTIONS_SECRET", "")
    if len(secret) < 16:
        print("ACTIONS_SECRET must be set, to at least 16 characters", file=sys.stderr)
        return 2
    try:
        load_settings()
    except SettingsFault as fault:
        print(fault, file=sys.stderr)
        return 2
    keep_messages_out()
    port = int(os.environ.get("ACTIONS_PORT", DEFAULT_PORT))
    build(secret).run(host=LOOPBACK, port=port, single_process=True, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The real gateway, with a small Rasa and a small backend behind it, beside the test, which may block."""

import asyncio
import os
import threading
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from gateway.app import create_app
from gateway.settings import Settings
from tests.browser.wire import Wire
from tests.fakes.backend import TOKEN, FakeBackend
from tests.fakes.rasa import SECRET, FakeRasa

Result = TypeVar("Result")


class Stack:
    """Gateway, Rasa, backend and the wire to them, on a loop in a thread of their own."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.rasa = FakeRasa()
        self.backend = FakeBackend()
        self.wire = Wire()
        self.gateway = web.Application()  # once it is started, the true one
        self.ahead = timedelta(0)  # how far the gateway's clock is before ours
        self.mails = folder / "mails"
        self._folder = folder
        self._settings = settings
        self._runners: list[web.AppRunner] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        """The gateway's address as browsers know it."""
        return self.wire.url

    def clock(self) -> datetime:
        """The gateway's time."""
        return datetime.now(UTC) + self.ahead

    def start(self) -> None:
        """Return when it answers."""
        self._thread.start()
        self.run(self._start())

    def stop(self) -> None:
        """Stop everything."""
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Cut the wire."""
        self.run(self.wire.cut())

    def mend(self) -> None:
        """Mend the wire."""
        self.run(self.wire.mend())

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The result of work done on the stack's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _start(self) -> None:
        rasa_port = await self._serve(self.rasa.app())
        backend_port = await self._serve_backend()
        settings = Settings(**self._gateway_values(rasa_port, backend_port))
        self.gateway = create_app(settings, clock=self.clock)
        await self.wire.open(await self._serve(self.gateway))

    async def _serve_backend(self) -> int:
        return await self._serve(self.backend.app())

    async def _stop(self) -> None:
        await self.wire.cut()
        for runner in reversed(self._runners):
            await runner.cleanup()

    async def _serve(self, app: web.Application) -> int:
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port: int = runner.addresses[0][1]
        return port

    def _gateway_values(self, rasa_port: int, backend_port: int) -> dict[str, Any]:
        values = {
            "gateway_secret": "a-secret-of-the-gateway",
            "gateway_database_url": f"sqlite+aiosqlite:///{self._folder / 'gateway.db'}",
            "rasa_url": f"http://127.0.0.1:{rasa_port}",
            "rasa_secret": SECRET,
            "backend_url": f"http://127.0.0.1:{backend_port}",
            "backend_token": TOKEN,
            "gateway_environment": "development",
            "gateway_sign_ins_per_minute": 1000,
            "gateway_conversations_per_minute": 1000,
            "mail_folder": self.mails,
        }
        return {**values, **self._settings}


def built() -> Path | None:
    """The folder of the built pages, if they are."""
    folder = Path(os.environ.get("ASSISTANT_GATEWAY_STATIC_DIR", Path(__file__).parents[2] / "web" / "dist"))
    return folder if (folder / "assistant-chat.js").is_file() and (folder / "help.css").is_file() else None

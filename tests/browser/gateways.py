"""Gateways in processes of their own, which tests kill; a scripted Rasa and the true backend live on."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from gateway.conversations.database import Database
from gateway.migrations.run import upgrade
from tests.browser.desk import DeskStack, bot
from tests.support.stack import READY_WITHIN, free_port
from tools.model import ROOT


class Gateways(DeskStack):
    """One gateway or several on the same database, each at an address that stays."""

    def __init__(self, folder: Path, demo_template: Path, *, count: int, **settings: Any) -> None:
        super().__init__(folder, demo_template, gateway_messages_per_minute=1000, **settings)
        self.rasa.script = bot
        self._ports = [free_port() for _ in range(count)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._environment: dict[str, str] = {}

    @property
    def urls(self) -> list[str]:
        """Their addresses."""
        return [f"http://127.0.0.1:{port}" for port in self._ports]

    def start(self) -> None:
        """Start all of them."""
        super().start()
        self.revive(*range(len(self._ports)))

    def stop(self) -> None:
        """Stop everything."""
        self.kill(*self._running)
        super().stop()

    def kill(self, *numbers: int) -> None:
        """End some at once, whatever they are doing."""
        for number in numbers:
            self._running[number].kill()
        for number in numbers:
            self._running.pop(number).wait()

    def revive(self, *numbers: int) -> None:
        """Start some, and return when they answer."""
        for number in numbers:
            environment = self._environment | {"ASSISTANT_GATEWAY_PORT": str(self._ports[number])}
            with (self._folder / f"gateway-{number}.log").open("ab") as log:
                self._running[number] = subprocess.Popen(
                    [sys.executable, "-m", "gateway"], cwd=ROOT, env=environment, stdout=log, stderr=log
                )
        ends = time.monotonic() + READY_WITHIN
        while not all(self._answers(number) for number in numbers):
            assert time.monotonic() < ends, "a gateway does not answer"
            time.sleep(0.05)

    def command(self, *arguments: str) -> str:
        """What a command of the gateway prints."""
        command = [sys.executable, "-m", "gateway", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    async def _start(self) -> None:
        rasa_port, backend_port = await asyncio.gather(self._serve(self.rasa.app()), self._serve_backend())
        values = self._gateway_values(rasa_port, backend_port)
        named = {f"ASSISTANT_{name.upper()}": str(value) for name, value in values.items()}
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **named}
        database = Database(values["gateway_database_url"])
        await upgrade(database)
        await database.close()

    def _answers(self, number: int) -> bool:
        try:
            with urllib.request.urlopen(f"{self.urls[number]}/api/ready", timeout=3) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

"""A random walk over one account of a backend whose clock obeys, for tests against a simple model."""

import asyncio
import shutil
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from backend.domain.clock import toronto_date
from backend.domain.errors import Refusal
from backend.storage.database import open_database
from tests.support.backend_world import World


class Walk(RuleBasedStateMachine):
    """Opens a database of its own; the rules are the subclass's."""

    folder: Path
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.keys = 0

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run it to its end."""
        return self.loop.run_until_complete(work)

    def tried(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What came of it, or the code of the refusal."""
        try:
            return self.run(work)
        except Refusal as refusal:
            return refusal.code

    def open_world(self) -> None:
        """A backend around a copy of the template."""
        path = self.folder / f"walk-{id(self)}.db"
        shutil.copy(self.template, path)
        self.database = open_database(f"sqlite+aiosqlite:///{path}", pool_size=2)
        self.world = World(self.database)

    def teardown(self) -> None:
        """Let go of the database."""
        self.run(self.database.close())
        self.loop.close()

    def key(self) -> str:
        """An idempotency key never used before."""
        self.keys += 1
        return f"walk-{self.keys:06}"

    @property
    def today(self) -> date:
        """The date in Toronto."""
        return toronto_date(self.world.clock.now)


def walk(machine: type[Walk], folder: Path, template: Path, *, walks: int, steps: int) -> None:
    """Walk so many times, so many steps each, the same at every run."""
    machine.folder, machine.template = folder, template
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

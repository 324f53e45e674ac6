"""What a story does to the product's parts while it is told: stops, kills, freezes and starts them."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from tests.support.stack import Stack

ACTS = ("stop", "kill", "start", "pause", "go_on", "slow")
CUT_AFTER = 1.0  # seconds from sending a message to killing the part that works on it


class Backstage:
    """The parts by name: gateway, rasa, actions, backend.

    Conversations may share one: what their story does to a part is done once, when all have come to it.
    """

    def __init__(self, stack: Stack, conversations: int = 1) -> None:
        self._stack = stack
        self._conversations, self._here, self._round = conversations, 0, 0
        self._changed = asyncio.Condition()
        self._frozen: set[str] = set()
        self._later: set[asyncio.Task[None]] = set()

    async def arrange(self, turn: Mapping[str, Any]) -> None:
        """Do what the turn says of a part, if it does."""
        for act in ACTS:
            if act in turn:
                await self._once(partial(getattr(self, f"_{act}"), turn[act]))

    async def cut(self, name: str) -> None:
        """Kill a part in the middle of what it is doing."""
        await self._once(partial(self._cut, name))

    async def leave(self) -> None:
        """One conversation is over; the others don't wait for it."""
        async with self._changed:
            self._conversations -= 1
            self._changed.notify_all()

    async def mend(self) -> None:
        """Everything runs again, whatever the story left behind."""
        for task in tuple(self._later):
            await task
        for name in tuple(self._frozen):
            await self._go_on(name)
        if missing := self._stack.missing():
            await asyncio.to_thread(self._stack.start, *missing)

    async def _once(self, act: Callable[[], Awaitable[None]]) -> None:
        async with self._changed:
            place = self._round
            self._here += 1
            self._changed.notify_all()
            await self._changed.wait_for(lambda: self._round > place or self._here >= self._conversations)
            if self._round == place:
                await act()
                self._here, self._round = 0, place + 1
                self._changed.notify_all()

    async def _cut(self, name: str) -> None:
        await asyncio.sleep(CUT_AFTER)
        await self._kill(name)

    async def _stop(self, name: str) -> None:
        await asyncio.to_thread(self._stack.stop, name)

    async def _kill(self, name: str) -> None:
        await asyncio.to_thread(self._stack.stop, name, how=signal.SIGKILL)

    async def _start(self, name: str) -> None:
        await asyncio.to_thread(self._stack.start, name)

    async def _pause(self, name: str) -> None:
        self._stack.pause(name)
        self._frozen.add(name)

    async def _go_on(self, name: str) -> None:
        self._stack.go_on(name)
        self._frozen.discard(name)

    async def _slow(self, seconds: float) -> None:
        """The backend answers nothing for so many seconds from now; the story goes on meanwhile."""
        await self._pause("backend")
        task = asyncio.create_task(self._wake_up(seconds))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _wake_up(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._go_on("backend")

"""Wakes those who follow a conversation; they then read what is new from the database.

Nothing is carried here but the news that there is news: what is shown is what is stored, in the order
of its numbers. So replay and live can neither lose nor double a message, and a slow reader costs nothing.
"""

import asyncio
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.errors import GatewayError


class Subscription:
    """One follower's bell."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is something new."""
        self._rung.set()

    async def wait(self, timeout: float) -> None:
        """Return at the next ring, or after `timeout` seconds at the latest."""
        try:
            async with asyncio.timeout(timeout):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()


class Live:
    """The followers of every conversation in this process, and in which ones an answer is being written."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._followers: defaultdict[uuid.UUID, set[Subscription]] = defaultdict(set)
        self._writing: Counter[uuid.UUID] = Counter()

    @contextmanager
    def follow(self, conversation_id: uuid.UUID) -> Iterator[Subscription]:
        """Follow a conversation; raises too_many_connections beyond the limit."""
        followers = self._followers[conversation_id]
        if len(followers) >= self._limit:
            raise GatewayError("too_many_connections", {"limit": self._limit})
        subscription = Subscription()
        followers.add(subscription)
        try:
            yield subscription
        finally:
            followers.discard(subscription)
            if not followers:
                self._followers.pop(conversation_id, None)

    def wake(self, conversation_id: uuid.UUID) -> None:
        """Ring for everyone who follows the conversation."""
        for subscription in self._followers.get(conversation_id, ()):
            subscription.ring()

    def wake_all(self) -> None:
        """Ring for everyone, when it isn't known what was missed."""
        for conversation_id in list(self._followers):
            self.wake(conversation_id)

    def is_writing(self, conversation_id: uuid.UUID) -> bool:
        """Whether an answer is being prepared."""
        return self._writing[conversation_id] > 0

    @contextmanager
    def writing(self, conversation_id: uuid.UUID) -> Iterator[None]:
        """Show followers that an answer is being prepared."""
        self._writing[conversation_id] += 1
        self.wake(conversation_id)
        try:
            yield
        finally:
            self._writing[conversation_id] -= 1
            if not self._writing[conversation_id]:
                del self._writing[conversation_id]
            self.wake(conversation_id)

    @property
    def followers(self) -> int:
        """How many follow any conversation."""
        return sum(len(group) for group in self._followers.values())

"""Wakes those who follow a conversation; they then read what is new from the database.

Nothing is carried here but the news that there is news: what is shown is what is stored, in the order
of its numbers. So replay and live can neither lose nor double a message, and a slow reader costs nothing.
"""

import asyncio
import math
import time
import uuid
from collections import defaultdict
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


class Bell:
    """Rings for every desk: of the queue and claimed conversations, or of deliveries to other systems."""

    def __init__(self) -> None:
        self.rung = 0  # times; who remembers the number knows whether something happened since
        self._listeners: set[Subscription] = set()

    @contextmanager
    def listen(self, subscription: Subscription) -> Iterator[None]:
        """Ring this subscription too, while the block runs."""
        self._listeners.add(subscription)
        try:
            yield
        finally:
            self._listeners.discard(subscription)

    def ring(self) -> None:
        """Something changed."""
        self.rung += 1
        for subscription in self._listeners:
            subscription.ring()


class Patience:
    """When to say that an answer takes long: once an answer, after `delay` seconds of writing."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._told: float | None = None

    def left(self, since: float | None) -> float:
        """Seconds until a word is due for the answer begun at `since`; infinite when none is."""
        if since is None or since == self._told:
            return math.inf
        return max(0.0, since + self._delay - time.monotonic())

    def is_over(self, since: float | None) -> bool:
        """Whether a word is due now; asking counts as saying it."""
        if self.left(since) > 0:
            return False
        self._told = since
        return True


class Live:
    """The followers of every conversation in this process, and in which ones an answer is being written."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._followers: defaultdict[uuid.UUID, set[Subscription]] = defaultdict(set)
        self._desks: defaultdict[uuid.UUID, set[Subscription]] = defaultdict(set)
        self._writing: dict[uuid.UUID, list[float]] = {}
        self.bell = Bell()
        self.deliveries = Bell()

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

    def attach(self, conversation_id: uuid.UUID, desk: Subscription) -> None:
        """Let a desk follow one more conversation, until it is detached."""
        self._desks[conversation_id].add(desk)

    def detach(self, conversation_id: uuid.UUID, desk: Subscription) -> None:
        """Let a desk follow it no more."""
        desks = self._desks.get(conversation_id, set())
        desks.discard(desk)
        if not desks:
            self._desks.pop(conversation_id, None)

    def wake(self, conversation_id: uuid.UUID) -> None:
        """Ring for everyone who follows the conversation."""
        for group in (self._followers, self._desks):
            for subscription in group.get(conversation_id, ()):
                subscription.ring()

    def wake_desks(self, conversation_id: uuid.UUID) -> None:
        """Ring for everyone who follows the conversation, and for every desk: who owns it has changed."""
        self.wake(conversation_id)
        self.bell.ring()

    def wake_all(self) -> None:
        """Ring for everyone, when it isn't known what was missed."""
        for conversation_id in [*self._followers, *self._desks]:
            self.wake(conversation_id)
        self.bell.ring()
        self.deliveries.ring()

    def writing_since(self, conversation_id: uuid.UUID) -> float | None:
        """Since when (on the monotonic clock) the present answer is being prepared; None when none is."""
        begun = self._writing.get(conversation_id)
        return begun[-1] if begun else None

    @contextmanager
    def writing(self, conversation_id: uuid.UUID) -> Iterator[None]:
        """Show followers that an answer is being prepared."""
        begun = time.monotonic()
        self._writing.setdefault(conversation_id, []).append(begun)
        self.wake(conversation_id)
        try:
            yield
        finally:
            self._writing[conversation_id].remove(begun)
            if not self._writing[conversation_id]:
                del self._writing[conversation_id]
            self.wake(conversation_id)

    @property
    def followers(self) -> int:
        """How many follow any conversation."""
        return sum(len(group) for group in self._followers.values())

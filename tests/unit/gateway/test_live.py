"""The bell rings for followers of one conversation only, and a ring is never missed."""

import asyncio
import math
import time
import uuid

import pytest

from gateway.conversations.live import Live, Patience
from gateway.conversations.locks import LocalLocks
from gateway.errors import GatewayError

HERE, ELSEWHERE = uuid.uuid4(), uuid.uuid4()


async def _rings(live: Live, conversation: uuid.UUID) -> bool:
    with live.follow(HERE) as subscription:
        live.wake(conversation)
        try:
            async with asyncio.timeout(0.05):
                await subscription.wait(10)
        except TimeoutError:
            return False
        return True


async def test_only_ones_own_bell_rings() -> None:
    live = Live(limit=2)

    assert await _rings(live, HERE)
    assert not await _rings(live, ELSEWHERE)


async def test_a_ring_before_the_wait_counts() -> None:
    live = Live(limit=2)
    with live.follow(HERE) as subscription:
        live.wake_all()
        await asyncio.wait_for(subscription.wait(10), 1)


async def test_writing_is_shown_while_any_turn_is_under_way() -> None:
    live = Live(limit=2)

    with live.writing(HERE):
        with live.writing(HERE):
            pass
        assert live.writing_since(HERE) is not None
    assert live.writing_since(HERE) is None


async def test_followers_are_bounded_and_forgotten() -> None:
    live = Live(limit=1)
    with live.follow(HERE), live.follow(ELSEWHERE), pytest.raises(GatewayError), live.follow(HERE):
        pass

    assert live.followers == 0
    assert not live._followers


async def test_a_lock_is_first_come_first_served_and_leaves_nothing_behind() -> None:
    locks, order = LocalLocks(), []

    async def work(number: int) -> None:
        async with locks.hold(HERE):
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(number) for number in range(10)))

    assert order == list(range(10))
    assert not locks._locks


def test_a_word_is_due_once_an_answer_and_only_while_one_is_written() -> None:
    patience, long_ago = Patience(1.5), time.monotonic() - 60

    assert patience.left(None) == math.inf
    assert 1.0 < patience.left(time.monotonic()) <= 1.5
    assert [patience.is_over(since) for since in (None, time.monotonic())] == [False, False]
    assert [patience.is_over(long_ago), patience.is_over(long_ago)] == [True, False]
    assert patience.left(long_ago) == math.inf
    assert patience.is_over(long_ago + 1)

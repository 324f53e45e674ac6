"""Several at once: what would go wrong without the locks, and doesn't with them."""

import asyncio
from typing import Any

import pytest

from backend.domain.people import SYSTEM
from backend.domain.records import Operation
from backend.service.addresses import ChangeAddress, apply_change, do_cancel_scheduled, do_change_address
from backend.service.linking import OneAccount
from backend.service.perform import Work, perform
from backend.service.plan_switch import SwitchPlan, do_switch_plan
from backend.storage.rows import Rows
from tests.support.backend_client import Caller
from tests.support.backend_world import NEW_HOME, TODAY, Person, World, address


def plan(person: Person, code: str = "world") -> SwitchPlan:
    return SwitchPlan(account_id=person.account.id, plan=code)


async def all_receipts(world: World, person: Person) -> list[Any]:
    async with world.backend.store.reading() as uow:
        return list(await uow.receipts.of_account(person.account.id, limit=100))


async def test_twenty_identical_confirmations_are_one_operation(
    world: World, as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"

    answers = await asyncio.gather(
        *(as_marie.post(path, {"plan": "world"}, key="confirmed-once") for _ in range(20))
    )

    assert len({answer["number"] for answer in answers}) == 1
    assert len(await all_receipts(world, marie)) == 1


async def test_the_same_key_for_something_else_is_refused(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"
    await as_marie.post(path, {"plan": "world"}, key="the-same-key")

    await as_marie.refused(
        "idempotency_key_reused", "POST", path, {"plan": "canada_500"}, status=409, key="the-same-key"
    )


async def test_a_refused_operation_leaves_its_key_free(as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"
    await as_marie.refused("plan_unchanged", "POST", path, {"plan": "basic"}, status=409, key="tried-twice")

    await as_marie.post(path, {"plan": "world"}, key="tried-twice")


async def _two_moves(world: World, marie: Person) -> list[tuple[str, str]]:
    """Two moves at once; what each receipt says was before and is after."""
    first, second = NEW_HOME, address(line1="9, rue Deux")
    await asyncio.gather(
        *(
            perform(
                world.backend,
                marie.actor,
                do_change_address,
                ChangeAddress(marie.account.id, to),
                key=f"move-{to.line1}",
            )
            for to in (first, second)
        )
    )
    found = sorted(await all_receipts(world, marie), key=lambda one: one.created_at)
    return [(one.before["billing_address"]["line1"], one.after["billing_address"]["line1"]) for one in found]


async def test_two_address_changes_at_once_follow_each_other(world: World, marie: Person) -> None:
    moves = await _two_moves(world, marie)
    starts, ends = {before for before, _ in moves}, {after for _, after in moves}

    assert starts - ends == {"12, rue Principale"}
    assert len(starts & ends) == 1  # the second began where the first had ended


async def test_without_the_row_lock_they_would_forget_each_other(
    world: World, marie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    if world.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time; there is no row lock to take away")
    real, barrier = Rows.get, asyncio.Barrier(2)

    async def unlocked(self: Any, id: str, *, lock: bool = False) -> Any:
        record = await real(self, id)
        if lock:
            await barrier.wait()
        return record

    monkeypatch.setattr(Rows, "get", unlocked)

    moves = await _two_moves(world, marie)

    assert {before for before, _ in moves} == {"12, rue Principale"}  # both believe they came first


async def test_worker_and_customer_at_the_same_minute_only_one_wins(world: World, marie: Person) -> None:
    day = TODAY.replace(day=25)
    await perform(
        world.backend,
        marie.actor,
        do_change_address,
        ChangeAddress(marie.account.id, NEW_HOME, day),
        key="move-away",
    )
    eve = world.clock.now
    account = OneAccount(marie.account.id)

    async def worker() -> bool:
        async with world.backend.store.writing() as uow:
            midnight = eve.replace(hour=5) + (NEXT - TODAY)
            done = await apply_change(Work(world.backend, uow, SYSTEM, midnight), account)
            await uow.commit()
            return done

    customer = perform(world.backend, marie.actor, do_cancel_scheduled, account, key="call-it-off")
    applied, cancelled = await asyncio.gather(worker(), customer, return_exceptions=True)

    operations = {one.operation for one in await all_receipts(world, marie)}
    assert (applied is True) != (not isinstance(cancelled, BaseException))
    assert (Operation.ADDRESS_APPLIED in operations) != (Operation.ADDRESS_SCHEDULE_CANCEL in operations)


NEXT = TODAY.replace(day=25)


async def test_two_workers_apply_and_send_once(world: World, marie: Person) -> None:
    await perform(
        world.backend,
        marie.actor,
        do_change_address,
        ChangeAddress(marie.account.id, NEW_HOME, NEXT),
        key="move-away",
    )
    world.clock.forward(days=1)

    await asyncio.gather(*(world.worker.round() for _ in range(4)))
    await world.worker.until_idle()

    applied = [one for one in await all_receipts(world, marie) if one.operation is Operation.ADDRESS_APPLIED]
    assert len(applied) == 1
    assert len(world.mail.handed_over) == len(set(world.mail.handed_over)) == 2


async def test_leaving_without_a_commit_changes_nothing(world: World, marie: Person) -> None:
    async with world.backend.store.writing() as uow:
        await do_switch_plan(Work(world.backend, uow, marie.actor, world.clock()), plan(marie))
        await uow.flush()

    assert (await world.account(marie)).plan_code == "basic"
    assert await all_receipts(world, marie) == []


async def test_parallel_guesses_are_all_counted(as_marie: Caller, boris: Person) -> None:
    stranger = Caller(as_marie.client)

    async def guess(word: int) -> int:
        body = {"user_id": "boris", "password": f"guess{word}"}
        async with stranger.client.post("/v1/sessions", json=body) as answer:
            return answer.status

    statuses = await asyncio.gather(*(guess(word) for word in range(15)))

    assert statuses.count(401) <= 5
    assert statuses.count(429) >= 10

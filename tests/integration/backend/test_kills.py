"""A process killed at the worst moment: nothing is lost, nothing is done twice."""

import asyncio
import sys
from pathlib import Path

from backend.domain.records import MessageState, Operation
from backend.service.addresses import ChangeAddress, do_change_address
from backend.service.perform import perform
from backend.service.plan_switch import SwitchPlan, do_switch_plan
from backend.worker.mail import FileMail
from backend.worker.sending import send_due
from tests.support.backend_kill import DEAD
from tests.support.backend_world import NEW_HOME, OLD_HOME, TODAY, Person, World


async def kill(
    moment: str, world: World, person: Person, *, folder: Path | str = "", days: float = 0
) -> None:
    """Run the process that dies."""
    url = world.database.engine.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.backend_kill",
        moment,
        url,
        person.profile.id,
        person.account.id,
        str(folder),
        str(days),
    )
    assert await process.wait() == DEAD


async def test_killed_between_commit_and_answer_the_retry_gets_the_same_receipt(
    world: World, marie: Person
) -> None:
    await kill("after-commit", world, marie)

    command = SwitchPlan(marie.account.id, "world")
    done = await perform(world.backend, marie.actor, do_switch_plan, command, key="before-the-cut")
    async with world.backend.store.reading() as uow:
        receipts = await uow.receipts.of_account(marie.account.id, limit=10)

    assert done.is_repeat
    assert [receipt.number for receipt in receipts] == [done.receipt.number]


async def test_killed_between_sending_and_marking_the_message_arrives_once(
    world: World, marie: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "outbox"
    command = SwitchPlan(marie.account.id, "world")
    await perform(world.backend, marie.actor, do_switch_plan, command, key="an-operation")
    world.clock.forward(seconds=1)
    await kill("before-marking", world, marie, folder=folder, days=0.001)
    mail = FileMail(folder, sender="service@example.ca")

    while_claimed = await send_due(world.backend, mail)
    world.clock.forward(minutes=10)
    after = await send_due(world.backend, mail)

    assert (while_claimed, after) == (0, 1)
    assert len(list(folder.glob("*.eml"))) == 1
    async with world.backend.store.reading() as uow:
        message = await uow.outbox.get(next(folder.glob("*.eml")).stem)
    assert message is not None
    assert message.state is MessageState.SENT


async def test_killed_before_the_commit_a_scheduled_change_is_applied_by_the_next_worker(
    world: World, marie: Person
) -> None:
    command = ChangeAddress(marie.account.id, NEW_HOME, TODAY.replace(day=25))
    await perform(world.backend, marie.actor, do_change_address, command, key="a-scheduled-move")
    await kill("before-commit", world, marie, days=1)

    in_between = (await world.account(marie)).billing_address
    world.clock.forward(days=1)
    await world.worker.until_idle()
    async with world.backend.store.reading() as uow:
        receipts = await uow.receipts.of_account(marie.account.id, limit=10)

    assert in_between == OLD_HOME
    assert (await world.account(marie)).billing_address == NEW_HOME
    assert [one.operation for one in receipts].count(Operation.ADDRESS_APPLIED) == 1

"""A process that dies at a chosen moment, as a power cut would have it."""

import asyncio
import os
import sys
from email.message import EmailMessage
from pathlib import Path

from backend.domain.people import SYSTEM, Actor, ActorKind, Channel
from backend.service.addresses import apply_change
from backend.service.linking import OneAccount
from backend.service.perform import Work, perform
from backend.service.plan_switch import SwitchPlan, do_switch_plan
from backend.storage.database import open_database
from backend.worker.mail import FileMail
from backend.worker.sending import send_due
from tests.support.backend_world import World

DEAD = 9


class DeadlyMail(FileMail):
    """Hands the message over, and dies before anybody can note it."""

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """The last thing this process does."""
        await super().send(message, id=id)
        os._exit(DEAD)


async def die(moment: str, url: str, profile_id: str, account_id: str, folder: str, days: str) -> None:
    """Do one thing and die in it."""
    world = World(open_database(url))
    world.clock.forward(days=float(days))
    actor = Actor(ActorKind.CUSTOMER, profile_id, Channel.PORTAL, profile_id=profile_id)
    if moment == "after-commit":
        await perform(
            world.backend, actor, do_switch_plan, SwitchPlan(account_id, "world"), key="before-the-cut"
        )
    elif moment == "before-marking":
        await send_due(world.backend, DeadlyMail(Path(folder), sender="service@example.ca"))
    elif moment == "before-commit":
        async with world.backend.store.writing() as uow:
            await apply_change(Work(world.backend, uow, SYSTEM, world.clock()), OneAccount(account_id))
            await uow.flush()
            os._exit(DEAD)
    os._exit(DEAD)


if __name__ == "__main__":
    asyncio.run(die(*sys.argv[1:]))

"""One account walked at random over months, against a model simple enough to be believed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from backend.domain.accounts import Delivery
from backend.domain.clock import toronto_date
from backend.domain.people import Actor, ActorKind, Channel
from backend.domain.records import Receipt
from backend.service import addresses, ebills, plan_switch, undo
from backend.service.linking import OneAccount
from backend.service.perform import perform
from tests.support.backend_walk import Walk, walk
from tests.support.backend_world import OLD_HOME, address

HOMES = [OLD_HOME, *(address(line1=f"{number}, rue du Modèle") for number in range(1, 4))]
PLANS = ["basic", "world", "north_america"]


class AccountMachine(Walk):
    """The operations of one account and what each should leave."""

    def __init__(self) -> None:
        super().__init__()
        self.home, self.plan, self.delivery = OLD_HOME, "basic", Delivery.PAPER
        self.pending: tuple[Any, Any] | None = None
        self.undoable: tuple[str, str, Any] | None = None  # the last plan switch: number, plan before, day
        self.receipts = 0

    @initialize()
    def open(self) -> None:
        self.open_world()
        self.person = self.run(
            self.world.person(
                "marie", "100000001", next_bill_on=toronto_date(self.world.clock()) + timedelta(9999)
            )
        )

    def do(self, service: Any, command: Any) -> Receipt | str:
        """The receipt, or the code of the refusal."""
        profile = self.person.profile.id
        actor = Actor(ActorKind.CUSTOMER, profile, Channel.PORTAL, profile_id=profile)
        done = self.tried(perform(self.world.backend, actor, service, command, key=self.key()))
        if isinstance(done, str):
            return done
        self.receipts += 1
        receipt: Receipt = done.receipt
        return receipt

    @rule(home=st.sampled_from(HOMES))
    def move_now(self, home: Any) -> None:
        result = self.do(addresses.do_change_address, addresses.ChangeAddress(self.person.account.id, home))
        assert (result == "address_unchanged") == (home == self.home)
        self.home = home

    @rule(home=st.sampled_from(HOMES), days=st.integers(1, 40))
    def move_later(self, home: Any, days: int) -> None:
        day = self.today + timedelta(days=days)
        result = self.do(
            addresses.do_change_address, addresses.ChangeAddress(self.person.account.id, home, day)
        )
        same = self.pending == (home, day) if self.pending else home == self.home
        assert (result == "address_unchanged") == same
        if not same:
            self.pending = (home, day)

    @rule()
    def call_off(self) -> None:
        result = self.do(addresses.do_cancel_scheduled, OneAccount(self.person.account.id))
        assert (result == "no_scheduled_change") == (self.pending is None)
        self.pending = None

    @rule(plan=st.sampled_from(PLANS))
    def switch(self, plan: str) -> None:
        result = self.do(plan_switch.do_switch_plan, plan_switch.SwitchPlan(self.person.account.id, plan))
        assert (result == "plan_unchanged") == (plan == self.plan)
        if isinstance(result, Receipt):
            self.undoable = (result.number, self.plan, self.today)
            self.plan = plan

    @precondition(lambda self: self.undoable is not None)
    @rule()
    def undo_switch(self) -> None:
        assert self.undoable is not None
        number, before, day = self.undoable
        result = self.do(undo.do_undo, undo.Undo(number))
        if isinstance(result, Receipt):
            assert day == self.today
            self.plan, self.undoable = before, None
        else:
            assert result == "undo_too_late"
            assert day != self.today

    @rule(wants=st.booleans())
    def choose_delivery(self, wants: bool) -> None:
        account = self.person.account.id
        if wants:
            result = self.do(ebills.do_enrol, ebills.EnrolEBill(account, "m@example.ca", True))
            assert (result == "ebill_already_on") == (self.delivery is Delivery.EBILL)
            self.delivery = Delivery.EBILL
        else:
            result = self.do(ebills.do_leave, OneAccount(account))
            assert (result == "ebill_not_on") == (self.delivery is Delivery.PAPER)
            self.delivery = Delivery.PAPER

    @rule(days=st.integers(1, 30), is_awake=st.booleans())
    def wait(self, days: int, is_awake: bool) -> None:
        for _ in range(days):
            self.world.clock.forward(days=1)
            if is_awake:
                self.run(self.world.worker.apply_changes())
        self.run(self.world.worker.apply_changes())
        if self.pending is not None and self.pending[1] <= self.today:
            self.home, self.pending = self.pending[0], None
            self.receipts += 1

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "person"):
            return
        account, pending, receipts = self.run(self._stored())
        assert (account.billing_address, account.plan_code) == (self.home, self.plan)
        assert account.delivery is self.delivery
        assert (account.ebill_email is not None) == (self.delivery is Delivery.EBILL)
        assert ((pending.address, pending.effective_on) if pending else None) == self.pending
        assert len({receipt.number for receipt in receipts}) == self.receipts

    async def _stored(self) -> Any:
        async with self.world.backend.store.reading() as uow:
            account = await uow.accounts.get(self.person.account.id)
            receipts = await uow.receipts.of_account(self.person.account.id, limit=500)
            return account, await uow.changes.pending(self.person.account.id), receipts


def test_months_of_random_operations_agree_with_the_model(tmp_path: Path, sqlite_template: Path) -> None:
    walk(AccountMachine, tmp_path, sqlite_template, walks=12, steps=30)

"""Everything that can be done by conversation, one module for each topic."""

from __future__ import annotations

from bot.actions.dialogue.operation import Operation
from bot.actions.operations import accounts, address, bills, ebill, pay, payments, people, plans, receipts

OPERATIONS: tuple[Operation, ...] = (
    *people.OPERATIONS,
    *accounts.OPERATIONS,
    *address.OPERATIONS,
    *plans.OPERATIONS,
    *payments.OPERATIONS,
    *pay.OPERATIONS,
    *ebill.OPERATIONS,
    *bills.OPERATIONS,
    *receipts.OPERATIONS,
)

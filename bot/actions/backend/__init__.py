"""The company's backend as conversations use it: typed answers, refusals in words, no doubt hidden."""

from bot.actions.backend.client import Backend, Customer
from bot.actions.backend.errors import BackendFault, OutcomeUnknown, Refused, SignInNeeded, Unreachable
from bot.actions.backend.models import (
    Account,
    Address,
    Balance,
    Bill,
    EBill,
    Line,
    Payment,
    Plan,
    Profile,
    Receipt,
    Report,
    Scheduled,
    Summary,
    Undo,
    Words,
)
from bot.actions.backend.settings import Settings, SettingsFault, load_settings
from bot.actions.backend.transport import Budget, Patience

__all__ = [
    "Account",
    "Address",
    "Backend",
    "BackendFault",
    "Balance",
    "Bill",
    "Budget",
    "Customer",
    "EBill",
    "Line",
    "OutcomeUnknown",
    "Patience",
    "Payment",
    "Plan",
    "Profile",
    "Receipt",
    "Refused",
    "Report",
    "Scheduled",
    "Settings",
    "SettingsFault",
    "SignInNeeded",
    "Summary",
    "Undo",
    "Unreachable",
    "Words",
    "load_settings",
]

"""Which of the customer's accounts: the only one, the one named, or asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.backend.models import Account
from bot.actions.dialogue.cues import fold, says, without
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.saying import Choice, Value, account, phrase
from bot.actions.dialogue.turn import Turn
from bot.entities import Kind, Reading, extract, find

ACCOUNT = "account"
SERVICES = ("telephone", "wireless", "internet")
BY_ITSELF = 4  # words up to which an account named is the answer, whatever else they might ask


async def settle_account(turn: Turn) -> bool:
    """Find the account, or ask which one; whether it is known now."""
    assert turn.glance is not None
    task, accounts = turn.task, await turn.glance.accounts()
    chosen = accounts if len(accounts) == 1 else _named(turn, accounts)
    if len(chosen) == 1:
        task.account_id, task.asked, task.offered = chosen[0].id, None, []
        return True
    task.asked = ACCOUNT
    buttons = turn.offer([Choice(label(one), one.id) for one in chosen or accounts])
    turn.tell("utter_ask_account", buttons=buttons)
    return False


async def answers_account(turn: Turn) -> bool:
    """Whether the question which account is answered by naming one, which is then taken."""
    task, heard = turn.task, turn.heard
    if task.asked != ACCOUNT or turn.glance is None or not heard.text:
        return False
    asks = heard.intent.startswith(("op_", "faq_")) and heard.intent != turn.operation.intent
    if asks and heard.is_confident and len(heard.words) > BY_ITSELF:
        return False
    named = named_accounts(heard.text, heard, await turn.glance.accounts())
    if len(named) != 1:
        return False
    task.account_id, task.asked, task.offered = named[0].id, None, []
    return True


def label(one: Account) -> Value:
    """An account in the customer's words: its services and its number."""
    kinds = [str(service["kind"]) for service in one.services if service.get("kind") in SERVICES]
    services = [phrase(f"phrase_service_{kind}") for kind in dict.fromkeys(kinds)]
    return phrase(
        "phrase_account", services={"all": services}, account=account(one.number), holder=one.holder
    )


def _named(turn: Turn, accounts: Sequence[Account]) -> list[Account]:
    """Those that the words of this turn, or the sentences that began the task, may mean."""
    for text in (turn.heard.text, *turn.task.opening):
        found = named_accounts(text, turn.heard, accounts)
        if found:
            return found
    return []


def named_accounts(text: str, heard: Heard, accounts: Sequence[Account]) -> list[Account]:
    """The accounts named by number, or else by kind of service or of customer."""
    reading = Reading(today=heard.today, asked=Kind.ACCOUNT_NUMBER)
    numbers = {entity.value for entity in find(extract(text, heard.language, reading), Kind.ACCOUNT_NUMBER)}
    by_number = [one for one in accounts if one.number in numbers]
    if by_number or numbers - {None}:
        return by_number
    rest = without("account_wireless", text)
    said = {kind for kind in (*SERVICES, "business", "residential") if says(f"account_{kind}", rest)}
    if rest != fold(text):
        said.add("wireless")
    return [one for one in accounts if said and said <= {one.kind, *_kinds(one)}]


def _kinds(one: Account) -> set[str]:
    return {str(service.get("kind")) for service in one.services}

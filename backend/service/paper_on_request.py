"""Paper beside the e-bill, by CRTC policy 2022-28: the one exception to "never both"."""

from dataclasses import dataclass

from backend.domain.accounts import Account, PaperReason
from backend.domain.errors import Refusal
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.linking import OneAccount
from backend.service.perform import Work


@dataclass(frozen=True)
class AskForPaper:
    """Have paper bills at no charge, whatever else; the customer says why, nobody asks for proof."""

    account_id: str
    reason: PaperReason


async def do_ask_for_paper(work: Work, command: AskForPaper) -> Receipt:
    """From the next bill on (FAQ ebill_and_paper)."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    if account.paper_on_request is command.reason:
        raise Refusal("paper_on_request_already_on")
    before = _state(account)
    account.paper_on_request = command.reason
    return await work.leave_receipt(
        Operation.PAPER_ON_REQUEST, profile, account=account, before=before, after=_state(account)
    )


async def do_stop_paper(work: Work, command: OneAccount) -> Receipt:
    """Bills travel one way again."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    if account.paper_on_request is None:
        raise Refusal("paper_on_request_not_on")
    before = _state(account)
    account.paper_on_request = None
    return await work.leave_receipt(
        Operation.PAPER_ON_REQUEST_END, profile, account=account, before=before, after=_state(account)
    )


def _state(account: Account) -> dict[str, object]:
    reason = account.paper_on_request
    return {"delivery": account.delivery.value, "paper_on_request": reason.value if reason else None}

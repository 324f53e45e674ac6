"""Several accounts on one profile: link with proof, choose the default, unlink (FAQ several_accounts)."""

from dataclasses import dataclass

from backend.domain.errors import Refusal
from backend.domain.people import AccountLink, Actor
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.backend import Backend
from backend.service.perform import Done, Work, perform
from backend.service.profiles import tell_the_others
from backend.service.proof import Proof, count_try, prove


@dataclass(frozen=True)
class LinkAccount:
    """Make one more account answer to this profile."""

    proof: Proof


@dataclass(frozen=True)
class OneAccount:
    """A command about an account and nothing else."""

    account_id: str


async def link_account(
    backend: Backend, actor: Actor, command: LinkAccount, *, key: str, address: str
) -> Done:
    """Link on proof; tries are limited for the profile, the client address and the account."""
    policy = backend.policy
    await count_try(
        backend,
        (f"proof-profile:{actor.profile_id}", policy.proof_profile),
        (f"proof-address:{address}", policy.proof_address),
        (backend.tries_of("proof-account", command.proof.account_number), policy.proof_account),
    )
    return await perform(backend, actor, do_link_account, command, key=key)


async def do_link_account(work: Work, command: LinkAccount) -> Receipt:
    """Add the link; those who manage the account already are told."""
    profile = await work.profile(lock=True)
    account = await prove(work.uow, command.proof)
    if await work.uow.accounts.link(profile.id, account.id) is not None:
        raise Refusal("account_already_linked")
    await tell_the_others(work, account.id)
    work.uow.accounts.add_link(AccountLink(profile_id=profile.id, account_id=account.id, linked_at=work.now))
    if profile.default_account_id is None:
        profile.default_account_id = account.id
    (await work.uow.attempts.of(f"proof-profile:{profile.id}", work.now)).succeeded(work.now)
    return await work.leave_receipt(
        Operation.ACCOUNT_LINK, profile, account=account, after={"account_number": account.number}
    )


async def do_unlink_account(work: Work, command: OneAccount) -> Receipt:
    """Remove the link; the profile keeps at least one account."""
    profile = await work.profile(lock=True)
    account = await access_account(work.uow, work.actor, command.account_id)
    linked = await work.uow.accounts.of_profile(profile.id)
    if len(linked) == 1:
        raise Refusal("last_account")
    link = await work.uow.accounts.link(profile.id, account.id)
    assert link is not None
    await work.uow.accounts.remove_link(link)
    if profile.default_account_id == account.id:
        profile.default_account_id = next(other.id for other in linked if other.id != account.id)
    return await work.leave_receipt(
        Operation.ACCOUNT_UNLINK, profile, account=account, before={"account_number": account.number}
    )


async def do_set_default_account(work: Work, command: OneAccount) -> Receipt:
    """The account that is ready at each visit (FAQ which_account_number)."""
    profile = await work.profile(lock=True)
    account = await access_account(work.uow, work.actor, command.account_id)
    previous = await work.uow.accounts.get(profile.default_account_id or "")
    profile.default_account_id = account.id
    return await work.leave_receipt(
        Operation.DEFAULT_ACCOUNT_CHANGE,
        profile,
        account=account,
        before={"default_account": previous.number if previous else None},
        after={"default_account": account.number},
    )

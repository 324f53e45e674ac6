"""Another e-mail address: asked for with the password, used once the link sent there has been opened."""

from dataclasses import dataclass

from backend.domain.errors import Refusal
from backend.domain.people import Actor, Channel, RecoveryLink
from backend.domain.records import Operation, Receipt
from backend.service.backend import Backend, new_token, token_digest
from backend.service.perform import Done, Work, perform
from backend.service.profiles import confirm_password
from backend.service.recovery import minutes, use_link, work_for

EMAIL = "email"


@dataclass(frozen=True)
class ChangeEmail:
    """Be written to elsewhere."""

    email: str
    password: str


@dataclass(frozen=True)
class ConfirmEmail:
    """The link has been opened: the address is really theirs."""

    token: str
    channel: Channel


async def change_email(backend: Backend, actor: Actor, command: ChangeEmail, *, key: str) -> Done:
    """Ask for the change; the present address gets the receipt, the new one the link."""
    await confirm_password(backend, actor, command.password)
    return await perform(backend, actor, do_ask_email, command, key=key)


async def do_ask_email(work: Work, command: ChangeEmail) -> Receipt:
    """Promise the link; a newer request makes an older one useless."""
    profile = await work.profile(lock=True)
    if command.email == profile.email:
        raise Refusal("email_unchanged", field="email")
    backend, token = work.backend, new_token()
    await work.uow.recovery.drop(profile.id, EMAIL)
    work.uow.recovery.add(
        RecoveryLink(
            token_digest=token_digest(token),
            profile_id=profile.id,
            purpose=EMAIL,
            expires_at=work.now + backend.policy.recovery_life,
            email=command.email,
        )
    )
    link = f"{backend.public_url}/recovery?lang={profile.language.value}#{EMAIL}={token}"
    values = {"link": link, "minutes": minutes(backend)}
    work.send("verify_email", profile, values=values, to=command.email)
    return await work.leave_receipt(
        Operation.EMAIL_CHANGE_ASKED,
        profile,
        before={"email": profile.email},
        after={"email": profile.email, "new_email": command.email},
    )


async def confirm_email(backend: Backend, command: ConfirmEmail) -> Done:
    """Use the new address from now on, and tell the old one."""
    async with backend.store.writing() as uow:
        profile, link = await use_link(backend, uow, command.token, EMAIL)
        before, profile.email = profile.email, link.email or profile.email
        work = work_for(backend, uow, profile, command.channel)
        receipt = await work.leave_receipt(
            Operation.EMAIL_CHANGE, profile, before={"email": before}, after={"email": profile.email}
        )
        work.send("receipt", profile, values={"number": receipt.number}, to=before)
        await uow.commit()
    return Done(receipt)

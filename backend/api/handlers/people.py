"""Profiles, sessions and recovery over HTTP."""

from typing import Any

from pydantic_core import to_jsonable_python

from backend.api.call import Call
from backend.api.schemas import people as m
from backend.api.schemas.receipts import ReceiptOut
from backend.domain.errors import Refusal
from backend.domain.identifiers import parse_account_number
from backend.service import email_address, lapse, phone_pin, profiles, recovery, signing_in, views
from backend.service.perform import Done


def receipt(call: Call, done: Done) -> ReceiptOut:
    """A done operation as it goes out."""
    return ReceiptOut.of(done, call.language, call.backend.now(), is_preview=call.is_preview)


def person(call: Call) -> Any:
    """The profile of a route that only customers reach."""
    assert call.profile is not None
    return call.profile


async def register(call: Call) -> ReceiptOut:
    """Open a profile on proof."""
    body: m.RegisterIn = call.body
    command = profiles.Register(
        proof=body.checked(),
        user_id=body.user_id,
        password=body.password,
        email=body.email,
        language=body.language,
    )
    done = await profiles.register(
        call.backend, command, channel=call.channel, address=call.address, key=call.key
    )
    return receipt(call, done)


async def sign_in(call: Call) -> m.SessionOut:
    """Open a session."""
    command = signing_in.SignIn(
        user_id=call.body.user_id, password=call.body.password, address=call.address, channel=call.channel
    )
    return _session(call, await signing_in.sign_in(call.backend, command))


async def sign_in_by_phone(call: Call) -> m.SessionOut:
    """Open a session for a caller."""
    command = phone_pin.PhoneSignIn(
        account_number=call.body.account_number,
        pin=call.body.pin,
        address=call.address,
        channel=call.channel,
    )
    return _session(call, await phone_pin.sign_in_by_phone(call.backend, command))


def _session(call: Call, opened: signing_in.SignedIn) -> m.SessionOut:
    return m.SessionOut(
        token=opened.token,
        session_id=opened.session.id,
        expires_at=opened.session.expires_at,
        idle_minutes=int(call.backend.policy.session_idle.total_seconds() // 60),
        profile=m.ProfileOut.of(opened.profile),
    )


async def sign_out(call: Call) -> None:
    """End the session."""
    await signing_in.sign_out(call.backend, call.actor)


async def show_profile(call: Call) -> m.ProfileOut:
    """The profile of the customer."""
    return m.ProfileOut.of(person(call))


async def change_user_id(call: Call) -> ReceiptOut:
    """Be known by another user id."""
    command = profiles.ChangeUserId(user_id=call.body.user_id, password=call.body.password)
    return receipt(call, await profiles.change_user_id(call.backend, call.actor, command, key=call.key))


async def change_password(call: Call) -> ReceiptOut:
    """Choose another password."""
    command = profiles.ChangePassword(password=call.body.password, new_password=call.body.new_password)
    return receipt(call, await profiles.change_password(call.backend, call.actor, command, key=call.key))


async def change_phone_pin(call: Call) -> ReceiptOut:
    """Choose a PIN for the telephone."""
    command = phone_pin.ChangePhonePin(password=call.body.password, pin=call.body.pin)
    return receipt(call, await phone_pin.change_phone_pin(call.backend, call.actor, command, key=call.key))


async def change_email(call: Call) -> ReceiptOut:
    """Be written to elsewhere, once the link sent there is opened."""
    command = email_address.ChangeEmail(email=call.body.email, password=call.body.password)
    return receipt(call, await email_address.change_email(call.backend, call.actor, command, key=call.key))


async def change_language(call: Call) -> ReceiptOut:
    """Be written to in the other language."""
    command = profiles.ChangeLanguage(language=call.body.language)
    return receipt(call, await call.do(profiles.do_change_language, command))


async def delete_profile(call: Call) -> ReceiptOut:
    """Forget me."""
    command = lapse.DeleteProfile(password=call.body.password)
    return receipt(call, await lapse.delete_profile(call.backend, call.actor, command, key=call.key))


async def export_profile(call: Call) -> m.ExportOut:
    """Everything held about the customer."""
    return m.ExportOut(**to_jsonable_python(await views.export(call.backend, call.actor)))


async def ask_recovery(call: Call) -> m.RecoveryOut:
    """Send a recovery link, if the address is known."""
    body: m.RecoveryIn = call.body
    command = recovery.AskRecovery(
        email=body.email,
        user_id=body.user_id,
        purpose=body.forgotten,
        address=call.address,
        channel=call.channel,
    )
    await recovery.ask_recovery(call.backend, command)
    return m.RecoveryOut()


async def recover_password(call: Call) -> ReceiptOut:
    """Choose a new password with a link."""
    command = recovery.SetPassword(
        token=call.body.token, new_password=call.body.new_password, channel=call.channel
    )
    return receipt(call, await recovery.recover_password(call.backend, command))


async def confirm_email(call: Call) -> ReceiptOut:
    """The new address is really theirs."""
    command = email_address.ConfirmEmail(token=call.body.token, channel=call.channel)
    return receipt(call, await email_address.confirm_email(call.backend, command))


async def recover_user_id(call: Call) -> m.UserIdOut:
    """See a forgotten user id with a link."""
    return m.UserIdOut(user_id=await recovery.recover_user_id(call.backend, call.body.token))


async def find_customers(call: Call) -> m.CustomersOut:
    """The profiles that manage an account, for reps."""
    async with call.backend.store.reading() as uow:
        account = await uow.accounts.by_number(parse_account_number(call.query.account_number))
        found = await uow.profiles.of_account(account.id) if account else []
    if account is None or not found:
        raise Refusal("customer_not_found")
    return m.CustomersOut(account_id=account.id, profiles=[m.ProfileOut.of(profile) for profile in found])

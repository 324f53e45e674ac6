"""Reads Twilio's requests: only those that bear Twilio's signature for this very address and content."""

from collections.abc import Mapping
from typing import Any

import phonenumbers
from aiohttp import web
from multidict import MultiDictProxy
from pydantic import SecretStr
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types

from gateway.errors import GatewayError
from gateway.settings import Settings
from gateway.voice.call import Connected, Heard, Incoming

SPEECH_LENGTH = 1000  # characters of what was recognised
DIGITS_LENGTH = 40
Form = Mapping[str, str]

# How transfers end, in Twilio's words for Dial and for Enqueue.
CONNECTED = frozenset({"completed", "answered", "bridged", "redirected", "redirected-from-bridged"})
LEFT = frozenset({"hangup", "canceled"})
ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


async def read_form(request: web.Request, settings: Settings) -> Form:
    """The request's fields; raises not_found while the door is closed, forbidden without the signature."""
    token = settings.voice_twilio_auth_token
    if token is None:
        raise GatewayError("not_found")
    form = await request.post()
    if any(not isinstance(value, str) for value in form.values()):
        raise GatewayError("forbidden")
    signature = request.headers.get("X-Twilio-Signature", "")
    if not _is_signed(token, address_of(request, settings), form, signature):
        raise GatewayError("forbidden")
    return {name: str(value) for name, value in form.items()}


def _is_signed(token: SecretStr, address: str, form: MultiDictProxy[Any], signature: str) -> bool:
    validator = RequestValidator(token.get_secret_value())
    return bool(signature.isascii() and validator.validate(address, form, signature))


def address_of(request: web.Request, settings: Settings) -> str:
    """The address Twilio called, which it signed: as told, as the proxies in front say, or as we see it."""
    scheme, host = request.scheme, request.host
    if settings.gateway_trusted_proxies:
        scheme = _outermost(request, "X-Forwarded-Proto", settings) or scheme
        host = _outermost(request, "X-Forwarded-Host", settings) or host
    return address_at(settings, scheme, host, request.raw_path)


def address_at(settings: Settings, scheme: str, host: str, path: str) -> str:
    """An address of ours as others know it."""
    public = settings.gateway_public_url
    return (str(public).rstrip("/") if public is not None else f"{scheme}://{host}") + path


def _outermost(request: web.Request, name: str, settings: Settings) -> str | None:
    """What the outermost proxy we trust saw; a proxy that is not the only one may only repeat it."""
    told = [part.strip() for part in ",".join(request.headers.getall(name, [])).split(",") if part.strip()]
    return told[-min(len(told), settings.gateway_trusted_proxies)] if told else None


def read_incoming(form: Form) -> Incoming:
    """The call that begins; raises bad_request without its id."""
    return Incoming(id=call_id(form), caller=_number(form.get("From", "")))


def read_heard(form: Form) -> Heard:
    """What the caller said or dialled."""
    try:
        confidence: float | None = float(form.get("Confidence", ""))
    except ValueError:
        confidence = None
    return Heard(
        digits="".join(key for key in form.get("Digits", "") if key in "0123456789*#")[:DIGITS_LENGTH],
        speech=form.get("SpeechResult", "").strip()[:SPEECH_LENGTH],
        confidence=confidence or None,
        caller=_number(form.get("From", "")),
    )


def read_connected(form: Form) -> Connected:
    """How a transfer ended."""
    told = form.get("DialCallStatus") or form.get("QueueResult") or ""
    if told in CONNECTED:
        return "connected"
    return "left" if told in LEFT else "failed"


def has_ended(form: Form) -> bool:
    """Whether this is about a call that is over."""
    return form.get("CallStatus", "") in ENDED


def call_id(form: Form) -> str:
    """The call's id; raises bad_request."""
    found = form.get("CallSid", "")
    if not (found.isascii() and found.isalnum() and 0 < len(found) <= 64):
        raise GatewayError("bad_request")
    return found


def _number(given: str) -> str | None:
    """The caller's number in international form; None when it is withheld or no number."""
    try:
        number = phonenumbers.parse(given, "CA")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

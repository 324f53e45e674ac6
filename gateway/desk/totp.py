"""Time-based one-time codes (RFC 6238): SHA-1, six digits, thirty seconds, as authenticators have them."""

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote

STEP = 30  # seconds
DIGITS = 6
DRIFT = 1  # steps that a clock may be off, either way


def new_secret() -> str:
    """Twenty random bytes in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of one step of time."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(now: datetime) -> int:
    """The number of the step that a moment lies in."""
    return int(now.timestamp()) // STEP


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step, now or one beside, whose code this is; spaces don't count. None for any other code."""
    given = "".join(code.split()).encode()
    found = None
    for step in range(step_of(now) - DRIFT, step_of(now) + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), given):
            found = step
    return found


def otpauth_uri(secret: str, *, account: str, issuer: str) -> str:
    """What authenticators read, as a picture or as a link."""
    label = f"{quote(issuer)}:{quote(account)}"
    settings = f"algorithm=SHA1&digits={DIGITS}&period={STEP}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&{settings}"

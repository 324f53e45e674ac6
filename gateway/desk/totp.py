"""Time-based one-time codes of authenticators (pyotp), told apart by their step so that each serves once."""

from datetime import datetime, timedelta
from io import StringIO

import pyotp
import segno

STEP = 30  # seconds
ISSUER = "Assistant desk"
DRIFT = 1  # steps that a clock may be off, either way


def new_secret() -> str:
    """A secret as authenticators take it."""
    return pyotp.random_base32()


def code_at(secret: str, step: int) -> str:
    """The code of one step of time."""
    return pyotp.TOTP(secret, interval=STEP).generate_otp(step)


def step_of(now: datetime) -> int:
    """The number of the step that a moment lies in."""
    return int(now.timestamp()) // STEP


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step, now or one beside, whose code this is; spaces don't count. None for any other code."""
    given, codes = "".join(code.split()), pyotp.TOTP(secret, interval=STEP)
    moments = [now + timedelta(seconds=STEP * ahead) for ahead in range(-DRIFT, DRIFT + 1)]
    fitting = [step_of(moment) for moment in moments if codes.verify(given, for_time=moment)]
    return max(fitting, default=None)


def otpauth_uri(secret: str, *, account: str) -> str:
    """What authenticators read, as a picture or as a link."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account, issuer_name=ISSUER)


def qr_rows(uri: str) -> list[str]:
    """The picture of an address, line by line, 1 for dark; with the empty frame that scanners need."""
    code = segno.make(uri, error="m", micro=False)
    return ["".join(str(module) for module in row) for row in code.matrix_iter(border=4)]


def qr_in_terminal(uri: str) -> str:
    """The picture of an address in characters."""
    picture = StringIO()
    segno.make(uri, error="m", micro=False).terminal(picture, compact=True)
    return picture.getvalue()

"""The settings of a stack that takes calls."""

from __future__ import annotations

from collections.abc import Mapping

TOKEN = "the-token-of-a-telephone-for-tests"
PEOPLE = "+14185550100"


def voice_environment(**more: str) -> Mapping[str, Mapping[str, str]]:
    """What the gateway of such a stack is told besides; `more` are settings of the telephone."""
    settings = {
        "twilio_auth_token": TOKEN,
        "transfer": f"number:{PEOPLE}",
        "codes_per_minute": "100000",
        **more,
    }
    return {"gateway": {f"ASSISTANT_VOICE_{name.upper()}": value for name, value in settings.items()}}

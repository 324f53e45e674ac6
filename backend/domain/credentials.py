"""What a user id and a password must look like; "alphanumeric" in the FAQ means letters and digits."""

import re
import unicodedata

from backend.domain.errors import Refusal

USER_ID = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{2,62})[a-z0-9]")
SHORTEST, LONGEST = 8, 128
PIN_SHORTEST, PIN_LONGEST = 4, 8
_RUN = "0123456789"


def parse_user_id(text: str) -> str:
    """The user id as compared and stored: small letters, no spaces around."""
    user_id = unicodedata.normalize("NFKC", text).strip().casefold()
    if not USER_ID.fullmatch(user_id):
        raise Refusal("user_id_invalid", field="user_id")
    return user_id


def normal_password(text: str) -> str:
    """One form for what different keyboards send for the same letters."""
    return unicodedata.normalize("NFKC", text)


def check_password(text: str, *, user_id: str) -> str:
    """A new password with letters and digits, or a refusal that says which rule it broke."""
    password = normal_password(text)
    broken = [
        problem
        for problem, is_broken in (
            ("too_short", len(password) < SHORTEST),
            ("too_long", len(password) > LONGEST),
            ("no_letter", not any(character.isalpha() for character in password)),
            ("no_digit", not any(character.isdigit() for character in password)),
            ("contains_user_id", user_id in password.casefold()),
        )
        if is_broken
    ]
    if broken:
        raise Refusal("password_too_weak", field="password", problems=broken, shortest=SHORTEST)
    return password


def check_phone_pin(pin: str) -> str:
    """A new PIN of digits that is neither one digit again and again nor digits in a row."""
    broken = [
        problem
        for problem, is_broken in (
            ("not_digits", not (pin.isascii() and pin.isdigit())),
            ("too_short", len(pin) < PIN_SHORTEST),
            ("too_long", len(pin) > PIN_LONGEST),
            ("too_easy", len(set(pin)) < 2 or pin in _RUN or pin in _RUN[::-1]),
        )
        if is_broken
    ]
    if broken:
        raise Refusal(
            "phone_pin_invalid", field="pin", problems=broken, shortest=PIN_SHORTEST, longest=PIN_LONGEST
        )
    return pin

"""Argon2id for the passwords of reps, off the event loop and few at a time."""

import asyncio
import functools
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
SHORTEST = 12  # characters
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def new_password() -> str:
    """Four groups of four, to be told to a rep."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    """The hash to store."""
    return PasswordHasher().hash(_normal(password))


class Passwords:
    """Checks passwords; as slow for a rep who doesn't exist as for one who does."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def fits(self, password: str, hashed: str | None) -> bool:
        """Whether this is the password behind the hash."""
        async with self._turns:
            fits = await asyncio.to_thread(_verify, _normal(password), hashed or _decoy())
        return fits and hashed is not None


@functools.cache
def _decoy() -> str:
    return hash_password(secrets.token_urlsafe(16))


def _verify(password: str, hashed: str) -> bool:
    try:
        return PasswordHasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)

"""Argon2id off the event loop, two at a time, so that a rush of sign-ins can't take the memory."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from backend.domain.credentials import normal_password

AT_ONCE = 2


class Argon2:
    """The services' Hasher; with the library's own parameters unless told otherwise."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._decoy = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """The hash to store."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, normal_password(password))

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Whether the password fits; as slow for a profile that doesn't exist."""
        async with self._turns:
            fits = await asyncio.to_thread(self._fits, normal_password(password), hashed or self._decoy)
        return fits and hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(hashed)

    def _fits(self, password: str, hashed: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False

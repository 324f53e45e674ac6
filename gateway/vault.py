"""Seals secrets that must be read again, so that a copy of the database alone gives none of them away."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gateway.settings import Settings

PURPOSE = b"assistant: secrets of the desk"


class SealError(ValueError):
    """Sealed under a key that is not, or no more, among the keys."""


class Vault:
    """Seals with the first key and opens with any, so that keys can be replaced while the gateway runs."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: str) -> str:
        """The secret as it may be stored."""
        return self._keys.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret again; raises SealError."""
        try:
            return self._keys.decrypt(sealed).decode()
        except InvalidToken as error:
            raise SealError("sealed under a key that is not among ASSISTANT_DESK_SECRET_KEYS") from error

    def reseal(self, sealed: str) -> str:
        """The same secret under the first key; raises SealError."""
        return self.seal(self.open(sealed))


def vault_of(settings: Settings) -> Vault:
    """The vault of the settings' keys; in development they may come from the gateway's own secret."""
    keys = [key.get_secret_value() for key in settings.desk_secret_keys]
    return Vault(keys or [_derived_key(settings.gateway_secret.get_secret_value())])


def new_key() -> str:
    """A key for the settings."""
    return Fernet.generate_key().decode()


def _derived_key(secret: str) -> str:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived).decode()

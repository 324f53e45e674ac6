"""Signatures over what travels between us and the provider, so that neither believes a stranger."""

import hashlib
import hmac


def sign(secret: str, body: bytes) -> str:
    """The signature of a notice."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether the signature belongs to the notice; compared in constant time."""
    return hmac.compare_digest(sign(secret, body).encode(), signature.encode())

"""Quick replies leave the house as opaque signed tokens: what a button does never does."""

import base64
import binascii
import hashlib
import hmac
import struct
import uuid
from dataclasses import dataclass

_FORMAT = struct.Struct(">IB")  # message seq, index of the button in it
_MAC_BYTES = 16


@dataclass(frozen=True)
class ButtonRef:
    """Where a button stands in its conversation."""

    seq: int
    index: int

    def __str__(self) -> str:
        return f"{self.seq}.{self.index}"


class ButtonSigner:
    """Makes and reads button tokens; a token is worth something in its own conversation only."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"gateway-button:" + secret.encode()).digest()

    def token(self, conversation_id: uuid.UUID, ref: ButtonRef) -> str:
        """The opaque token of one button."""
        place = _FORMAT.pack(ref.seq, ref.index)
        return base64.urlsafe_b64encode(place + self._mac(conversation_id, place)).decode().rstrip("=")

    def read(self, conversation_id: uuid.UUID, token: str) -> ButtonRef | None:
        """The button a token stands for, or None when it is forged, malformed or another conversation's."""
        length = _FORMAT.size + _MAC_BYTES
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        place, mac = raw[: _FORMAT.size], raw[_FORMAT.size :]
        if len(raw) != length or not hmac.compare_digest(mac, self._mac(conversation_id, place)):
            return None
        return ButtonRef(*_FORMAT.unpack(place))

    def _mac(self, conversation_id: uuid.UUID, place: bytes) -> bytes:
        return hmac.digest(self._key, conversation_id.bytes + place, "sha256")[:_MAC_BYTES]

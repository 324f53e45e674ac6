"""What a customer typed, made safe to keep: no control characters, no half characters, bounded."""

import re
import unicodedata

from gateway.errors import GatewayError

# Control characters but newline and tab, halves of surrogate pairs, direction overrides that can
# disguise text, characters that take no space, and code points that mean nothing by decree.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def clean_text(text: str) -> str:
    """The text without what can't be seen, in NFC, without blank ends; line ends become newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text)).strip()


def check_message(text: str, *, limit: int) -> str:
    """The cleaned message; raises message_empty, or message_too_long with the limit in characters."""
    cleaned = clean_text(text)
    if not any(unicodedata.category(char)[0] not in "ZC" for char in cleaned):
        raise GatewayError("message_empty")
    if len(cleaned) > limit:
        raise GatewayError("message_too_long", {"limit": limit, "length": len(cleaned)})
    return cleaned

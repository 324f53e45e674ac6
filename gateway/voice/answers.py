"""Makes what is said, and what can be chosen, of the messages that answer a turn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from gateway.conversations.records import Message, Sender
from gateway.texts import Texts
from gateway.voice.call import Part
from gateway.voice.leg import Tools
from gateway.voice.prompts import CODE, NO_KEYS
from gateway.voice.speaking import parts_of
from gateway.voice.state import Asks, Choice
from gateway.voice.wording import line, line_with_digits

_NO_DIGIT = re.compile(r"\D")
GOODBYES = ("utter_goodbye", "utter_goodbye_kept")
TELLS_WHERE_SENT = ("utter_done_send_receipt",)
# What is done on a page only.
NEEDS_PAGE = ("utter_page_needs_screen",)
# What tells how something ended, besides a receipt.
ENDS = ("utter_outcome_unknown", "utter_refused", "utter_backend_down")


@dataclass(frozen=True)
class Answer:
    """What the bot answered, in parts, and what it waits for."""

    parts: list[Part]
    choices: list[Choice]
    asks: Asks | None
    card: str | None
    is_goodbye: bool
    is_done: bool  # whether it tells how something ended


def read_answer(tools: Tools, messages: Sequence[Message]) -> Answer:
    """The messages of an answer, the gateway's own among them."""
    shown = [message for message in messages if message.sender != Sender.CUSTOMER]
    cards = [message.extras["card"]["kind"] for message in shown if message.extras.get("card")]
    asks = [message.extras["asks"]["kind"] for message in shown if message.extras.get("asks")]
    last = next((message for message in reversed(shown) if message.extras.get("buttons")), None)
    return Answer(
        parts=[part for message in shown for part in spoken(tools.texts, message)],
        choices=[*([] if last is None else _choices(tools, last)), *_code(tools, shown, asks)],
        asks=cast(Asks, asks[-1]) if asks and asks[-1] in get_args(Asks) else None,
        card=cards[-1] if cards else None,
        is_done=tells_an_end(shown),
        is_goodbye=bool(shown) and shown[-1].extras.get("key") in GOODBYES,
    )


def spoken(texts: Texts, message: Message) -> list[Part]:
    """One message: its words, then its receipt's number, then where its links are."""
    parts = parts_of(message.text, message.extras.get("ssml"), message.lang)
    card = message.extras.get("card") or {}
    if card.get("kind") == "receipt":
        if card["number"] not in _NO_DIGIT.sub("", message.text):  # else it was said already
            said = line_with_digits(texts, "receipt_number", message.lang, "number", card["number"])
            parts.append((said,))
        if card.get("sent_to") and message.extras.get("key") not in TELLS_WHERE_SENT:
            parts.append((line(texts, "receipt_sent", message.lang),))
    if message.extras.get("links"):
        parts.append((line(texts, "link_on_site", message.lang),))
    return parts


def tells_an_end(messages: Sequence[Message]) -> bool:
    """Whether they say that something was done, or could not be."""
    return any(
        (message.extras.get("card") or {}).get("kind") == "receipt"
        or message.extras.get("key") in ENDS
        or message.sender == Sender.SYSTEM
        for message in messages
    )


def _code(tools: Tools, shown: Sequence[Message], asks: Sequence[str]) -> list[Choice]:
    """A code to go on at the page, where a telephone is not enough."""
    needs_page = any(one.extras.get("links") or one.extras.get("key") in NEEDS_PAGE for one in shown)
    if not shown or not (needs_page or (asks and asks[-1] in NO_KEYS)):
        return []
    return [Choice(token="", title=tools.texts.get("voice.code_choice", shown[-1].lang), role=CODE)]


def _choices(tools: Tools, message: Message) -> list[Choice]:
    return [
        Choice(
            token=tools.conversations.token(message, index),
            title=button["title"],
            ssml=button.get("ssml"),
            role=button.get("role"),
        )
        for index, button in enumerate(message.extras["buttons"])
    ]

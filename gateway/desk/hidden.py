"""What is personal is masked wherever the desk shows it; each hidden value has an id to ask for it by."""

from collections.abc import Mapping
from typing import Any

from gateway.desk.names import Names
from gateway.desk.records import Ticket
from gateway.masking.find import Known, find_spans
from gateway.masking.spans import Kind
from gateway.settings import Language

# Values of operations that are personal as a whole, whatever they look like.
SLOTS: Mapping[str, Kind] = {
    "account": Kind.ACCOUNT,
    "account_number": Kind.ACCOUNT,
    "postal_code": Kind.POSTAL_CODE,
    "address": Kind.ADDRESS,
    "ebill_email": Kind.EMAIL,
    "new_ebill_email": Kind.EMAIL,
}
# Amounts, days, codes and numbers of receipts, which are nobody's secret.
PLAIN = frozenset(
    {
        "amount",
        "another",
        "bill",
        "effective_on",
        "method",
        "paid",
        "paid_on",
        "pay_amount",
        "plan",
        "receipt",
        "undone",
    }
)
REACHED: Mapping[str, Kind] = {"telephone": Kind.PHONE, "email": Kind.EMAIL}
CARD_TEXTS = ("title", "undo", "sent_to")
Json = dict[str, Any]


class Hider:
    """Masks what one thing holds (message 12, draft 3f, ticket 10000001), and lists what it hid, in order.

    An id is `thing:field:number`, or `thing:field:all` where the whole field is hidden.
    """

    def __init__(self, thing: str, labels: Mapping[str, str], known: Known) -> None:
        self.hidden: list[Json] = []
        self._thing, self._labels, self._known = thing, labels, known

    def text(self, field: str, text: str) -> str:
        """The text with labels in the place of what is personal."""
        parts, position, length = [], 0, 0
        for number, span in enumerate(find_spans(text, self._known)):
            before, label = text[position : span.start], self._labels[span.kind]
            parts += [before, label]
            start = length + len(before)
            length, position = start + len(label), span.end
            self._add(field, str(number), span.kind, start, length)
        return "".join([*parts, text[position:]])

    def whole(self, field: str, kind: Kind) -> str:
        """The label in the place of the whole field."""
        label = self._labels[kind]
        self._add(field, "all", kind, 0, len(label))
        return label

    def tree(self, field: str, value: Any) -> Any:
        """The value with every text in it masked."""
        if isinstance(value, str):
            return self.text(field, value)
        if isinstance(value, Mapping):
            return {name: self.tree(f"{field}.{name}", part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.tree(f"{field}.{place}", part) for place, part in enumerate(value)]
        return value

    def _add(self, field: str, number: str, kind: Kind, start: int, end: int) -> None:
        id = f"{self._thing}:{field}:{number}"
        self.hidden.append({"id": id, "kind": str(kind), "field": field, "start": start, "end": end})


def hider_for(names: Names, thing: str, language: Language | None = None) -> Hider:
    """Masks in a language, the rep's unless said otherwise."""
    return Hider(thing, names.texts.group("masking", language or names.language), names.known)


def hide_card(hider: Hider, card: Mapping[str, Any]) -> Json:
    """A card with what is personal in its values hidden; the numbers of receipts stay."""
    shown = dict(card)
    if card.get("account"):
        shown["account"] = hider.whole("card.account", Kind.ACCOUNT)
    for name in (*CARD_TEXTS, "lines"):
        if name in card:
            shown[name] = hider.tree(f"card.{name}", card[name])
    return shown


def hide_slot(hider: Hider, slot: str, value: Any) -> Any:
    """A value that an operation holds."""
    if slot in PLAIN:
        return value
    return hider.whole(slot, SLOTS[slot]) if slot in SLOTS else hider.tree(slot, value)


def hide_ticket(names: Names, ticket: Ticket) -> Json:
    """How to reach the customer, and about what."""
    hider = hider_for(names, f"ticket:{ticket.number}")
    shown = {
        "reach_at": hider.whole("reach_at", REACHED[ticket.reach_by]),
        "message": hider.text("message", ticket.message),
    }
    return {**shown, "hidden": hider.hidden}

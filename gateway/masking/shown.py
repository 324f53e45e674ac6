"""A text as it is shown by default: masked, with where each value was, so that one can be asked for."""

from collections.abc import Mapping
from typing import Any

from gateway.masking.find import Known, find_spans, mask_text

Json = dict[str, Any]


def masked(text: str, labels: Mapping[str, str], known: Known) -> tuple[str, list[Json]]:
    """The masked text, and for each hidden value, in order, its kind and where its label stands."""
    parts, hidden, position, length = [], [], 0, 0
    for span in find_spans(text, known):
        before, label = text[position : span.start], labels[span.kind]
        parts += [before, label]
        start = length + len(before)
        length = start + len(label)
        hidden.append({"kind": str(span.kind), "start": start, "end": length})
        position = span.end
    return "".join([*parts, text[position:]]), hidden


def masked_card(card: Mapping[str, Any], labels: Mapping[str, str], known: Known) -> Json:
    """A card with what is personal in its values hidden; numbers of receipts stay."""
    shown = dict(card)
    if card.get("account"):
        shown["account"] = labels["account"]
    for name in ("title", "undo"):
        if isinstance(card.get(name), str):
            shown[name] = mask_text(card[name], labels, known)
    shown_lines = [
        {name: value and mask_text(str(value), labels, known) for name, value in line.items()}
        for line in card.get("lines", [])
    ]
    return {**shown, "lines": shown_lines} if "lines" in card else shown

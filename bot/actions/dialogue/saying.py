"""What the bot says: a key and typed values, put into words later, in whatever language the turn is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Value = Any  # JSON: text, number or one of the typed values that `bot.words` knows


@dataclass(frozen=True)
class Choice:
    """One button: its words, and what choosing it fills in."""

    label: Value
    value: Value


@dataclass(frozen=True)
class Button:
    """A button as it travels: opaque to everyone but the dialogue."""

    label: Value
    choice: str


@dataclass(frozen=True)
class Saying:
    """One utterance; `handoff` is the reason why a person should look."""

    key: str
    values: dict[str, Value] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    intents: tuple[str, ...] = ()  # buttons that begin something else
    links: tuple[dict[str, Value], ...] = ()
    card: dict[str, Any] | None = None
    handoff: str | None = None


def phrase(key: str, **values: Value) -> Value:
    """A text inside a text."""
    return {"key": key, "values": values}


def cents(amount: int) -> Value:
    """An amount of money, in Canadian cents."""
    return {"cents": amount}


def day(on: date) -> Value:
    """A date, said with its weekday."""
    return {"date": on.isoformat()}


def account(number: str) -> Value:
    """An account number, said in groups."""
    return {"account": number}


def email(address: str) -> Value:
    """An e-mail address, as it is or masked."""
    return {"email": address}


def spelled(text: str) -> Value:
    """A postal code or an e-mail address, said sign by sign."""
    return {"spelled": text}


def lines(values: list[Value]) -> Value:
    """A list, one line each."""
    return {"lines": values}

"""Keys: the reserved ones everywhere, choices, amounts with a star, dates of day and month."""

import pytest

from gateway.voice.keypad import LETTERS, Pressed, amount, day, digits_for, postal_code, read_keys
from gateway.voice.state import Asks

KINDS: tuple[Asks, ...] = (
    "text",
    "date",
    "amount",
    "account_number",
    "postal_code",
    "address",
    "email",
    "yes_no",
    "choice",
)


def read(digits: str, asks: Asks, *, choices: int = 0, is_asked: bool = True) -> Pressed:
    return read_keys(digits, asks, is_asked=is_asked, choices=choices, language="fr")


@pytest.mark.parametrize("asks", KINDS)
@pytest.mark.parametrize(
    ("key", "control"),
    [("0", "person"), ("9", "cancel"), ("*", "repeat"), ("#", "language"), ("**", "language")],
)
def test_reserved_keys_mean_the_same_at_every_question(asks: Asks, key: str, control: str) -> None:
    assert read(key, asks, choices=5) == Pressed(control=control)  # type: ignore[arg-type]


@pytest.mark.parametrize("asks", ["choice", "yes_no", "amount", "date", "text"])
def test_a_key_chooses_among_as_many_as_there_are(asks: Asks) -> None:
    assert read("2", asks, choices=2) == Pressed(choice=1)
    assert read("3", asks, choices=2).choice is None


def test_the_rest_of_a_list_has_a_key() -> None:
    assert read("8", "choice", choices=7) == Pressed(control="more")


@pytest.mark.parametrize(
    ("digits", "french", "english"),
    [
        ("52*30", "52,30 $", "$52.30"),
        ("52", "52,00 $", "$52.00"),
        ("5230", "5 230,00 $", "$5,230.00"),
        ("52*", "52,00 $", "$52.00"),
        ("0*05", "0,05 $", "$0.05"),
        ("1250*99", "1 250,99 $", "$1,250.99"),
        ("52*3", None, None),
        ("*30", None, None),
        ("52*300", None, None),
        ("5*2*30", None, None),
        ("12345678", None, None),
        ("", None, None),
    ],
)
def test_an_amount_is_dollars_a_star_and_two_digits_of_cents(
    digits: str, french: str | None, english: str | None
) -> None:
    found = amount(digits, "fr")

    assert (found and found.replace("\u00a0", " ")) == french
    assert amount(digits, "en") == english


@pytest.mark.parametrize(
    ("digits", "french", "english"),
    [
        ("0403", "4 mars", "March 4"),
        ("0108", "1er ao\u00fbt", "August 1"),
        ("2902", "29 f\u00e9vrier", "February 29"),
        ("3112", "31 d\u00e9cembre", "December 31"),
        ("3002", None, None),
        ("0013", None, None),
        ("403", None, None),
        ("04*3", None, None),
    ],
)
def test_a_date_is_day_then_month(digits: str, french: str | None, english: str | None) -> None:
    assert (day(digits, "fr"), day(digits, "en")) == (french, english)


@pytest.mark.parametrize(
    ("digits", "written"),
    [
        ("411732225", "G1R 2B5"),
        ("521210221", "K1A 0B1"),
        ("811943743", "T1Z 3S3"),
        ("441732225", None),
        ("111732225", None),
        ("401732225", None),
        ("41173222", None),
        ("41173*225", None),
    ],
)
def test_a_letter_is_its_key_and_its_place(digits: str, written: str | None) -> None:
    assert postal_code(digits) == written
    assert read(digits, "postal_code") == Pressed(text=written)


def test_every_letter_can_be_dialled() -> None:
    assert "".join(LETTERS.values()) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("asks", "is_asked", "choices", "digits"),
    [
        ("text", False, 0, 1),
        ("text", True, 0, 20),
        ("text", True, 2, 1),
        ("choice", True, 7, 1),
        ("yes_no", True, 2, 1),
        ("date", True, 0, 4),
        ("amount", True, 1, 12),
        ("account_number", True, 0, 9),
        ("postal_code", True, 0, 9),
        ("address", True, 1, 1),
        ("email", True, 0, 1),
    ],
)
def test_one_key_is_enough_where_nothing_longer_may_come(
    asks: Asks, is_asked: bool, choices: int, digits: int
) -> None:
    assert digits_for(asks, is_asked=is_asked, choices=choices) == digits


@pytest.mark.parametrize(
    ("digits", "asks"), [("123", "account_number"), ("7", "email"), ("5", "yes_no"), ("12", "choice")]
)
def test_what_means_nothing_is_nothing(digits: str, asks: Asks) -> None:
    assert read(digits, asks) == Pressed()

"""What logs may show; add a row to masked.tsv."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities.entity import Language
from bot.entities.mask import mask_email, mask_text
from tests.unit.entities.tables import rows


@pytest.mark.parametrize("row", rows("masked"))
def test_personal_values_are_hidden_and_the_rest_stays(row: dict[str, str]) -> None:
    assert mask_text(row["text"], cast(Language, row["language"])) == row["expected"]


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("marie@example.ca", "m***@example.ca"),
        ("m@example.ca", "m***@example.ca"),
        ("marie", "***"),
        ("@x", "***"),
        ("", "***"),
    ],
)
def test_an_email_address_keeps_its_first_letter_and_domain(address: str, masked: str) -> None:
    assert mask_email(address) == masked


@given(
    st.text(max_size=20),
    st.from_regex(r"[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{3,4}", fullmatch=True),
    st.text(max_size=20),
)
def test_no_nine_or_ten_digits_survive(before: str, number: str, after: str) -> None:
    masked = mask_text(f"{before} {number} {after}", "fr")

    assert number not in masked

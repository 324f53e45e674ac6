"""What customers type is kept whole but for what can't be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.conversations.words import check_message, clean_text
from gateway.errors import GatewayError


@pytest.mark.parametrize(
    "text",
    [
        "Ça va?",
        "l’été à Montréal, 12,50 $",
        "👩‍👩‍👧 ok",
        "e-mail: a@b.ca",
        "ligne un\nligne deux",
        "1\t2",
        "12 345 $",
        "مرحبا",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a  ", "a"),
        ("a\x00b\x1bc", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b", "a\nb"),
        ("\u202eevil", "evil"),
        ("e\u0301", "é"),
        ("a\ud800b", "ab"),
        ("\ufeffa", "a"),
    ],
)
def test_what_can_not_be_seen_goes(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(st.text(alphabet=st.characters(codec=None)))
def test_cleaned_text_can_always_be_stored_and_stays_clean(text: str) -> None:
    cleaned = clean_text(text)

    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0\u3000", "\u200b\u200d", "\x00", "\ue000"])
def test_nothing_visible_is_nothing(text: str) -> None:
    with pytest.raises(GatewayError, match="message_empty"):
        check_message(text, limit=10)


def test_the_limit_counts_characters_not_bytes() -> None:
    assert check_message("é" * 10, limit=10) == "é" * 10
    with pytest.raises(GatewayError) as refused:
        check_message("é" * 11, limit=10)
    assert refused.value.fields == {"limit": 10, "length": 11}

"""What is read aloud: amounts in words, digits in groups, dates and telephone numbers marked."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.address import POSTAL_LETTERS
from bot.words import Writer
from bot.words.texts import TextStore
from faq import ContentStore, load_content

WRITER = Writer(TextStore(), ContentStore())
DIGITS = '<say-as interpret-as="digits">'
CHARACTERS = '<say-as interpret-as="characters">'


def plain(text: str) -> str:
    """Hard spaces shown as ~, so that a test can be read."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ({"cents": 5230}, "52 dollars et 30 cents", "52 dollars and 30 cents"),
        ({"cents": 100}, "1 dollar", "1 dollar"),
        ({"cents": 101}, "1 dollar et 1 cent", "1 dollar and 1 cent"),
        ({"cents": 5}, "5 cents", "5 cents"),
        ({"cents": 0}, "0 dollar", "0 dollars"),
        ({"cents": -45000}, "moins 450 dollars", "minus 450 dollars"),
        ({"email": "marie@example.ca"}, "marie arobas example point ca", "marie at example dot ca"),
        (
            {"email": "m***@example.ca"},
            "une adresse qui commence par m, chez example point ca",
            "an address that begins with m, at example dot ca",
        ),
    ],
)
def test_amounts_and_addresses_are_said_in_words_and_kept_as_written(
    value: Any, french: str, english: str
) -> None:
    for language, words in (("fr", french), ("en", english)):
        said = WRITER.spoken_value(value, language)

        assert said.ssml == f'<sub alias="{words}">{said.text}</sub>'
        assert said.text == WRITER.value(value, language, "voice")


def test_digits_are_said_in_groups_and_a_receipts_slowly() -> None:
    account = WRITER.spoken_value({"account": "123456782"}, "fr").ssml
    receipt = WRITER.spoken_value({"number": "482109375562"}, "fr").ssml

    assert account.split('<break time="350ms"/>') == [
        f"{DIGITS}{group}</say-as>" for group in ("123", "456", "782")
    ]
    assert receipt.startswith('<prosody rate="slow">')
    assert [element.text for element in ET.fromstring(receipt).iter("say-as")] == ["4821", "0937", "5562"]


def test_dates_say_their_order() -> None:
    said = WRITER.spoken_value({"date": "2027-03-01"}, "fr")

    assert said.text == "1er mars 2027"
    assert said.ssml == '<say-as interpret-as="date" format="dmy">01-03-2027</say-as>'


@pytest.mark.parametrize("province", sorted(POSTAL_LETTERS))
def test_an_address_is_said_with_its_province_in_words(province: str) -> None:
    address = {"line1": "1, rue A", "city": "B", "province": province, "postal_code": "H7N 1A2"}

    for language in ("fr", "en"):
        said = WRITER.spoken_value({"address": address}, language).text

        assert said.startswith("1, rue A, B, ")
        assert f", {province}," not in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_telephone_numbers_are_marked_however_a_text_gives_them(language: str) -> None:
    fact = load_content().fill("{{ customer_service_phone }}", language, "spoken")
    by_fact = WRITER.said(fact, language)
    typed = WRITER.said("Composez le 418 555-0123.", language)

    assert '<say-as interpret-as="telephone">1-800-340-4920</say-as>' in by_fact.ssml
    assert typed.ssml == 'Composez le <say-as interpret-as="telephone">418-555-0123</say-as>.'
    assert typed.text == "Composez le 418 555-0123."


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_whatever_a_customer_typed_the_marks_are_well_formed_and_the_words_the_same(text: str) -> None:
    said = WRITER.spoken("utter_confirm", {"what": text}, "fr")
    value = WRITER.spoken_value({"any": [text, {"cents": 5230}]}, "en")

    for spoken in (said, value):
        heard = "".join(ET.fromstring(f"<speak>{spoken.ssml}</speak>").itertext())
        assert "".join(heard.split()).replace("-", "") == "".join(spoken.text.split()).replace("-", "")


def test_a_postal_code_and_an_address_are_said_sign_by_sign() -> None:
    code = WRITER.spoken_value({"spelled": "G1R 2B5"}, "fr")
    email = WRITER.spoken_value({"spelled": "j-luc.roy@example.ca"}, "fr")
    in_english = WRITER.spoken_value({"spelled": "j_roy@example.ca"}, "en")

    assert code.ssml == f'{CHARACTERS}G1R</say-as><break time="350ms"/>{CHARACTERS}2B5</say-as>'
    assert code.text == "G 1 R, 2 B 5"
    assert email.ssml == (
        f"{CHARACTERS}j</say-as> tiret {CHARACTERS}luc</say-as> point {CHARACTERS}roy</say-as>"
        '<break time="350ms"/>arobas example point ca'
    )
    assert email.text == "j-luc.roy@example.ca"
    assert in_english.ssml == (
        f'{CHARACTERS}j</say-as> underscore {CHARACTERS}roy</say-as><break time="350ms"/>at example dot ca'
    )

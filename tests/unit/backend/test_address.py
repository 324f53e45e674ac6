"""Canadian addresses: what is refused, and what is kept exactly as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.address import POSTAL_LETTERS, parse_postal_code
from backend.domain.errors import Refusal
from tests.support.backend_world import address


@pytest.mark.parametrize(
    "line", ["45, boul. René-Lévesque O., app. 3", "C.P. 340", "1010, rue Sainte-Catherine E."]
)
def test_french_forms_are_kept_as_typed(line: str) -> None:
    assert line == address(line1=line).line1


@pytest.mark.parametrize("typed", ["g1r2b5", "G1R 2B5", "g1r-2b5", " G1R\u00a02B5 "])
def test_a_postal_code_may_be_typed_in_any_form(typed: str) -> None:
    assert parse_postal_code(typed) == "G1R 2B5"


@pytest.mark.parametrize(
    "typed", ["D1R 2B5", "G1R 2B", "W1A 1A1", "Z1A 1A1", "G1O 2B5", "12345", "", "G1R 2B55"]
)
def test_a_code_that_canada_post_never_gives_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_postal_code(typed)

    assert (refusal.value.code, refusal.value.fields["problem"]) == ("address_invalid", "format")


@pytest.mark.parametrize(("province", "code"), [("ON", "G1R 2B5"), ("QC", "M5H 3T4"), ("NU", "Y1A 1C2")])
def test_the_postal_code_must_belong_to_the_province(province: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        address(province=province, postal_code=code)

    assert refusal.value.fields["problem"] == "other_province"


@given(st.sampled_from([(p, letter) for p, letters in POSTAL_LETTERS.items() for letter in letters]))
def test_every_province_accepts_its_own_letters(pair: tuple[str, str]) -> None:
    province, letter = pair

    assert address(province=province, postal_code=f"{letter}1A 1A1").province == province


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"line1": " ,. "}, "line1"),
        ({"city": ""}, "city"),
        ({"province": "XX"}, "province"),
        ({"line1": "a" * 81}, "line1"),
        ({"line1": "1 rue\u200b"}, "line1"),
    ],
)
def test_a_refusal_names_the_field(different: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        address(**different)

    assert refusal.value.fields["field"] == field

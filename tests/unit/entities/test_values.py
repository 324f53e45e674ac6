"""Amounts, numbers, e-mail addresses, methods, ranks, refusals: add a row to the table of that name."""

from typing import cast

import pytest

from bot.entities import Kind
from bot.entities.entity import Language
from tests.unit.entities.shown import read, shown
from tests.unit.entities.tables import rows

NUMBERS = {Kind.ACCOUNT_NUMBER, Kind.RECEIPT_NUMBER, Kind.PHONE, Kind.POSTAL_CODE}
REFUSED = {Kind.DATE, Kind.AMOUNT, Kind.ACCOUNT_NUMBER, Kind.EMAIL}


def _language(row: dict[str, str]) -> Language:
    return cast(Language, row["language"])


@pytest.mark.parametrize("row", rows("amounts_fr"))
def test_french_amounts(row: dict[str, str]) -> None:
    assert shown(read(row["phrase"], "fr", {Kind.AMOUNT}, asked=row["asked"])) == row["expected"]


@pytest.mark.parametrize("row", rows("amounts_en"))
def test_english_amounts(row: dict[str, str]) -> None:
    assert shown(read(row["phrase"], "en", {Kind.AMOUNT}, asked=row["asked"])) == row["expected"]


@pytest.mark.parametrize("row", rows("methods_fr"))
def test_french_methods_of_payment(row: dict[str, str]) -> None:
    assert shown(read(row["phrase"], "fr", {Kind.METHOD}, asked=row["asked"])) == row["expected"]


@pytest.mark.parametrize("row", rows("methods_en"))
def test_english_methods_of_payment(row: dict[str, str]) -> None:
    assert shown(read(row["phrase"], "en", {Kind.METHOD}, asked=row["asked"])) == row["expected"]


@pytest.mark.parametrize("row", rows("numbers"))
def test_account_receipt_and_telephone_numbers_and_postal_codes(row: dict[str, str]) -> None:
    found = read(row["phrase"], _language(row), NUMBERS, asked=row["asked"])

    assert shown(found, with_kind=True) == row["expected"]


@pytest.mark.parametrize("row", rows("emails"))
def test_email_addresses(row: dict[str, str]) -> None:
    found = read(row["phrase"], _language(row), {Kind.EMAIL}, asked=row["asked"])

    assert shown(found) == row["expected"]


@pytest.mark.parametrize("row", rows("ordinals"))
def test_which_one_of_a_list(row: dict[str, str]) -> None:
    found = read(row["phrase"], _language(row), {Kind.ORDINAL}, asked=row["asked"])

    assert shown(found) == row["expected"]


@pytest.mark.parametrize("row", rows("refused"))
def test_values_named_only_to_refuse_them(row: dict[str, str]) -> None:
    found = read(row["phrase"], _language(row), REFUSED, asked=row["asked"])

    assert shown(found) == row["expected"]

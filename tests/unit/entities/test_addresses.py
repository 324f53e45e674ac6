"""Addresses in parts; add a row to addresses_fr.tsv or addresses_en.tsv (`-` is a part not said)."""

import pytest

from bot.entities import AddressParts, Kind
from bot.entities.entity import Language
from tests.unit.entities.shown import read
from tests.unit.entities.tables import rows

PARTS = ("line1", "line2", "city", "province", "postal_code")


def _expected(row: dict[str, str]) -> list[AddressParts]:
    if row["line1"] == "none":
        return []
    return [AddressParts(**{part: None if row[part] == "-" else row[part] for part in PARTS})]


def _read(row: dict[str, str], language: Language) -> list[AddressParts]:
    return [found.value for found in read(row["phrase"], language, {Kind.ADDRESS}, asked=row["asked"])]


@pytest.mark.parametrize("row", rows("addresses_fr"))
def test_french_addresses(row: dict[str, str]) -> None:
    assert _read(row, "fr") == _expected(row)


@pytest.mark.parametrize("row", rows("addresses_en"))
def test_english_addresses(row: dict[str, str]) -> None:
    assert _read(row, "en") == _expected(row)

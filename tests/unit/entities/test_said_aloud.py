"""Numbers, postal codes and e-mail addresses said aloud, and corrections to what was read back."""

from typing import cast

import pytest

from bot.entities import Kind, Reading, extract
from bot.entities.dictation import corrected, corrected_email
from bot.entities.entity import Language
from bot.entities.postal import written
from tests.unit.entities.shown import TODAY, shown
from tests.unit.entities.tables import rows

ACCOUNT_GROUPS, POSTAL_GROUPS = (3, 3, 3), (3, 3)


@pytest.mark.parametrize("row", rows("numbers_said_fr"))
def test_said_in_french(row: dict[str, str]) -> None:
    assert _read(row, "fr") == row["expected"]


@pytest.mark.parametrize("row", rows("numbers_said_en"))
def test_said_in_english(row: dict[str, str]) -> None:
    assert _read(row, "en") == row["expected"]


@pytest.mark.parametrize("row", rows("corrected_fr"))
def test_corrected_in_french(row: dict[str, str]) -> None:
    assert _corrected(row, "fr") == row["expected"]


@pytest.mark.parametrize("row", rows("corrected_en"))
def test_corrected_in_english(row: dict[str, str]) -> None:
    assert _corrected(row, "en") == row["expected"]


def test_what_was_typed_is_never_guessed_at() -> None:
    reading = Reading(TODAY, Kind.ACCOUNT_NUMBER)

    assert shown(extract("400 100 17", "fr", reading)) == "wrong_length"


def _read(row: dict[str, str], language: str) -> str:
    kind = Kind(row["asked"])
    found = extract(row["phrase"], cast(Language, language), Reading(TODAY, kind, aloud=True))
    return shown([entity for entity in found if entity.kind is kind])


def _corrected(row: dict[str, str], language: str) -> str:
    value = row["read_back"]
    if "@" in value:
        return corrected_email(row["phrase"], language, value) or "none"
    groups = ACCOUNT_GROUPS if value.isdigit() else POSTAL_GROUPS
    found = corrected(row["phrase"], language, value, groups)
    return "none" if found is None else found if value.isdigit() else str(written(found.lower()))

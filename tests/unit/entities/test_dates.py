"""Dates as customers say them; add a row to dates_fr.tsv or dates_en.tsv."""

from datetime import date
from typing import cast

import pytest

from bot.entities import Kind, Reading, extract
from bot.entities.entity import Direction, Language
from tests.unit.entities.shown import shown
from tests.unit.entities.tables import rows


def _read(row: dict[str, str], language: Language) -> str:
    direction = cast(Direction | None, None if row["direction"] == "-" else row["direction"])
    asked = None if row["asked"] == "-" else Kind(row["asked"])
    reading = Reading(date.fromisoformat(row["today"]), asked, direction)
    return shown([one for one in extract(row["phrase"], language, reading) if one.kind is Kind.DATE])


@pytest.mark.parametrize("row", rows("dates_fr"))
def test_french_dates(row: dict[str, str]) -> None:
    assert _read(row, "fr") == row["expected"]


@pytest.mark.parametrize("row", rows("dates_en"))
def test_english_dates(row: dict[str, str]) -> None:
    assert _read(row, "en") == row["expected"]

"""A town left at the end of a street line, once the town is known."""

import pytest

from bot.entities.addresses.towns import without_town


@pytest.mark.parametrize(
    ("line1", "city", "expected"),
    [
        ("250 avenue Reine Victoria", "Victoria", "250 avenue Reine"),
        ("12 rue Curé Saint-Georges", "Saint-Georges", "12 rue Curé"),
        ("33 rue des Pins Saint-Machin", "saint-machin", "33 rue des Pins"),
        ("33 rue des Pins, Saint-Machin", "Saint-Machin", "33 rue des Pins"),
        ("5 rue Sherbrooke", "Sherbrooke", "5 rue Sherbrooke"),
        ("5 rue de Sherbrooke", "Sherbrooke", "5 rue de Sherbrooke"),
        ("45 rue des Érables", "Québec", "45 rue des Érables"),
        ("C.P. 120", "Québec", "C.P. 120"),
    ],
)
def test_a_street_line_loses_the_town_that_was_asked_for(line1: str, city: str, expected: str) -> None:
    assert without_town(line1, city) == expected

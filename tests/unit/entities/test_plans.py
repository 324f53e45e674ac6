"""Plans named with typos and in part; add a row to plans.tsv."""

import pytest

from bot.entities.plans import match_plans
from tests.unit.entities.tables import rows

NAMES = {
    "quebec": [
        "Interurbain de base",
        "Canada 500",
        "Amérique du Nord illimité",
        "Monde économique",
        "Affaires économique",
        "Soirs et fins de semaine",
    ],
    "catalogue": [
        "Basic Long Distance",
        "Canada 500",
        "North America Unlimited",
        "World Saver",
        "Business Saver",
        "Evenings and Weekends",
    ],
    "numbers": ["Canada 500", "Canada 1000", "World"],
    "nested": ["Canada", "Canada Plus", "World"],
    "same": ["Plan bleu", "Plan vert"],
}


@pytest.mark.parametrize("row", rows("plans"))
def test_plans_are_told_by_what_only_they_are_called(row: dict[str, str]) -> None:
    names = NAMES[row["names"]]

    assert "|".join(names[index] for index in match_plans(row["text"], names)) == row["expected"]


def test_no_plans_no_match() -> None:
    assert match_plans("canada", []) == []

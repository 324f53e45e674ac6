"""Names of ours that tell no language: every plan that is sold, in both languages."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_every_plans_name_is_left_out_of_language_detection() -> None:
    plans = yaml.safe_load((ROOT / "backend/content/plans.yml").read_text(encoding="utf-8"))
    cues = yaml.safe_load((ROOT / "bot/content/language_cues.yml").read_text(encoding="utf-8"))

    names = {name.lower() for plan in plans.values() for name in plan["name"].values()}

    assert sorted(names - set(cues["names"])) == []

"""French as it is set in Quebec, in every text that customers read from here."""

import re

import pytest
import yaml

from backend.domain.people import Language
from backend.wording.plans import load_catalogue
from backend.wording.texts import CONTENT, texts

# What stands in the {braces} is filled in later.
FRENCH = {key: texts()._pairs[key][Language.FR] for key in list(texts().keys())} | {
    f"plans.{plan.code}.{name}": pair["fr"]
    for plan in load_catalogue()
    for name, pair in (("name", plan.name), ("terms", plan.terms))
}


@pytest.mark.parametrize("key", sorted(FRENCH))
def test_french_is_set_as_in_quebec(key: str) -> None:
    text = FRENCH[key]

    assert not re.search(r"(?<!\u00a0):(\s|$)", text), "no-break space before a colon"
    assert not re.search(r"\s[;!?]", text), "no space before ; ! ?"
    assert not re.search(r"«[^\u00a0]|[^\u00a0]»|[“”\"]", text), "guillemets with no-break spaces"
    assert "'" not in text, "typographic apostrophe"
    assert not re.search(r"\d [$%]|\d \d{3}\b", text), "no-break space before $ and % and between thousands"


@pytest.mark.parametrize("key", sorted(FRENCH))
def test_nobody_is_called_tu(key: str) -> None:
    assert not re.search(r"\b(tu|toi|te|t’\w+|ton|tes|tien|tienne)\b", FRENCH[key], re.IGNORECASE)


def test_every_content_file_is_looked_at() -> None:
    read = {key.split(".")[0] for key in FRENCH}

    assert {path.stem.split("_")[0] for path in CONTENT.glob("*.yml")} == read
    assert all(yaml.safe_load(path.read_text(encoding="utf-8")) for path in CONTENT.glob("*.yml"))

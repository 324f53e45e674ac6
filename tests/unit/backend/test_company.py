"""The company is called the same everywhere: by the backend's letters, and by the FAQ's facts."""

from pathlib import Path

import pytest
import yaml

from backend.domain.people import Language
from backend.wording.texts import texts

FACTS = Path(__file__).parents[3] / "faq" / "content" / "facts.yml"


@pytest.mark.parametrize("language", Language)
def test_the_name_and_the_number_are_those_of_the_facts(language: Language) -> None:
    facts = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    told = {name: facts[name][language.value]["text"] for name in ("company", "customer_service_phone")}

    assert texts().get("company.name", language) == told["company"]
    assert texts().get("company.contact", language).endswith(told["customer_service_phone"])

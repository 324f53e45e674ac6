"""Questions alike are grouped; accepted proposals become a file to commit."""

from datetime import UTC, datetime, timedelta

import yaml

from faq import OPERATIONS, load_content
from gateway.questions.groups import Missed, group, normalised
from gateway.questions.proposals import known_intents, to_yaml
from gateway.questions.records import Proposal
from gateway.settings import Language

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def missed(text: str, language: Language = "fr", *, minutes: int = 0, meant: str | None = None) -> Missed:
    at = NOW + timedelta(minutes=minutes)
    return Missed("c" + text, "t", 1, language, text, "rephrase", meant, at)


def proposal(question: str, intent: str | None, language: Language = "fr", note: str = "") -> Proposal:
    return Proposal(question=question, intent=intent, language=language, note=note)


def test_case_accents_and_punctuation_make_no_difference() -> None:
    assert normalised("Où est ma  facture?!") == normalised("ou est ma facture")


def test_the_most_frequent_group_comes_first_and_near_wordings_meet() -> None:
    groups = group(
        [
            missed("Le cable est coupé"),
            missed("où est ma facture?"),
            missed("Ou est ma facture", minutes=5, meant="faq_x"),
            missed("ou est ma factures"),
            missed("where is my bill", "en"),
        ]
    )

    assert (groups[0].questions[0].language, len(groups[0].questions)) == ("fr", 3)
    assert len(groups) == 3
    assert groups[0].questions[0].text == "Ou est ma facture"
    meant = groups[0].to_json(str.upper)["meant"]
    assert meant == [{"intent": "faq_x", "label": "FAQ_X", "count": 1}]


def test_questions_of_different_languages_stay_apart() -> None:
    assert len(group([missed("code 5"), missed("code 5", "en")])) == 2


def test_the_file_has_the_shape_of_the_training_data() -> None:
    entry = next(iter(load_content().entries))
    content = yaml.safe_load(
        to_yaml(
            [
                proposal("ça coûte quoi", f"faq_{entry}"),
                proposal("ça coûte quoi", f"faq_{entry}"),
                proposal("c'est combien: le prix?", f"faq_{entry}"),
                proposal("how much", "op_pay", "en"),
                proposal("avez-vous la fibre?", None, note="souvent demandé"),
            ]
        )
    )

    assert content["nlu"]["fr"] == [
        {"intent": f"faq_{entry}", "examples": "- ça coûte quoi\n- c'est combien: le prix?\n"}
    ]
    assert content["nlu"]["en"] == [{"intent": "op_pay", "examples": "- how much\n"}]
    assert content["new_entries"][0]["note"] == "souvent demandé"
    assert {f"faq_{entry}", "op_pay"} <= known_intents(load_content().entries, OPERATIONS)

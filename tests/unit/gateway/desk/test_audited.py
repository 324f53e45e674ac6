"""All that the audit holds has words in both languages, and says who and what by name."""

import ast
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faq import ContentStore
from gateway import errors
from gateway.desk.audited import facts
from gateway.desk.names import Names
from gateway.desk.records import Rep
from gateway.settings import LANGUAGES, Language
from gateway.texts import load_texts

PACKAGE = Path(errors.__file__).parent
PAGES = PACKAGE.parent / "web" / "src" / "content"
WRITERS = ("write", "_audit", "_audit_transfer")
COMMON = {"now", "rep_id", "conversation_id", "changes", None}
LEA = Rep(id=uuid.uuid4(), name="Léa Roy")


def _writes() -> Iterator[ast.Call]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                yield node


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return called.attr if called.value.id == "audit" else ""
    return called.id if isinstance(called, ast.Name) else ""


def names(language: Language) -> Names:
    return Names(load_texts(), ContentStore().current(), language)


def said(details: dict[str, Any], language: Language = "fr") -> dict[str, str]:
    """The facts, by their names."""
    return {fact["name"]: fact["value"] for fact in facts(details, names(language), {LEA.id: LEA})}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_and_every_detail_has_a_name(language: Language) -> None:
    actions = {
        arg.value
        for call in _writes()
        for arg in call.args
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }
    details = {keyword.arg for call in _writes() for keyword in call.keywords} - COMMON
    words = json.loads((PAGES / f"desk.{language}.json").read_text(encoding="utf-8"))

    assert len(actions) > 20
    assert {action for action in actions if f"audit.{action}" not in words} == set()
    assert {str(name) for name in details if names(language).one("detail", str(name)) == name} == set()


def test_codes_and_people_are_told_by_name() -> None:
    assert said({"waited": 12, "reason": "asked"}) == {
        "Attente": "12 secondes",
        "Raison": "Demande une personne",
    }
    assert said({"of": str(LEA.id), "role": "lead"}, "en") == {"Desk account": "Léa Roy", "Role": "Team lead"}
    assert said({"done": ["switch_plan", "pay"]}, "en") == {
        "Operations done": "Change the long-distance plan and Pay"
    }
    assert said({"from": "rep", "from_rep": str(uuid.UUID(int=1))})["Conseiller précédent"].endswith("0001")
    assert said({"outcome": "refused", "code": "plan_same"})["Résultat"] == "Refusée"


def test_changes_are_told_before_and_after() -> None:
    changes = {"role": ["rep", "admin"], "team": [None, "billing"], "languages": [["fr"], ["fr", "en"]]}

    assert said({"of": str(LEA.id), "changes": changes}) == {
        "Compte du bureau": "Léa Roy",
        "Rôle": "Conseiller \u2192 Administrateur",
        "Équipe": "\u2013 \u2192 Facturation",
        "Langues": "Français \u2192 Français et Anglais",
    }


def test_where_a_value_stood_is_told_and_what_is_empty_is_not() -> None:
    told = said({"value": "message:12:text:0", "kind": "phone", "reason": "le rappeler", "account": None})

    draft = said({"value": "draft:3f2a:address:all"}, "en")
    assert draft == {"Where": "Operation under way"}
    assert told == {"Où": "Message n°\u00a012", "Valeur": "Téléphone", "Raison": "le rappeler"}

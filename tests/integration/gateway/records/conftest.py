"""Reps at the desk, and a bot that answers questions by number."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from gateway.desk.records import Role
from tests.fakes.rasa import FakeRasa, Json, message
from tests.integration.gateway.records.desk_user import DeskUser

Web = TestClient[Any, Any]


def bot(turn: Json) -> Json:
    """Answers by words: "coûte", not "quoi", choices for "peut-être", "adresse" begins and "oui" does it."""
    said, language = turn["message"], turn["metadata"]["language"]
    if "humain" in said:
        handed = message("Une personne vous répondra.", language, handoff={"reason": "asked"})
        return {"language": language, "messages": [handed]}
    for word, extras in ANSWERS.items():
        if word in said:
            extras = dict(extras)
            operation = extras.pop("operation", None)
            answer = {"language": language, "messages": [message(f"Réponse: {word}", language, **extras)]}
            return answer if operation is None else {**answer, "operation": operation}
    return {"language": language, "messages": [message("Bonjour!", language, key="utter_greet")]}


_TASK = {"id": "t1", "operation": "change_address", "stage": "collecting", "values": {}}
RECEIPT = {
    "kind": "receipt",
    "number": "482109375562",
    "title": "Changement d’adresse",
    "account": "123 456 782",
    "done": "lundi 1er mars 2027",
    "effective": "lundi 1er mars 2027",
    "lines": [{"label": "Adresse", "before": None, "after": "45, rue des Érables, Québec"}],
    "undo": "Dites « annulez ».",
    "sent_to": None,
}
ANSWERS: dict[str, Json] = {
    "faq_cost": {"key": "utter_faq_cost", "faq_id": "cost", "faq_version": "v1"},
    "coûte": {"key": "utter_faq_cost", "faq_id": "cost", "faq_version": "v1"},
    "quoi": {"key": "utter_rephrase"},
    "météo": {"key": "utter_oos_other"},
    "peut-être": {
        "key": "utter_did_you_mean",
        "buttons": [
            {"title": "Combien coûte le service?", "payload": "/faq_cost"},
            {"title": "Aucune", "payload": "/deny"},
        ],
    },
    "adresse": {"key": "utter_ask_address", "operation": {"tasks": [_TASK]}},
    "oui": {"key": "utter_done", "card": RECEIPT, "operation": {"tasks": []}},
}


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa(script=bot)


@pytest.fixture
async def rep(client: Web) -> DeskUser:
    return await DeskUser.enter(client, "alice")


@pytest.fixture
async def lead(client: Web) -> DeskUser:
    return await DeskUser.enter(client, "bruno", Role.LEAD, "en")

"""What interrupts an operation: called off by its name, heard again, a question of somewhere else."""

import pytest

from bot.actions.dialogue.heard import Request
from tests.support.demo_town import Town
from tests.support.talking import Talk


async def _choosing_a_plan(town: Town) -> Talk:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("changer de forfait", intent="op_switch_plan")
    assert talk.said == ["utter_ask_plan"]
    return talk


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("non, annule le forfait", "op_undo"),
        ("no, cancel the plan thing", "op_cancel_address_change"),
    ],
)
async def test_an_operation_called_off_by_its_name_is_cancelled(town: Town, text: str, intent: str) -> None:
    talk = await _choosing_a_plan(town)

    await talk.say(text, intent=intent)

    assert talk.said == ["utter_cancelled"]


@pytest.mark.parametrize("confidence", [0.97, 0.46])  # of the whole message: its parts are surer
async def test_not_the_address_but_the_plan_leaves_only_the_plan(town: Town, confidence: float) -> None:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")
    heard = [
        Request("op_cancel_address_change", "finalement ne changez pas mon adresse,"),
        Request("op_switch_plan", "juste mon forfait"),
    ]

    await talk.say(
        "finalement ne changez pas mon adresse, juste mon forfait",
        intent="op_cancel_address_change",
        confidence=confidence,
        requests=heard,
    )

    assert talk.said == ["utter_cancelled", "utter_ask_plan"]


async def test_what_was_done_before_is_undone_in_the_middle_of_something_else(town: Town) -> None:
    talk = await _choosing_a_plan(town)
    await talk.say("Canada 500")
    await talk.press("yes")
    await talk.say("changer mon adresse", intent="op_change_address")

    await talk.say("annulez mon changement de forfait", intent="op_undo")

    assert talk.said == ["utter_sum_undo", "utter_confirm"]


@pytest.mark.parametrize("intent", ["repeat", "switch_language"])
async def test_the_summary_is_said_again_with_its_question(town: Town, intent: str) -> None:
    talk = await _choosing_a_plan(town)
    await talk.say("Canada 500")
    summary = talk.values["after"]

    await talk.say("pardon?", intent=intent)

    assert talk.said[-2:] == ["utter_sum_switch_plan", "utter_confirm"]
    assert talk.values["after"] == summary
    await talk.say("oui", intent="affirm")
    assert talk.said == ["utter_done_switch_plan"]


async def test_a_day_and_a_town_in_a_question_of_somewhere_else_answer_nothing(town: Town) -> None:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")

    await talk.say("il fait quel temps à Québec aujourd’hui?", intent="oos_other")
    assert talk.said == ["utter_aside_off_topic", "utter_ask_address"]
    await talk.say("gnagnagna blop", intent="gibberish")
    assert talk.said == ["utter_missed", "utter_ask_address"]
    await talk.say("45 rue des Érables, Québec G1R 2B5")
    assert talk.said == ["utter_ask_effective_on"]


async def test_asking_to_sign_in_while_that_is_awaited_begins_nothing_else(town: Town) -> None:
    talk = Talk(town)
    await talk.say("mon solde", intent="op_account_summary")
    await talk.say("je suis déjà connecté", intent="op_sign_in")
    assert talk.said == ["utter_sign_in_waiting"]

    await talk.sign_in("marie")

    assert talk.said == ["utter_signed_in", "utter_account_summary"]


async def test_signing_in_by_itself_is_for_nothing_else(town: Town) -> None:
    talk = Talk(town)

    await talk.say("me connecter", intent="op_sign_in")

    assert talk.said == ["utter_sign_in_here"]


async def test_another_receipt_is_not_sent_for_one_that_is_not_found(town: Town) -> None:
    talk = await _choosing_a_plan(town)
    await talk.say("Canada 500")
    await talk.press("yes")

    await talk.say("envoyez-moi le reçu 482109375562", intent="op_send_receipt")

    assert talk.said == ["utter_fault_receipt_not_found", "utter_ask_receipt"]


async def _with_three_under_way(town: Town) -> Talk:
    talk = await _choosing_a_plan(town)
    await talk.say("changer mon adresse", intent="op_change_address")
    await talk.say("signaler un paiement", intent="op_report_payment")
    return talk


async def test_what_is_too_much_at_once_is_dropped_aloud(town: Town) -> None:
    talk = await _with_three_under_way(town)

    await talk.say("associer un compte", intent="op_link_account")

    assert talk.said[0] == "utter_too_many_at_once"
    assert talk.values["what"] == {"key": "phrase_op_switch_plan", "values": {}}
    assert talk.under_way == ["change_address", "report_payment", "link_account"]


async def test_what_may_have_been_done_is_not_dropped(town: Town) -> None:
    talk = await _choosing_a_plan(town)
    await talk.say("Canada 500")
    town.weather.on_changes.extend(["lost"] * 5)
    await talk.press("yes")
    assert talk.said == ["utter_outcome_unknown"]
    for text, intent in (("adresse", "op_change_address"), ("paiement", "op_report_payment")):
        await talk.say(text, intent=intent)

    await talk.say("associer un compte", intent="op_link_account")

    assert "switch_plan" in talk.under_way

"""A person had the conversation for a while: the bot goes on where it stopped, and does nothing by itself."""

from tests.support.demo_town import Town
from tests.support.talking import Talk


async def _at_the_summary(town: Town) -> Talk:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("prendre le forfait Canada 500", intent="op_switch_plan")
    assert talk.buttons[0] == "yes"
    return talk


async def test_what_was_summed_up_is_summed_up_again_and_still_needs_a_yes(town: Town) -> None:
    talk = await _at_the_summary(town)

    await talk.come_back()

    assert talk.said[-1] == "utter_confirm"
    assert len(talk.said) > 1, "the summary itself, not only its question"
    assert (await talk.backend_state()).operations == []


async def test_the_question_that_was_open_is_put_again(town: Town) -> None:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")
    asked = talk.said[-1]

    await talk.come_back()

    assert talk.said[-1] == asked


async def test_what_a_person_did_is_not_asked_for_again(town: Town) -> None:
    talk = await _at_the_summary(town)

    await talk.come_back("switch_plan")

    assert talk.said == ["utter_nothing_under_way"]
    assert not talk.goes_on


async def test_what_a_person_did_leaves_the_rest(town: Town) -> None:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")

    await talk.come_back("switch_plan")

    assert talk.goes_on
    assert "utter_nothing_under_way" not in talk.said


async def test_a_change_whose_fate_is_unknown_is_offered_and_not_sent_again(town: Town) -> None:
    talk = await _at_the_summary(town)
    town.weather.on_changes.extend(["cut", "broken", "broken", "broken"])
    await talk.say("oui", intent="affirm")
    assert talk.said == ["utter_outcome_unknown"]
    town.weather.on_changes.clear()

    await talk.come_back()

    assert talk.said == ["utter_outcome_unknown"]
    assert (await talk.backend_state()).operations == []


async def test_whoever_takes_over_is_told_what_is_missing(town: Town) -> None:
    talk = Talk(town)
    await talk.sign_in("marie")

    await talk.say("signaler un paiement de 52,30 $", intent="op_report_payment")

    assert talk.state is not None
    (task,) = talk.state["tasks"]
    assert task["missing"] == ["paid_on", "method"]

"""Nothing is done without a yes to the summary that was last shown."""

import pytest

from tests.support.demo_town import Town
from tests.support.talking import Talk


async def _at_the_summary(town: Town) -> Talk:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("prendre le forfait Canada 500", intent="op_switch_plan")
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    return talk


async def test_a_yes_to_what_should_be_changed_sums_up_again(town: Town) -> None:
    talk = await _at_the_summary(town)
    await talk.press("change")

    await talk.say("c’est beau", intent="affirm")

    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    assert (await talk.backend_state()).operations == []
    await talk.say("oui", intent="affirm")
    assert talk.said == ["utter_done_switch_plan"]


async def test_a_yes_to_going_on_or_leaving_it_is_not_one_to_the_summary(town: Town) -> None:
    talk = await _at_the_summary(town)
    for _time in range(3):
        await talk.say("bzzt", intent="gibberish")
    assert talk.said == ["utter_person_after_failures"]

    await talk.say("oui", intent="affirm")

    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    assert (await talk.backend_state()).operations == []


@pytest.mark.parametrize("words", [("quelle heure est-il?", "oos_other"), ("merci", "thanks")])
async def test_small_talk_at_the_summary_leaves_its_question_open(town: Town, words: tuple[str, str]) -> None:
    talk = await _at_the_summary(town)
    text, intent = words
    await talk.say(text, intent=intent)

    await talk.say("oui", intent="affirm")

    assert talk.said == ["utter_done_switch_plan"]


async def test_the_yes_button_of_another_summary_does_nothing(town: Town) -> None:
    talk = await _at_the_summary(town)
    old = next(button.choice for button in talk.answer[-1].buttons if button.choice.endswith(":yes"))
    await talk.say("plutôt Amérique du Nord illimité", intent="correct")
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]

    await talk.choose(old)

    assert talk.said == ["utter_stale_choice", "utter_confirm"]
    assert (await talk.backend_state()).operations == []
    await talk.press("yes")
    assert talk.said == ["utter_done_switch_plan"]

"""The harness itself: a tiny operation, talked through with the real backend behind it."""

from collections.abc import Sequence

import pytest

from bot.actions.backend import Receipt
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.saying import Saying
from tests.support.demo_town import Town
from tests.support.talking import Talk

PLAN = "north_america"


class Northern(Operation):
    """Switches to one plan, after a yes."""

    name = "northern"

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        key = "unused-in-previews"
        return await context.customer.switch_plan(context.account_id, PLAN, key=key, preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """The title of the receipt to come."""
        assert preview is not None
        return Saying("utter_northern_summary", {"title": preview.words.title})

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Switch."""
        receipt = await context.customer.switch_plan(context.account_id, PLAN, key=key)
        return [Saying("utter_northern_done", {"number": {"number": receipt.number}})]


@pytest.fixture
def talk(town: Town) -> Talk:
    """A conversation in which only that can be done."""
    return Talk(town, [Northern()])


async def test_an_operation_waits_for_signing_in_and_for_the_yes(talk: Talk) -> None:
    await talk.say("je veux le forfait nordique", intent="op_northern")
    assert talk.said == ["utter_sign_in_needed"]
    assert talk.cards == [{"kind": "sign_in"}]

    await talk.sign_in("marie")
    assert talk.said[-2:] == ["utter_northern_summary", "utter_confirm"]
    assert talk.values["title"]
    assert talk.buttons == ["yes", "change", "cancel"]
    assert (await talk.backend_state()).operations == []

    await talk.press("yes")
    state = await talk.backend_state()
    assert talk.said == ["utter_northern_done"]
    assert not talk.goes_on
    assert (state.operations, state.summary.plan and state.summary.plan.code) == (["plan_change"], PLAN)
    assert talk.values["number"] == {"number": state.receipts[0].number}


async def test_a_lost_answer_is_found_again_under_the_same_key(town: Town, talk: Talk) -> None:
    await talk.sign_in("marie")
    await talk.say("je veux le forfait nordique", intent="op_northern")
    town.weather.on_changes.extend(["lost", "broken", "broken"])

    await talk.say("oui", intent="affirm")
    assert talk.said == ["utter_outcome_unknown"]
    assert talk.intents == ["op_human"]

    await talk.press("retry")
    assert talk.said == ["utter_northern_done"]
    assert (await talk.backend_state()).operations == ["plan_change"]


async def test_nothing_is_done_while_the_backend_is_down(town: Town, talk: Talk) -> None:
    await talk.sign_in("marie")
    await talk.say("je veux le forfait nordique", intent="op_northern")
    await town.stop()

    await talk.press("yes")

    assert talk.said == ["utter_backend_down"]


async def test_a_session_that_ends_asks_to_sign_in_again(town: Town, talk: Talk) -> None:
    await talk.sign_in("marie")
    await talk.say("je veux le forfait nordique", intent="op_northern")
    town.world.clock.forward(minutes=31)

    await talk.press("yes")

    assert talk.said == ["utter_sign_in_again"]


async def test_signing_out_forgets_what_was_under_way(talk: Talk) -> None:
    await talk.sign_in("marie")
    await talk.say("je veux le forfait nordique", intent="op_northern")

    await talk.sign_out()

    assert talk.said == ["utter_signed_out"]
    assert not talk.goes_on


async def test_what_the_rules_of_rasa_answer_is_no_turn_of_the_dialogue(talk: Talk) -> None:
    with pytest.raises(AssertionError, match="Rasa's rules"):
        await talk.say("oui", intent="affirm")


async def test_a_button_that_is_not_there_cannot_be_pressed(talk: Talk) -> None:
    await talk.sign_in("marie")
    await talk.say("je veux le forfait nordique", intent="op_northern")

    with pytest.raises(AssertionError, match="no button"):
        await talk.press("slot:amount")


async def test_words_of_rasa_are_shown_by_their_key(talk: Talk) -> None:
    await talk.say("je veux le forfait nordique", intent="op_northern")

    assert "[utter_no_such_text]" in talk.written(Saying("utter_no_such_text"))

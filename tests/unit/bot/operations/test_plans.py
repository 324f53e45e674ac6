"""The long-distance plan by conversation: compared, switched after a yes, and never guessed."""

import pytest

from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.support.talking import Talk

BASIC, CANADA, NORTH, WORLD = "basic", "canada_500", "north_america", "world"


async def signed_in(town: Town, user_id: str, language: Language = "fr") -> Talk:
    """A conversation with somebody who has signed in."""
    talk = Talk(town, language=language)
    await talk.sign_in(user_id)
    return talk


async def plan_of(talk: Talk, number: str | None = None) -> str | None:
    """The plan that the backend has."""
    plan = (await talk.backend_state(number)).summary.plan
    return plan.code if plan else None


@pytest.mark.parametrize(
    ("user_id", "language", "present", "more"),
    [
        (
            "marie",
            "fr",
            "Interurbain de base (sans frais mensuels), votre forfait actuel",
            ["14,95\xa0$", "États-Unis"],
        ),
        (
            "john",
            "en",
            "North America Unlimited ($14.95 a month), your present plan",
            ["$4.95", "United States"],
        ),
    ],
)
async def test_plans_are_compared_with_the_present_one_marked(
    town: Town, user_id: str, language: Language, present: str, more: list[str]
) -> None:
    talk = await signed_in(town, user_id, language)
    await talk.say("comparer les forfaits / compare plans", intent="op_compare_plans")
    assert talk.said == ["utter_plans"]
    assert talk.intents == ["op_switch_plan"]
    for word in (present, *more):
        assert word in talk.text()
    assert len(talk.values["plans"]["lines"]) == 4
    assert not talk.goes_on


async def test_a_plan_no_longer_sold_is_compared_as_the_present_one(town: Town) -> None:
    talk = await signed_in(town, "tom", "en")
    await talk.say("which plans are there", intent="op_compare_plans")
    assert "Evenings and Weekends ($5.95 a month), your present plan" in talk.text()
    assert len(talk.values["plans"]["lines"]) == 5


async def test_comparing_leaves_a_switch_where_it_was(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("changer de forfait", intent="op_switch_plan")
    await talk.say("comparez-les", intent="op_compare_plans")
    assert talk.said == ["utter_plans", "utter_ask_plan"]
    assert talk.buttons == ["value:0", "value:1", "value:2"]


@pytest.mark.parametrize(
    ("user_id", "language", "sentence", "code", "difference"),
    [
        ("marie", "fr", "je veux passer au forfait Amérique du Nord", NORTH, "14,95\xa0$ de plus par mois"),
        ("marie", "fr", "mettez-moi sur monde econnomique", WORLD, "7,95\xa0$ de plus par mois"),
        ("marie", "fr", "switch me to World Saver", WORLD, "7,95\xa0$ de plus par mois"),
        ("john", "en", "put me on the World Savr plan", WORLD, "$7.00 less a month"),
        ("john", "en", "je veux Interurbain de base", BASIC, "$14.95 less a month"),
        ("lavoie", "fr", "je veux l’interurbain de base", BASIC, "19,95\xa0$ de moins par mois"),
    ],
)
async def test_a_plan_in_the_first_sentence_is_summed_up_then_switched(
    town: Town, user_id: str, language: Language, sentence: str, code: str, difference: str
) -> None:
    talk = await signed_in(town, user_id, language)
    before = await plan_of(talk)
    await talk.say(sentence, intent="op_switch_plan")
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    assert difference in talk.text()
    assert await plan_of(talk) == before

    await talk.say("oui", intent="affirm")
    state = await talk.backend_state()
    assert talk.said == ["utter_done_switch_plan"]
    assert state.operations == ["plan_change"]
    assert await plan_of(talk) == code
    assert talk.cards[0]["number"] == state.receipts[0].number
    assert not talk.goes_on


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_plan_is_chosen_by_a_button_or_its_rank(town: Town, language: Language) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say("changer de forfait", intent="op_switch_plan")
    assert talk.said == ["utter_ask_plan"]
    assert "4,95\xa0$ par mois" in talk.titles()[0] or "$4.95 a month" in talk.titles()[0]
    await talk.say("le deuxième" if language == "fr" else "the second one")
    assert talk.values["after"]["values"]["plan"]["en"] == "North America Unlimited"

    await talk.press("change")
    await talk.press("slot:plan")
    await talk.press("value:0")
    await talk.press("yes")
    assert await plan_of(talk) == CANADA


@pytest.mark.parametrize(
    ("sentence", "intent"),
    [
        ("non, plutôt Canada 500", "correct"),
        ("non, Canada 500", "deny"),
        ("oui mais pour Canada 500", "affirm"),
        ("je voulais le forfait Canada 500", "op_switch_plan"),
    ],
)
async def test_another_plan_named_at_the_summary_is_a_correction(
    town: Town, sentence: str, intent: str
) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("passer à Monde économique", intent="op_switch_plan")
    await talk.say(sentence, intent=intent)
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    assert await plan_of(talk) == BASIC
    await talk.say("oui", intent="affirm")
    assert await plan_of(talk) == CANADA


async def test_a_yes_that_repeats_the_plan_is_a_yes(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("passer à Monde économique", intent="op_switch_plan")
    await talk.say("oui, Monde économique", intent="affirm")
    assert await plan_of(talk) == WORLD


async def test_two_plans_that_may_be_meant_are_asked_about(town: Town) -> None:
    talk = await signed_in(town, "john", "en")
    await talk.say("Canada 500 or World Saver", intent="op_switch_plan")
    assert talk.said == ["utter_which_value"]
    assert talk.titles() == ["Canada 500", "World Saver"]
    await talk.say("the last one")
    await talk.say("yes", intent="affirm")
    assert await plan_of(talk) == WORLD


@pytest.mark.parametrize(
    ("user_id", "language", "sentence", "words"),
    [
        ("marie", "fr", "je veux Interurbain de base", "Vous avez déjà le forfait Interurbain de base."),
        ("tom", "en", "evenings and weekends please", "You already have the Evenings and Weekends plan."),
    ],
)
async def test_the_present_plan_is_said_to_be_the_present_one(
    town: Town, user_id: str, language: Language, sentence: str, words: str
) -> None:
    talk = await signed_in(town, user_id, language)
    await talk.say(sentence, intent="op_switch_plan")
    assert talk.said == ["utter_fault_plan_current", "utter_ask_plan"]
    assert words in talk.text()
    assert (await talk.backend_state()).operations == []


async def test_moving_away_from_the_present_plan_means_the_other_one(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("passer de Interurbain de base à Canada 500", intent="op_switch_plan")
    await talk.say("oui", intent="affirm")
    assert await plan_of(talk) == CANADA


async def test_a_plan_for_others_is_no_plan_of_ours(town: Town) -> None:
    talk = await signed_in(town, "lavoie")
    await talk.say("changer de forfait", intent="op_switch_plan")
    assert talk.titles() == ["Interurbain de base (sans frais mensuels)"]
    await talk.say("Amérique du Nord illimité")
    assert talk.said == ["utter_missed", "utter_ask_plan"]


async def test_an_account_without_a_line_has_no_plan_to_switch(town: Town) -> None:
    talk = await signed_in(town, "omar", "en")
    await talk.say("switch my plan", intent="op_switch_plan")
    assert talk.said == ["utter_no_line_for_plan"]
    assert talk.intents == ["op_human"]
    assert not talk.goes_on
    await talk.say("compare plans", intent="op_compare_plans")
    assert talk.said == ["utter_no_line_for_plan"]


async def test_with_several_accounts_the_plan_waits_for_the_account(town: Town) -> None:
    talk = await signed_in(town, "sophie")
    await talk.say("passer au forfait Canada 500", intent="op_switch_plan")
    assert talk.said == ["utter_ask_account"]
    await talk.say("le sans-fil")
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    await talk.say("oui", intent="affirm")
    assert await plan_of(talk, "400100058") == CANADA
    assert await plan_of(talk, "400100041") == BASIC


async def test_the_plan_is_remembered_while_signing_in(town: Town) -> None:
    talk = Talk(town)
    await talk.say("passer au forfait Canada 500", intent="op_switch_plan")
    assert talk.cards == [{"kind": "sign_in"}]
    await talk.sign_in("marie")
    assert talk.said[-2:] == ["utter_sum_switch_plan", "utter_confirm"]
    await talk.press("yes")
    assert await plan_of(talk) == CANADA


async def test_the_same_yes_twice_switches_once(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("passer au forfait Canada 500", intent="op_switch_plan")
    (yes, *_) = talk.answer[-1].buttons
    await talk.choose(yes.choice)
    await talk.choose(yes.choice)
    assert talk.said == ["utter_stale_choice"]
    assert (await talk.backend_state()).operations == ["plan_change"]


async def test_an_answer_that_is_lost_is_not_told_as_done_nor_done_twice(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("passer au forfait Canada 500", intent="op_switch_plan")
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.press("yes")
    assert talk.said == ["utter_outcome_unknown"]
    await talk.say("réessayer", intent="inform")
    assert talk.said == ["utter_done_switch_plan"]
    assert (await talk.backend_state()).operations == ["plan_change"]


async def test_retrying_what_failed_before_the_yes_is_no_yes(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say("passer au forfait Canada 500", intent="op_switch_plan")
    town.weather.on_looks.extend(["broken"] * 2)
    await talk.say("non, Monde économique", intent="correct")
    assert talk.said == ["utter_backend_down"]

    await talk.press("retry")
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    assert (await talk.backend_state()).operations == []


async def test_the_reasons_and_the_help_are_told_in_both_languages(town: Town) -> None:
    for language, why, example in (("fr", "frais mensuels", "deuxième"), ("en", "monthly fee", "second one")):
        talk = Talk(town, language="fr" if language == "fr" else "en")
        await talk.sign_in("marie")
        await talk.say("changer de forfait", intent="op_switch_plan")
        await talk.say("pourquoi?", intent="ask_why")
        assert talk.said == ["utter_why_plan", "utter_ask_plan"]
        assert why in talk.text()
        await talk.say("je ne sais pas", intent="dont_know")
        assert talk.said == ["utter_help_plan", "utter_ask_plan"]
        assert example in talk.text()

"""Signing in and out, a person, a complaint."""

import pytest

from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.unit.bot.operations.conftest import Begin

BOTH: tuple[Language, Language] = ("fr", "en")
ENROL = {"fr": "inscrivez-moi à la facture électronique", "en": "sign me up for e-bill"}


@pytest.mark.parametrize("language", BOTH)
async def test_who_asks_to_sign_in_gets_the_card_and_then_is_asked_what_for(
    begin: Begin, language: Language
) -> None:
    talk = begin(language)
    await talk.say("?", intent="op_sign_in")
    assert (talk.said, talk.cards) == (["utter_sign_in_here"], [{"kind": "sign_in"}])

    await talk.sign_in("marie")
    assert talk.said == ["utter_signed_in", "utter_what_next"]
    assert not talk.goes_on

    await talk.say("?", intent="op_sign_in")
    assert talk.said == ["utter_already_signed_in"]
    assert "marie" in talk.text()


async def test_a_session_that_ended_unnoticed_is_not_called_open(begin: Begin, town: Town) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    town.world.clock.forward(minutes=31)

    await talk.say("me connecter", intent="op_sign_in")

    assert talk.said == ["utter_sign_in_again"]


@pytest.mark.parametrize("language", BOTH)
async def test_signing_out_by_word_ends_the_session_and_what_was_under_way(
    begin: Begin, language: Language
) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say(ENROL[language], intent="op_enrol_ebill")

    await talk.say("?", intent="op_sign_out")

    assert talk.said == ["utter_done_sign_out", "utter_all_dropped"]
    assert talk.state is not None
    assert (talk.goes_on, talk.state["tasks"]) == (False, [])
    await talk.say("?", intent="op_account_summary")
    assert talk.said == ["utter_sign_in_again"]


@pytest.mark.parametrize("language", BOTH)
async def test_nobody_signed_in_has_nothing_to_sign_out_of(begin: Begin, language: Language) -> None:
    talk = begin(language)

    await talk.say("?", intent="op_sign_out")

    assert talk.said == ["utter_not_signed_in"]


async def test_signing_out_works_when_the_session_has_ended_already(begin: Begin, town: Town) -> None:
    talk = begin("en")
    await talk.sign_in("john")
    town.world.clock.forward(minutes=31)

    await talk.say("sign me out", intent="op_sign_out")

    assert talk.said == ["utter_done_sign_out"]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    ("intent", "key", "reason"),
    [("op_human", "utter_human", "asked"), ("op_complaint", "utter_complaint", "complaint")],
)
async def test_a_person_is_there_for_everybody_even_when_nothing_else_is(
    begin: Begin, town: Town, intent: str, key: str, reason: str, language: Language
) -> None:
    talk = begin(language)
    await talk.say("!", intent=intent)
    assert (talk.said, talk.handoffs, talk.goes_on) == ([key], [reason], False)
    assert "340-4920" in talk.text()

    await talk.sign_in("marie")
    await town.stop()
    await talk.say("!", intent=intent)
    assert (talk.said, talk.handoffs) == ([key], [reason])


@pytest.mark.parametrize("language", BOTH)
async def test_a_complaint_names_the_independent_body(begin: Begin, language: Language) -> None:
    talk = begin(language)

    await talk.say("!", intent="op_complaint")

    assert {"fr": "CPRST", "en": "CCTS"}[language] in talk.text()
    assert "ccts-cprst.ca" in talk.text()
    assert "221-1687" in talk.text()


@pytest.mark.parametrize("language", BOTH)
async def test_after_the_person_the_question_is_put_again(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say(ENROL[language], intent="op_enrol_ebill")

    await talk.say("!", intent="op_human")

    assert talk.said == ["utter_human", "utter_ask_ebill_email"]


async def test_an_unknown_outcome_stays_unknown_while_a_person_is_asked_for(begin: Begin, town: Town) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("inscrivez-moi avec marie.t@example.ca", intent="op_enrol_ebill")
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.press("yes")

    await talk.say("une personne", intent="op_human")
    assert talk.said == ["utter_human", "utter_outcome_unknown"]

    await talk.press("retry")
    assert talk.said == ["utter_done_enrol_ebill"]
    assert (await talk.backend_state()).operations == ["ebill_enrol"]

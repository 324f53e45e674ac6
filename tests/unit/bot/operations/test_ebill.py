"""The e-bill: sign up, leave, have it sent elsewhere."""

import pytest

from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.unit.bot.operations.conftest import Begin

BOTH: tuple[Language, Language] = ("fr", "en")
NEW = {"email": "facture@example.ca"}
SUMMED_UP = ["utter_sum_enrol_ebill", "utter_confirm"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "inscrivez-moi à la facture électronique avec facture@example.ca"),
        ("en", "sign me up for e-bill at facture@example.ca"),
        ("fr", "je veux la facture électronique à facture arobase example point ca"),
        ("en", "e-bill please, facture at example dot ca"),
    ],
)
async def test_one_sentence_and_a_yes_sign_up(begin: Begin, language: Language, words: str) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say(words, intent="op_enrol_ebill")
    assert talk.said == SUMMED_UP
    assert talk.values["to"] == NEW
    before = await talk.backend_state()
    assert (before.operations, before.summary.ebill.is_on) == ([], False)

    await talk.press("yes")

    after = await talk.backend_state()
    assert (talk.said, talk.goes_on) == (["utter_done_enrol_ebill"], False)
    assert (after.operations, after.summary.ebill.email) == (["ebill_enrol"], "facture@example.ca")
    (card,) = talk.cards
    assert (card["number"], card["sent_to"]) == (after.receipts[0].number, "m***@example.ca")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "celle de mon profil svp"), ("en", "the usual address is fine")]
)
async def test_one_by_one_with_the_usual_address(begin: Begin, language: Language, words: str) -> None:
    talk = begin(language)
    await talk.say("?", intent="op_enrol_ebill")
    await talk.sign_in("marie")
    assert talk.said == ["utter_signed_in", "utter_ask_ebill_email"]
    assert "marie@example.ca" in talk.text()
    assert talk.titles() == ["marie@example.ca"]

    await talk.say(words)
    assert talk.said == SUMMED_UP
    assert talk.values["to"] == {"email": "marie@example.ca"}

    await talk.say("oui", intent="affirm")
    assert (await talk.backend_state()).summary.ebill.email == "marie@example.ca"


@pytest.mark.parametrize("answer", ["value:0", "affirm", "premier"])
async def test_the_offered_address_may_be_pressed_agreed_to_or_counted(begin: Begin, answer: str) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("la facture électronique", intent="op_enrol_ebill")

    if answer == "value:0":
        await talk.press(answer)
    elif answer == "affirm":
        await talk.say("oui", intent="affirm")
    else:
        await talk.say("la première")

    assert talk.said == SUMMED_UP
    assert talk.values["to"] == {"email": "marie@example.ca"}


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "non, plutôt autre@example.ca"), ("en", "no, make it autre@example.ca")]
)
@pytest.mark.parametrize("intent", ["deny", "correct"])
async def test_the_address_is_corrected_at_the_summary(
    begin: Begin, language: Language, words: str, intent: str
) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")

    await talk.say(words, intent=intent)
    assert talk.said == SUMMED_UP
    assert talk.values["to"] == {"email": "autre@example.ca"}

    await talk.press("yes")
    assert (await talk.backend_state()).summary.ebill.email == "autre@example.ca"


@pytest.mark.parametrize("words", ["oui mais à mon adresse habituelle", "yes but the usual address"])
async def test_a_yes_with_another_address_is_a_correction(begin: Begin, words: str) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")

    await talk.say(words, intent="affirm")

    assert talk.said == SUMMED_UP
    assert talk.values["to"] == {"email": "marie@example.ca"}
    assert (await talk.backend_state()).operations == []


async def test_an_address_that_is_none_is_said_to_be_none(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("la facture électronique", intent="op_enrol_ebill")

    await talk.say("facture@example")
    assert talk.said == ["utter_fault_not_an_email", "utter_ask_ebill_email"]

    await talk.say("pourquoi?", intent="ask_why")
    assert talk.said == ["utter_why_ebill_email", "utter_ask_ebill_email"]


async def test_cancelling_at_the_summary_changes_nothing(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")

    await talk.press("cancel")

    assert talk.said == ["utter_cancelled"]
    assert (await talk.backend_state()).operations == []


async def test_the_same_yes_twice_is_one_operation(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")
    yes = next(button.choice for saying in talk.answer for button in saying.buttons)

    await talk.choose(yes)
    await talk.choose(yes)

    assert talk.said == ["utter_stale_choice"]
    assert (await talk.backend_state()).operations == ["ebill_enrol"]


@pytest.mark.parametrize("language", BOTH)
async def test_a_session_that_ends_at_the_yes_keeps_everything(
    begin: Begin, town: Town, language: Language
) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")
    town.world.clock.forward(minutes=31)

    await talk.press("yes")
    assert talk.said == ["utter_sign_in_again"]

    await talk.sign_in("marie")
    assert talk.said == ["utter_signed_in", *SUMMED_UP]
    await talk.press("yes")
    assert (await talk.backend_state()).operations == ["ebill_enrol"]


@pytest.mark.parametrize("language", BOTH)
async def test_the_backend_down_at_the_yes_never_says_done(
    begin: Begin, town: Town, language: Language
) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")
    await town.stop()

    await talk.press("yes")

    assert talk.said == ["utter_backend_down"]
    assert talk.intents == ["op_human"]


@pytest.mark.parametrize("language", BOTH)
async def test_signing_up_twice_offers_to_change_the_address(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("john")

    await talk.say("e-bill", intent="op_enrol_ebill")
    assert talk.said == ["utter_ebill_already_on"]
    assert talk.values["to"] == {"email": "john@example.ca"}

    await talk.press("op_change_ebill_email")
    assert talk.said == ["utter_ask_new_ebill_email"]


async def test_of_several_accounts_the_one_named_is_signed_up(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("sophie")
    await talk.say("e-bill facture@example.ca", intent="op_enrol_ebill")
    assert talk.said == ["utter_ask_account"]

    await talk.say("le sans-fil")
    assert talk.said == SUMMED_UP
    await talk.press("yes")

    assert (await talk.backend_state("400100058")).summary.ebill.is_on
    assert not (await talk.backend_state("400100041")).summary.ebill.is_on


@pytest.mark.parametrize("language", BOTH)
async def test_leaving_returns_to_paper(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("john")
    await talk.say("paper", intent="op_leave_ebill")
    assert talk.said == ["utter_sum_leave_ebill", "utter_confirm"]

    await talk.press("yes")

    state = await talk.backend_state()
    assert talk.said == ["utter_done_leave_ebill"]
    assert (state.operations, state.summary.ebill.delivery) == (["ebill_leave"], "paper")


@pytest.mark.parametrize("language", BOTH)
async def test_a_business_leaves_through_a_person(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("lavoie")

    await talk.say("paper", intent="op_leave_ebill")

    assert (talk.said, talk.handoffs, talk.goes_on) == (["utter_refused"], ["business_ebill"], False)
    assert (await talk.backend_state()).summary.ebill.is_on


@pytest.mark.parametrize(
    ("intent", "key"),
    [("op_leave_ebill", "utter_already_on_paper"), ("op_change_ebill_email", "utter_not_on_ebill")],
)
@pytest.mark.parametrize("language", BOTH)
async def test_on_paper_there_is_nothing_to_leave_or_change(
    begin: Begin, intent: str, key: str, language: Language
) -> None:
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("?", intent=intent)

    assert (talk.said, talk.goes_on) == ([key], False)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "envoyez ma facture à facture@example.ca"), ("en", "send my e-bill to facture@example.ca")],
)
async def test_the_e_bill_is_sent_elsewhere(begin: Begin, language: Language, words: str) -> None:
    talk = begin(language)
    await talk.sign_in("lavoie")
    await talk.say(words, intent="op_change_ebill_email")
    assert talk.said == ["utter_sum_change_ebill_email", "utter_confirm"]
    assert (talk.values["before"], talk.values["after"]) == ({"email": "comptes@lavoie.example.ca"}, NEW)

    await talk.press("yes")

    state = await talk.backend_state()
    assert (state.operations, state.summary.ebill.email) == (["ebill_email_change"], "facture@example.ca")


async def test_the_address_it_has_is_no_new_one(begin: Begin) -> None:
    talk = begin("en")
    await talk.sign_in("john")
    await talk.say("change my e-bill address", intent="op_change_ebill_email")
    assert talk.buttons == []

    await talk.say("john@example.ca")
    assert talk.said == ["utter_fault_ebill_email_same", "utter_ask_new_ebill_email"]

    await talk.say("the one in my profile")
    assert talk.said == ["utter_fault_ebill_email_same", "utter_ask_new_ebill_email"]
    assert (await talk.backend_state()).operations == []

"""With its question the dialogue tells what shape of answer it waits for: the telephone takes its keys."""

from tests.support.demo_town import Town
from tests.support.talking import Talk


async def test_each_question_of_a_payment_says_what_it_waits_for(town: Town) -> None:
    talk = Talk(town, channel="voice")
    await talk.say("signaler un paiement", intent="op_report_payment")
    asked = [talk.asks]
    await talk.sign_in("marie")
    asked.append(talk.asks)
    for words in ("52,30 $", "hier"):
        await talk.say(words, intent="inform")
        asked.append(talk.asks)
    await talk.say("par chèque", intent="inform")
    await talk.say("je ne l’ai pas", intent="dont_know")
    asked.append(talk.asks)

    assert asked == ["choice", "amount", "date", "choice", "yes_no"]
    await talk.press("yes")
    assert (talk.asks, talk.goes_on) == (None, False)


async def test_a_question_put_again_with_an_example_waits_for_the_same(town: Town) -> None:
    talk = Talk(town, channel="voice")
    await talk.sign_in("marie")
    await talk.say("signaler un paiement", intent="op_report_payment")

    for _ in range(2):
        await talk.say("euh", intent="gibberish")

    assert talk.said == ["utter_help_amount"]
    assert talk.asks == "amount"


async def test_an_accounts_number_its_postal_code_and_the_account_meant(town: Town) -> None:
    talk = Talk(town, channel="voice")
    await talk.sign_in("marie")
    await talk.say("associer un compte", intent="op_link_account")
    first = talk.asks
    await talk.say("400100157", intent="inform")
    await talk.press("yes")
    second = talk.asks
    of_many = Talk(town, channel="voice")
    await of_many.sign_in("sophie")
    await of_many.say("changer de forfait", intent="op_switch_plan")

    assert (first, second, of_many.asks) == ("account_number", "postal_code", "choice")


async def test_the_postal_code_missing_from_an_address_is_asked_as_one(town: Town) -> None:
    talk = Talk(town, channel="voice")
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")
    whole = talk.asks
    await talk.say("45, rue des Érables, Québec", intent="inform")

    assert (whole, talk.asks) == ("address", "postal_code")


async def test_what_was_set_aside_is_offered_with_a_yes_or_no(town: Town) -> None:
    talk = Talk(town, channel="voice")
    await talk.sign_in("marie")
    await talk.say("signaler un paiement", intent="op_report_payment")
    await talk.say("changer mon adresse", intent="op_change_address")
    await talk.say("annulez", intent="cancel")

    assert talk.said[-1] == "utter_offer_return"
    assert talk.asks == "yes_no"

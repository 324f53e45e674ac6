"""What a few words mean in answer to a question of the dialogue, whatever else they might ask for."""

import pytest

from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.support.talking import Talk

HOME = {"fr": "27, rue Cartier, Québec G1R 2S5", "en": "90 Main St, Ottawa K1S 1C2"}


async def _signed_in(town: Town, who: str, language: Language) -> Talk:
    talk = Talk(town, language=language)
    await talk.sign_in(who)
    return talk


@pytest.mark.parametrize(
    ("language", "words", "intent"),
    [
        ("fr", "mon cellulaire", "oos_telecom"),
        ("fr", "le téléphone cellulaire", "inform"),
        ("en", "my cell phone", "oos_telecom"),
        ("en", "the wireless one", "op_account_summary"),
    ],
)
async def test_the_question_which_account_is_answered_by_a_few_words_that_name_one(
    town: Town, language: Language, words: str, intent: str
) -> None:
    talk = await _signed_in(town, "sophie", language)
    await talk.say("mon solde", intent="op_account_summary")
    await talk.say(words, intent=intent)

    assert talk.said == ["utter_account_summary"]
    assert talk.values["account"]["values"]["account"] == {"account": "400100058"}


async def test_another_request_is_not_the_name_of_an_account(town: Town) -> None:
    talk = await _signed_in(town, "sophie", "en")
    await talk.say("I want to pay", intent="op_pay")
    await talk.say("what is the balance on my cell phone now", intent="op_account_summary")

    assert talk.said[0] == "utter_account_summary"


@pytest.mark.parametrize(("language", "words"), [("fr", "la deuxième"), ("en", "the second one")])
async def test_the_second_of_two_dates_is_no_day_of_the_month(
    town: Town, language: Language, words: str
) -> None:
    talk = await _signed_in(town, "marie", language)
    await talk.say(f"{HOME[language]}, 03/04", intent="op_change_address")
    assert talk.said == ["utter_which_value"]
    await talk.say(words, intent="inform")

    assert talk.values["when"]["values"]["date"]["date"].endswith("-04-03")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "là maintenant c’est bon, oui"), ("en", "now it’s right, yes")]
)
async def test_a_yes_is_no_correction_because_of_a_word_that_could_be_a_day(
    town: Town, language: Language, words: str
) -> None:
    talk = await _signed_in(town, "marie", language)
    later = {"fr": "dans deux semaines", "en": "in two weeks"}[language]
    await talk.say(f"{HOME[language]} {later}", intent="op_change_address")
    await talk.say(words, intent="affirm")

    assert talk.said == ["utter_done_schedule_address"]


@pytest.mark.parametrize(("language", "words"), [("fr", "le mode de paiement"), ("en", "the payment method")])
async def test_the_value_to_change_is_named_though_it_sounds_like_a_request(
    town: Town, language: Language, words: str
) -> None:
    talk = await _signed_in(town, "john", language)
    paid = {"fr": "52,30 $ hier par chèque", "en": "$52.30 yesterday by cheque"}[language]
    await talk.say(paid, intent="op_report_payment")
    await talk.say("", intent="dont_know")
    await talk.press("change")
    await talk.say(words, intent="op_pay")

    assert talk.said == ["utter_ask_method"]


async def test_asking_for_the_same_at_the_summary_asks_what_to_change_and_loses_nothing(town: Town) -> None:
    talk = await _signed_in(town, "marie", "fr")
    await talk.say("Canada 500", intent="op_switch_plan")
    await talk.say("changez le forfait", intent="op_switch_plan")
    assert talk.said == ["utter_what_to_change"]
    await talk.say("oui", intent="affirm")
    assert talk.said == ["utter_sum_switch_plan", "utter_confirm"]
    await talk.say("oui", intent="affirm")

    assert talk.said == ["utter_done_switch_plan"]


async def test_the_whole_balance_is_an_answer_though_it_sounds_like_a_request(town: Town) -> None:
    talk = await _signed_in(town, "marie", "en")
    await talk.say("I want to pay", intent="op_pay")
    await talk.say("the full balance", intent="op_account_summary")

    assert talk.said == ["utter_payment_page", "utter_ask_paid"]


@pytest.mark.parametrize(
    ("language", "words", "intent", "said"),
    [
        ("en", "it’s another payment, I paid twice", "deny", "utter_sum_report_payment"),
        ("en", "oh right, it’s the same one", "correct", "utter_same_payment"),
        ("fr", "ah oui, c’est le même", "correct", "utter_same_payment"),
    ],
)
async def test_the_same_payment_or_another_is_told_in_words(
    town: Town, language: Language, words: str, intent: str, said: str
) -> None:
    talk = await _signed_in(town, "yves", language)
    paid = {"fr": "48,90 $ hier par chèque", "en": "$48.90 yesterday by cheque"}[language]
    await talk.say(paid, intent="op_report_payment")
    await talk.say("", intent="dont_know")
    assert talk.said == ["utter_ask_another"]
    await talk.say(words, intent=intent)

    assert talk.said[0] == said


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "non, plutôt Monde économique"), ("en", "no, World Saver instead")]
)
async def test_what_is_corrected_before_signing_in_is_what_counts_after(
    town: Town, language: Language, words: str
) -> None:
    talk = Talk(town, language=language)
    await talk.say("Canada 500", intent="op_switch_plan")
    await talk.say(words, intent="correct")
    await talk.sign_in("marie")

    assert talk.said == ["utter_signed_in", "utter_sum_switch_plan", "utter_confirm"]
    assert talk.values["after"]["values"]["plan"]["en"] == "World Saver"


@pytest.mark.parametrize("intent", ["inform", "nlu_fallback"])
async def test_the_postal_code_asked_for_tells_the_province(town: Town, intent: str) -> None:
    talk = await _signed_in(town, "marie", "en")
    await talk.say("220 Elgin Street", intent="op_change_address")
    await talk.say("Ottawa", intent="inform")
    assert talk.said == ["utter_ask_address_postal_code"]
    await talk.say("k2p1l7", intent=intent)

    assert talk.said == ["utter_ask_effective_on"]

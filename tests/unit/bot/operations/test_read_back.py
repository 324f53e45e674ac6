"""By telephone, numbers, postal codes and addresses are read back, and corrected until they are right."""

from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.support.talking import Talk

NUMBER, CODE = {"account": "400100157"}, {"spelled": "G1R 2B5"}
READ_BACK = ["utter_read_back"]


async def linking(town: Town, language: Language = "fr") -> Talk:
    talk = Talk(town, language=language, channel="voice")
    await talk.sign_in("marie")
    await talk.say("associer un compte", intent="op_link_account")
    return talk


async def test_a_number_said_is_read_back_and_counts_after_a_yes(town: Town) -> None:
    talk = await linking(town)
    await talk.say("quatre cent, cent, cent cinquante-sept")
    assert (talk.said, talk.values["value"], talk.asks) == (READ_BACK, NUMBER, "yes_no")

    await talk.say("oui c’est ça", intent="affirm")

    assert (talk.said, talk.asks) == (["utter_ask_postal_code"], "postal_code")


async def test_the_group_that_was_misheard_is_corrected_and_read_back(town: Town) -> None:
    talk = await linking(town)
    await talk.say("400 110 157")
    await talk.say("non, le deuxième groupe c’est cent", intent="deny")
    assert (talk.said, talk.values["value"]) == (READ_BACK, NUMBER)

    await talk.say("exact", intent="affirm")

    assert talk.said == ["utter_ask_postal_code"]


async def test_the_same_in_english_by_the_last_digit(town: Town) -> None:
    talk = await linking(town, "en")
    await talk.say("four oh oh one oh oh one five one")
    await talk.say("no, the last one is 7", intent="op_report_payment")

    assert (talk.said, talk.values["value"]) == (READ_BACK, NUMBER)


async def test_a_bare_no_asks_what_is_right_and_another_begins_anew(town: Town) -> None:
    talk = await linking(town)
    await talk.say("400 110 157")
    await talk.say("non", intent="deny")
    assert (talk.said, talk.asks) == (["utter_read_back_wrong"], "account_number")

    await talk.say("quatre cent, cent, cent cinquante-sept")
    assert talk.values["value"] == NUMBER
    await talk.say("non", intent="deny")

    assert (talk.said, talk.asks) == (["utter_ask_account_number"], "account_number")


async def test_keys_agree_and_disagree(town: Town) -> None:
    talk = await linking(town)
    await talk.say("400 110 157")
    await talk.press("no")
    assert talk.said == ["utter_read_back_wrong"]

    await talk.say("400100157")
    await talk.press("yes")

    assert talk.said == ["utter_ask_postal_code"]


async def test_a_postal_code_is_read_back_too_and_its_letter_corrected(town: Town) -> None:
    talk = await linking(town)
    await talk.say("400100157")
    await talk.say("oui", intent="affirm")
    await talk.say("g un r deux d cinq")
    assert talk.said[0].startswith("utter_fault")

    await talk.say("g un r deux p cinq")
    await talk.say("b comme bernard, pas p", intent="correct")
    assert (talk.said, talk.values["value"]) == (READ_BACK, CODE)
    await talk.say("oui", intent="affirm")

    assert talk.said[0] == "utter_sum_link_account"


async def test_an_address_reads_its_postal_code_back(town: Town) -> None:
    talk = Talk(town, channel="voice")
    await talk.sign_in("marie")
    await talk.say("changer mon adresse", intent="op_change_address")
    await talk.say("45 rue des Érables à Québec")
    await talk.say("gé un erre deux bé cinq")

    assert (talk.said, talk.values["value"]) == (READ_BACK, CODE)


async def test_an_email_address_is_spelled_back_and_corrected(town: Town) -> None:
    talk = Talk(town, channel="voice", language="en")
    await talk.sign_in("marie")
    await talk.say("I want the e-bill", intent="op_enrol_ebill")
    await talk.say("no, another one", intent="deny")
    await talk.say("madia at example dot ca")
    assert talk.values["value"] == {"spelled": "madia@example.ca"}

    await talk.say("n as in nancy", intent="inform")

    assert (talk.said, talk.values["value"]) == (READ_BACK, {"spelled": "nadia@example.ca"})


async def test_a_question_or_a_why_comes_back_to_what_was_read_back(town: Town) -> None:
    talk = await linking(town)
    await talk.say("400100157")
    await talk.say("pourquoi vous répétez?", intent="ask_why")

    assert talk.said == ["utter_why_read_back", "utter_read_back"]


async def test_cancelling_while_it_is_read_back_forgets_it(town: Town) -> None:
    talk = await linking(town)
    await talk.say("400100157")
    await talk.say("annulez", intent="cancel")

    assert (talk.said, talk.goes_on) == (["utter_cancelled"], False)


async def test_nothing_is_read_back_on_the_page(town: Town) -> None:
    talk = Talk(town)
    await talk.sign_in("marie")
    await talk.say("associer un compte", intent="op_link_account")
    await talk.say("400100157")

    assert talk.said == ["utter_ask_postal_code"]

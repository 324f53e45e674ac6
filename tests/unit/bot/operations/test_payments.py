"""Payments reported by conversation: told in one breath or one by one, once each, and only with a yes."""

import pytest

from backend.domain import payments as rules
from bot.actions.backend import Refused
from bot.actions.dialogue.heard import Language
from bot.actions.operations import payments
from tests.support.demo_town import Town
from tests.support.talking import Talk

FULL = {
    "fr": "j’ai payé 52,30 $ hier par chèque, référence A1B2C3",
    "en": "I paid $52.30 yesterday by cheque, reference A1B2C3",
}
DONE = ["utter_done_report_payment"]
ASKED = ["utter_sum_report_payment", "utter_confirm"]
ASKED_WITH_REFERENCE = ["utter_sum_report_payment_with_reference", "utter_confirm"]


async def signed_in(town: Town, user_id: str = "marie", language: Language = "fr") -> Talk:
    """A conversation with somebody who has signed in."""
    talk = Talk(town, language=language)
    await talk.sign_in(user_id)
    return talk


async def reported(talk: Talk) -> list[tuple[int, str, str, str]]:
    """What the backend holds: cents, day, method, reference; the newest first."""
    reports = (await talk.backend_state()).summary.recent_payment_reports
    return [(one.amount_cents, one.paid_on.isoformat(), one.method, one.reference) for one in reports]


def test_the_limits_are_the_backends() -> None:
    assert payments.OLDEST == rules.OLDEST
    assert payments.LARGEST_CENTS == rules.LARGEST_CENTS
    assert set(payments.METHODS) == {method.value for method in rules.Method}


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fr", ["52,30\xa0$", "dimanche 22 novembre 2026", "par chèque", "A1B2C3", "400\xa0100\xa0017"]),
        ("en", ["$52.30", "Sunday, November 22, 2026", "by cheque", "A1B2C3", "400\xa0100\xa0017"]),
    ],
)
async def test_everything_in_one_sentence_is_summed_up_then_reported(
    town: Town, language: Language, shown: list[str]
) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say(FULL[language], intent="op_report_payment")
    assert talk.said == ASKED_WITH_REFERENCE
    for words in shown:
        assert words in talk.text()
    assert await reported(talk) == []

    await talk.say("oui" if language == "fr" else "yes", intent="affirm")
    state = await talk.backend_state()
    assert talk.said == DONE
    assert await reported(talk) == [(5230, "2026-11-22", "cheque", "A1B2C3")]
    assert state.operations == ["payment_report"]
    assert talk.values["number"] == {"number": state.receipts[0].number}
    assert talk.cards[0]["number"] == state.receipts[0].number
    assert ("facture suivante" if language == "fr" else "following bill") in talk.text()


@pytest.mark.parametrize(
    ("language", "answers", "no_reference"),
    [
        ("fr", ["cinquante-deux et trente", "le 15", "par Internet avec ma banque"], "aucune"),
        ("en", ["fifty-two thirty", "the 15th", "online banking"], "I don't have it"),
    ],
)
async def test_what_is_missing_is_asked_one_by_one(
    town: Town, language: Language, answers: list[str], no_reference: str
) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say("signaler un paiement", intent="op_report_payment")
    for slot, answer in zip(("amount", "paid_on", "method"), answers, strict=True):
        assert talk.said[-1] == f"utter_ask_{slot}"
        await talk.say(answer)
    assert talk.said == ["utter_ask_reference"]
    await talk.say(no_reference)
    assert talk.said == ASKED
    await talk.press("yes")
    assert await reported(talk) == [(5230, "2026-11-15", "online_banking", "")]


@pytest.mark.parametrize(
    ("answer", "intent", "kept"),
    [
        ("A1B2C3", "inform", "A1B2C3"),
        ("le numéro est 123456789", "inform", "123456789"),
        ("ABCDEF", "inform", "ABCDEF"),
        ("je ne l’ai pas", "dont_know", ""),
        ("non", "deny", ""),
        ("je préfère ne pas le donner", "refuse", ""),
        ("j’en ai pas", "inform", ""),
    ],
)
async def test_a_reference_is_kept_or_done_without(town: Town, answer: str, intent: str, kept: str) -> None:
    talk = await signed_in(town)
    await talk.say("j’ai payé 40 $ hier à la banque", intent="op_report_payment")
    assert talk.said == ["utter_ask_reference"]
    await talk.say(answer, intent=intent)
    await talk.press("yes")
    assert await reported(talk) == [(4000, "2026-11-22", "bank", kept)]


async def test_methods_and_no_reference_are_buttons(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("j’ai payé 40 $ hier", intent="op_report_payment")
    assert len(talk.buttons) == len(payments.METHODS)
    await talk.press("En personne")
    await talk.press("Je ne l’ai pas")
    await talk.press("yes")
    assert await reported(talk) == [(4000, "2026-11-22", "in_person", "")]


@pytest.mark.parametrize(
    ("sentence", "intent", "expected"),
    [
        ("non, c’était 60 $", "correct", (6000, "2026-11-22", "cheque", "A1B2C3")),
        ("non, le 15", "deny", (5230, "2026-11-15", "cheque", "A1B2C3")),
        ("oui mais par carte", "affirm", (5230, "2026-11-22", "card", "A1B2C3")),
        ("la référence est Z9Y8X7", "correct", (5230, "2026-11-22", "cheque", "Z9Y8X7")),
    ],
)
async def test_a_correction_is_summed_up_again(
    town: Town, sentence: str, intent: str, expected: tuple[int, str, str, str]
) -> None:
    talk = await signed_in(town)
    await talk.say(FULL["fr"], intent="op_report_payment")
    await talk.say(sentence, intent=intent)
    assert talk.said == ASKED_WITH_REFERENCE
    assert await reported(talk) == []
    await talk.say("oui", intent="affirm")
    assert await reported(talk) == [expected]


async def test_one_value_is_corrected_by_its_name(town: Town) -> None:
    talk = await signed_in(town, language="en")
    await talk.say(FULL["en"], intent="op_report_payment")
    await talk.say("change the amount", intent="correct")
    assert talk.said == ["utter_ask_amount"]
    await talk.say("sixty dollars")
    await talk.say("yes", intent="affirm")
    assert await reported(talk) == [(6000, "2026-11-22", "cheque", "A1B2C3")]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("demain", "date_future"),
        ("le 1er septembre", "paid_too_long_ago"),
        ("le 31 septembre", "impossible_date"),
    ],
)
async def test_a_day_on_which_it_cannot_have_been_is_asked_again(town: Town, answer: str, fault: str) -> None:
    talk = await signed_in(town)
    await talk.say("j’ai payé 40 $", intent="op_report_payment")
    await talk.say(answer)
    assert talk.said == [f"utter_fault_{fault}", "utter_ask_paid_on"]
    await talk.say("hier")
    assert talk.said == ["utter_ask_method"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_too_long_ago_says_what_to_do(town: Town, language: Language) -> None:
    talk = await signed_in(town, "marie", language)
    sentence = {"fr": "j’ai payé 40 $ le 1er septembre", "en": "I paid $40 on September 1"}[language]
    await talk.say(sentence, intent="op_report_payment")
    assert talk.said == ["utter_fault_paid_too_long_ago", "utter_ask_paid_on"]
    assert "340-4920" in talk.text()
    assert ("24 septembre 2026" if language == "fr" else "September 24, 2026") in talk.text()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("60 000 $", "amount_too_large"),
        ("environ 50 $", "approximate"),
        ("zéro dollar", "zero"),
        ("50 $ US", "currency"),
    ],
)
async def test_an_amount_that_cannot_be_is_asked_again(town: Town, answer: str, fault: str) -> None:
    talk = await signed_in(town)
    await talk.say("signaler un paiement", intent="op_report_payment")
    await talk.say(answer)
    assert talk.said == [f"utter_fault_{fault}", "utter_ask_amount"]
    assert talk.text()


async def test_the_good_values_of_a_sentence_with_a_wrong_one_are_kept(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("j’ai payé 40 $ le 1er septembre à la banque", intent="op_report_payment")
    await talk.say("hier")
    assert talk.said == ["utter_ask_reference"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_very_same_payment_is_not_reported_twice(town: Town, language: Language) -> None:
    talk = await signed_in(town, "yves", language)
    sentence = {
        "fr": "j’ai payé 48,90 $ hier sur le site de ma banque",
        "en": "I paid $48.90 yesterday by online banking",
    }[language]
    await talk.say(sentence, intent="op_report_payment")
    await talk.say("A1B2C3")
    assert talk.said == ["utter_already_reported"]
    known = (await talk.backend_state()).summary.recent_payment_reports[0].receipt_number
    assert talk.values["known_number"] == {"number": known}
    assert len(await reported(talk)) == 1
    assert not talk.goes_on


@pytest.mark.parametrize(
    ("language", "answer", "intent", "reports"),
    [
        ("fr", "oui", "affirm", 2),
        ("fr", "c’est un autre paiement", "inform", 2),
        ("fr", "non, ce n’est pas le même paiement", "deny", 2),
        ("fr", "non", "deny", 1),
        ("fr", "non, c’est le même", "deny", 1),
        ("en", "yes, another one", "affirm", 2),
        ("en", "no, same payment", "deny", 1),
    ],
)
async def test_a_payment_that_looks_reported_is_asked_about(
    town: Town, language: Language, answer: str, intent: str, reports: int
) -> None:
    talk = await signed_in(town, "yves", language)
    sentence = {"fr": "j’ai payé 48,90 $ hier par chèque", "en": "I paid $48.90 yesterday by cheque"}[
        language
    ]
    await talk.say(sentence, intent="op_report_payment")
    await talk.say("non", intent="deny")
    assert talk.said == ["utter_ask_another"]
    assert len(talk.buttons) == 2
    assert len(await reported(talk)) == 1

    await talk.say(answer, intent=intent)
    if reports == 1:
        assert talk.said == ["utter_same_payment"]
        assert not talk.goes_on
    else:
        assert talk.said == ASKED
        await talk.press("yes")
        assert talk.said == ["utter_done_report_payment_overdue"]
    assert len(await reported(talk)) == reports


async def test_a_payment_corrected_is_looked_at_anew(town: Town) -> None:
    talk = await signed_in(town, "yves")
    await talk.say("j’ai payé 48,90 $ hier par chèque", intent="op_report_payment")
    await talk.say("non", intent="deny")
    assert talk.said == ["utter_ask_another"]
    await talk.say("non, c’était 40 $", intent="correct")
    assert talk.said == ASKED
    await talk.say("non, 48,90 $", intent="correct")
    assert talk.said == ["utter_ask_another"]


@pytest.mark.parametrize(
    ("user_id", "done"),
    [
        ("luc", "utter_done_report_payment_overdue"),
        ("marie", "utter_done_report_payment"),
        ("nadia", "utter_done_report_payment"),
    ],
)
async def test_only_an_active_account_in_arrears_is_told_that_suspension_waits(
    town: Town, user_id: str, done: str
) -> None:
    talk = await signed_in(town, user_id)
    await talk.say(FULL["fr"], intent="op_report_payment")
    await talk.press("yes")
    assert talk.said == [done]
    assert (await talk.backend_state()).summary.balance.suspension_held_until is not None


async def test_the_same_yes_twice_reports_once(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say(FULL["fr"], intent="op_report_payment")
    (yes, *_) = talk.answer[-1].buttons
    await talk.choose(yes.choice)
    await talk.choose(yes.choice)
    assert talk.said == ["utter_stale_choice"]
    assert len(await reported(talk)) == 1


async def test_a_lost_answer_is_neither_told_as_done_nor_done_twice(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say(FULL["fr"], intent="op_report_payment")
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.press("yes")
    assert talk.said == ["utter_outcome_unknown"]
    await talk.press("retry")
    assert talk.said == DONE
    assert len(await reported(talk)) == 1


async def test_what_may_be_done_is_never_told_as_not_done(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say(FULL["fr"], intent="op_report_payment")
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.press("yes")
    await town.stop()
    await talk.press("retry")
    assert talk.said == ["utter_outcome_unknown"]
    await talk.say("annuler", intent="cancel")
    assert talk.said == ["utter_left_unknown"]


async def test_a_backend_that_is_down_keeps_what_was_said(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("j’ai payé 52,30 $ hier par chèque", intent="op_report_payment")
    town.weather.on_looks.extend(["broken", "broken"])
    await talk.say("A1B2C3")
    assert talk.said == ["utter_backend_down"]
    await talk.press("retry")
    assert talk.said == ASKED_WITH_REFERENCE
    assert await reported(talk) == []


async def test_a_card_number_is_no_reference(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("j’ai payé 40 $ hier par carte", intent="op_report_payment")
    await talk.say("4242 4242 4242 4242")
    assert talk.said == ["utter_fault_card_number", "utter_ask_reference"]
    await talk.say("aucune")
    await talk.press("yes")
    assert await reported(talk) == [(4000, "2026-11-22", "card", "")]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_question_has_a_reason_and_an_example(town: Town, language: Language) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say("…", intent="op_report_payment")
    for slot, answer in (("amount", "52,30 $"), ("paid_on", "22/11/2026"), ("method", "cheque")):
        await talk.say("?", intent="ask_why")
        assert talk.said == [f"utter_why_{slot}", f"utter_ask_{slot}"]
        await talk.say("…", intent="dont_know")
        assert talk.said[0] == f"utter_help_{slot}"
        assert talk.text()
        await talk.say(answer)
    assert talk.said == ["utter_ask_reference"]
    await talk.say("?", intent="ask_why")
    assert talk.said == ["utter_why_reference", "utter_ask_reference"]


async def test_another_customers_payments_are_not_looked_at(town: Town) -> None:
    talk = await signed_in(town, "marie")
    await talk.say(
        "j’ai payé 48,90 $ hier par chèque, compte 400100116, référence A1B2C3", intent="op_report_payment"
    )
    assert talk.said == ASKED_WITH_REFERENCE
    await talk.press("yes")
    yves = await town.customer("yves")
    assert len(await yves.payment_reports((await yves.accounts())[0].id)) == 1
    with pytest.raises(Refused):
        await (await town.customer("marie")).payment_reports((await yves.accounts())[0].id)

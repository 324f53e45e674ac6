"""One account at a glance, and linking one more."""

from typing import Any

import pytest

from bot.actions.backend import Summary
from bot.actions.dialogue.heard import Language
from bot.actions.operations.accounts import rows_of
from tests.support.demo_town import Town
from tests.unit.bot.operations.conftest import Begin

BOTH: tuple[Language, Language] = ("fr", "en")
SUMMED_UP = ["utter_sum_link_account", "utter_confirm"]
FREE, ITS_CODE = {"account": "400100157"}, "G1L 2N1"  # nobody's yet


def keys(rows: Any) -> list[str]:
    """The text of each line."""
    return [row["key"] for row in rows]


@pytest.mark.parametrize(
    ("user", "language", "expected", "buttons"),
    [
        (
            "marie",
            "fr",
            ["due", "plan", "paper", "autopay_off", "next_bill", "address"],
            ["op_pay", "op_enrol_ebill"],
        ),
        ("john", "en", ["due", "plan", "ebill", "autopay_off", "next_bill", "address"], ["op_pay"]),
        (
            "luc",
            "fr",
            ["overdue", "plan", "paper", "autopay_off", "next_bill", "address"],
            ["op_pay", "op_report_payment", "op_enrol_ebill"],
        ),
        (
            "nadia",
            "fr",
            ["overdue", "suspended", "plan", "paper", "autopay_off", "next_bill", "address"],
            ["op_pay", "op_report_payment", "op_human"],
        ),
        (
            "priya",
            "en",
            ["due", "plan", "paper", "autopay_off", "next_bill", "address", "move", "receipt"],
            ["op_pay", "op_cancel_address_change", "op_enrol_ebill"],
        ),
        (
            "claire",
            "fr",
            ["due", "plan", "paper", "autopay_on", "next_bill", "address"],
            ["op_pay", "op_enrol_ebill"],
        ),
        (
            "yves",
            "fr",
            ["overdue", "held", "plan", "paper", "autopay_off", "next_bill", "address", "report", "receipt"],
            ["op_pay", "op_enrol_ebill", "op_receipts"],
        ),
        ("omar", "en", ["due", "ebill", "autopay_off", "next_bill", "address"], ["op_pay"]),
    ],
)
async def test_the_summary_says_what_there_is_and_offers_what_makes_sense(
    begin: Begin, user: str, language: Language, expected: list[str], buttons: list[str]
) -> None:
    talk = begin(language)
    await talk.sign_in(user)

    await talk.say("?", intent="op_account_summary")

    assert (talk.said, talk.goes_on) == (["utter_account_summary"], False)
    assert keys(talk.values["rows"]["lines"]) == [f"phrase_sum_{name}" for name in expected]
    assert talk.intents == buttons


async def test_the_summary_in_words(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("mon solde", intent="op_account_summary")

    text = talk.text().replace("\N{NO-BREAK SPACE}", " ")

    assert text.startswith(
        "Téléphone et Internet, compte 400 100 017 :\n\n- **Solde : 84,50 $**, à payer d’ici le"
    )
    assert "- Adresse de facturation : 12, rue Principale, Québec QC G1R 2B5" in text


@pytest.mark.parametrize(
    ("cents", "key"), [(0, "phrase_sum_nothing_owed"), (-500, "phrase_sum_credit"), (500, "phrase_sum_owed")]
)
async def test_nothing_owed_and_a_credit_are_said_as_such(
    begin: Begin, town: Town, cents: int, key: str
) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    now = (await talk.backend_state()).summary
    balance = now.balance.model_copy(update={"balance_cents": cents, "due_on": None})
    changed: Summary = now.model_copy(update={"balance": balance})

    first = next(rows_of(changed, "fr"))

    assert first["key"] == key


@pytest.mark.parametrize(("language", "words"), [("fr", "celui du sans-fil"), ("en", "the wireless one")])
async def test_of_several_accounts_one_is_asked_for(begin: Begin, language: Language, words: str) -> None:
    talk = begin(language)
    await talk.sign_in("sophie")
    await talk.say("?", intent="op_account_summary")
    assert talk.said == ["utter_ask_account"]

    await talk.say(words)

    assert talk.said == ["utter_account_summary"]
    assert talk.values["account"]["values"]["account"] == {"account": "400100058"}


async def test_the_account_named_at_once_is_not_asked_for(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("sophie")

    await talk.say("le solde de mon compte Internet", intent="op_account_summary")

    assert talk.said == ["utter_account_summary"]
    assert talk.values["account"]["values"]["account"] == {"account": "400100066"}


async def test_another_customers_account_shows_nothing(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("sophie")

    await talk.say("le solde du compte 400 100 017", intent="op_account_summary")

    assert talk.said == ["utter_ask_account"]
    assert talk.titles()
    assert not [title for title in talk.titles() if "017" in title]


@pytest.mark.parametrize("language", BOTH)
async def test_the_summary_in_the_midst_of_something_comes_back_to_it(
    begin: Begin, language: Language
) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("?", intent="op_enrol_ebill")

    await talk.say("?", intent="op_account_summary")

    assert talk.said == ["utter_account_summary", "utter_ask_ebill_email"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "associez le compte 400 100 157, code postal g1l2n1"),
        ("en", "link account 400100157, postal code G1L 2N1"),
    ],
)
async def test_one_sentence_and_a_yes_link_an_account(begin: Begin, language: Language, words: str) -> None:
    talk = begin(language)
    await talk.say(words, intent="op_link_account")
    assert talk.said == ["utter_sign_in_needed"]
    await talk.sign_in("marie")
    assert talk.said == ["utter_signed_in", *SUMMED_UP]
    assert (talk.values["account"], talk.values["postal_code"]) == (FREE, ITS_CODE)

    await talk.press("yes")

    assert (talk.said, talk.goes_on) == (["utter_done_link_account"], False)
    assert talk.values["default"] == {"account": "400100017"}
    linked = await talk.backend_state("400100157")
    assert (linked.operations, linked.summary.is_default) == (["account_link"], False)


@pytest.mark.parametrize("language", BOTH)
async def test_one_by_one(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("?", intent="op_link_account")
    assert talk.said == ["utter_ask_account_number"]

    await talk.say("4001001")
    assert talk.said == ["utter_fault_wrong_length", "utter_ask_account_number"]
    await talk.say("400-100-157")
    assert talk.said == ["utter_ask_postal_code"]
    await talk.say("?", intent="ask_why")
    assert talk.said == ["utter_why_postal_code", "utter_ask_postal_code"]
    await talk.say("g1l 2n1")

    assert talk.said == SUMMED_UP


@pytest.mark.parametrize(
    "wrong", ["le compte 400100157, G1R 2B5", "le compte 400100025, G1R 2B5", "le compte 999999999, G1R 2B5"]
)
async def test_whatever_is_wrong_is_told_alike_and_both_are_asked_again(begin: Begin, wrong: str) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say(f"associez {wrong}", intent="op_link_account")
    await talk.press("yes")

    assert talk.said == ["utter_refused_value", "utter_ask_account_number"]
    assert "ne correspondent pas" in talk.text()
    await talk.say("400100157")
    assert talk.said == ["utter_ask_postal_code"]
    await talk.say(ITS_CODE)
    await talk.press("yes")
    assert (await talk.backend_state("400100157")).operations == ["account_link"]


@pytest.mark.parametrize("language", BOTH)
async def test_after_too_many_tries_it_says_when_to_come_back(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")
    for _ in range(6):
        await talk.say("400100157, H2Z 1A4", intent="op_link_account")
        await talk.press("yes")

    assert (talk.said, talk.goes_on) == (["utter_link_locked"], False)
    assert talk.values["wait"] == {"key": "phrase_minutes", "values": {"minutes": 60}}
    assert "60" in talk.text()


@pytest.mark.parametrize("language", BOTH)
async def test_an_account_of_ones_own_is_linked_already(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("400100017", intent="op_link_account")

    assert (talk.said, talk.goes_on) == (["utter_already_linked"], False)


async def test_the_number_is_corrected_at_the_summary(begin: Begin) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("400100158, G1L 2N1", intent="op_link_account")

    await talk.say("non, 400100157", intent="correct")

    assert talk.said == SUMMED_UP
    assert (talk.values["account"], talk.values["postal_code"]) == (FREE, ITS_CODE)


async def test_the_answer_lost_on_the_way_is_found_again(begin: Begin, town: Town) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("400100157, G1L 2N1", intent="op_link_account")
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.press("yes")
    assert talk.said == ["utter_outcome_unknown"]

    await talk.press("retry")

    assert talk.said == ["utter_done_link_account"]
    assert (await talk.backend_state("400100157")).operations == ["account_link"]


async def test_the_backend_down_half_way_keeps_the_number(begin: Begin, town: Town) -> None:
    talk = begin("fr")
    await talk.sign_in("marie")
    town.weather.on_looks.extend(["broken"] * 3)
    await talk.say("400100157", intent="op_link_account")
    assert talk.said == ["utter_backend_down"]

    await talk.press("retry")

    assert talk.said == ["utter_ask_postal_code"]


async def test_a_session_that_ends_half_way_keeps_what_the_last_words_told(begin: Begin, town: Town) -> None:
    talk = begin("en")
    await talk.sign_in("marie")
    await talk.say("link another account", intent="op_link_account")
    town.world.clock.forward(minutes=31)
    await talk.say("400 100 157 and G1L 2N1")
    assert talk.said == ["utter_sign_in_again"]

    await talk.sign_in("marie")

    assert talk.said == ["utter_signed_in", *SUMMED_UP]
    assert (talk.values["account"], talk.values["postal_code"]) == (FREE, ITS_CODE)

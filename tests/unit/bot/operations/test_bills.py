"""A monthly bill once more."""

import pytest

from backend.domain.people import SYSTEM
from backend.service.bill_run import run_bills
from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.unit.bot.operations.conftest import Begin

BOTH: tuple[Language, Language] = ("fr", "en")
SUMMED_UP = ["utter_sum_resend_bill", "utter_confirm"]
DECEMBER, JANUARY, FEBRUARY = "2026-12-18", "2027-01-18", "2027-02-18"


async def make_bills(town: Town, months: int) -> None:
    """Let months pass; Marie's bill is made on the eighteenth of each, from December on."""
    for _ in range(months):
        town.world.clock.forward(days=30)
        await run_bills(town.world.backend, SYSTEM)


@pytest.mark.parametrize("language", BOTH)
async def test_without_a_bill_there_is_none_to_send(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("?", intent="op_resend_bill")

    assert (talk.said, talk.goes_on) == (["utter_no_bill"], False)


@pytest.mark.parametrize("language", BOTH)
async def test_the_only_bill_needs_no_question_and_goes_where_bills_go(
    begin: Begin, town: Town, language: Language
) -> None:
    await make_bills(town, 1)
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("?", intent="op_resend_bill")
    assert talk.said == SUMMED_UP
    assert talk.values["way"]["key"] == "phrase_by_post"

    await talk.press("yes")

    state = await talk.backend_state()
    assert talk.said == ["utter_done_resend_bill"]
    assert state.operations == ["bill_send"]
    assert talk.cards[0]["number"] == state.receipts[0].number


@pytest.mark.parametrize(
    ("language", "words", "issued"),
    [
        ("fr", "renvoyez-moi ma dernière facture", FEBRUARY),
        ("en", "send me my latest bill again", FEBRUARY),
        ("fr", "la facture de janvier encore une fois", JANUARY),
        ("en", "the december bill again please", DECEMBER),
    ],
)
async def test_the_bill_named_in_the_first_sentence(
    begin: Begin, town: Town, language: Language, words: str, issued: str
) -> None:
    await make_bills(town, 3)
    talk = begin(language)
    await talk.say(words, intent="op_resend_bill")
    await talk.sign_in("marie")

    assert talk.said[1:] == SUMMED_UP
    assert talk.values["bill"]["values"]["issued"] == {"date": issued}


@pytest.mark.parametrize(
    ("language", "words", "issued"),
    [
        ("fr", "la dernière", FEBRUARY),
        ("en", "the last one", FEBRUARY),
        ("en", "the january one", JANUARY),
        ("fr", "celle de décembre", DECEMBER),
        ("fr", "la première", DECEMBER),
        ("fr", "la deuxième", JANUARY),
    ],
)
async def test_the_bill_named_when_asked(
    begin: Begin, town: Town, language: Language, words: str, issued: str
) -> None:
    await make_bills(town, 3)
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("?", intent="op_resend_bill")
    assert talk.said == ["utter_ask_bill"]
    assert talk.buttons == ["value:0", "value:1", "value:2"]

    await talk.say(words)

    assert talk.said == SUMMED_UP
    assert talk.values["bill"]["values"]["issued"] == {"date": issued}


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "non, celle de décembre"), ("en", "no, the december one")]
)
@pytest.mark.parametrize("intent", ["deny", "correct", "inform", "op_resend_bill"])
async def test_another_bill_at_the_summary(
    begin: Begin, town: Town, language: Language, words: str, intent: str
) -> None:
    await make_bills(town, 2)
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("my latest bill", intent="op_resend_bill")

    await talk.say(words, intent=intent)

    assert talk.said == SUMMED_UP
    assert talk.values["bill"]["values"]["issued"] == {"date": DECEMBER}
    assert (await talk.backend_state()).operations == []


async def test_an_e_bill_goes_again_to_its_address(begin: Begin, town: Town) -> None:
    await make_bills(town, 2)
    talk = begin("en")
    await talk.sign_in("john")
    await talk.say("my latest bill again", intent="op_resend_bill")

    assert talk.values["way"] == {"key": "phrase_by_email", "values": {"to": {"email": "john@example.ca"}}}
    assert "by e-mail, to john@example.ca" in talk.text()


async def test_a_month_without_a_bill_is_asked_for_again(begin: Begin, town: Town) -> None:
    await make_bills(town, 2)
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("renvoyez une facture", intent="op_resend_bill")

    await talk.say("celle de juin")

    assert talk.said == ["utter_missed", "utter_ask_bill"]


async def test_a_session_that_ends_when_the_bill_is_named_keeps_the_bill(begin: Begin, town: Town) -> None:
    await make_bills(town, 2)
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("renvoyez une facture", intent="op_resend_bill")
    town.world.clock.forward(minutes=31)
    await talk.say("celle de décembre")
    assert talk.said == ["utter_sign_in_again"]

    await talk.sign_in("marie")

    assert talk.said == ["utter_signed_in", *SUMMED_UP]
    assert talk.values["bill"]["values"]["issued"] == {"date": DECEMBER}

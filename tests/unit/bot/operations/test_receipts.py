"""The latest receipts, one of them by e-mail again, and taking an operation back."""

import pytest

from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.support.talking import Talk
from tests.unit.bot.operations.conftest import Begin

BOTH: tuple[Language, Language] = ("fr", "en")
SUMMED_UP = ["utter_sum_undo", "utter_confirm"]
PLAN, EMAIL = "world", "facture@example.ca"


async def a_past(town: Town, user: str, *done: str) -> None:
    """What the customer did before the conversation, one after the other."""
    customer = await town.customer(user)
    account = (await customer.accounts())[0].id
    for place, what in enumerate(done):
        key = f"the-past-{user}-{place}"
        if what == "plan":
            await customer.switch_plan(account, PLAN, key=key)
        elif what == "ebill":
            await customer.enrol_ebill(account, EMAIL, consent=True, key=key)
        elif what == "leave":
            await customer.leave_ebill(account, key=key)
        elif what == "link":
            await customer.link_account("400100157", "G1L 2N1", key=key)
        elif what == "undo":
            await customer.undo((await customer.receipts())[0].number, key=key)


async def numbers(talk: Talk) -> dict[str, str]:
    """The number of each receipt, by operation; the newest wins."""
    return {one.operation: one.number for one in reversed((await talk.backend_state()).receipts)}


@pytest.mark.parametrize("language", BOTH)
async def test_the_latest_receipts_are_listed_the_newest_first(
    begin: Begin, town: Town, language: Language
) -> None:
    await a_past(town, "marie", "plan", "ebill", "leave", "ebill", "leave", "link")
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("?", intent="op_receipts")

    assert (talk.said, talk.goes_on) == (["utter_receipts"], False)
    rows = [row["values"]["number"]["number"] for row in talk.values["rows"]["lines"]]
    assert rows == [receipt.number for receipt in (await talk.backend_state()).receipts[:5]]
    assert talk.intents == ["op_send_receipt", "op_undo"]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("intent", ["op_receipts", "op_send_receipt"])
async def test_without_any_receipt_it_says_so(begin: Begin, intent: str, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("?", intent=intent)

    assert (talk.said, talk.goes_on) == (["utter_no_receipt"], False)


@pytest.mark.parametrize("language", BOTH)
async def test_the_only_receipt_is_sent_at_once_and_shown(
    begin: Begin, town: Town, language: Language
) -> None:
    await a_past(town, "marie", "plan")
    talk = begin(language)
    await talk.say("?", intent="op_send_receipt")
    await talk.sign_in("marie")

    assert talk.said == ["utter_signed_in", "utter_done_send_receipt"]
    assert talk.values["to"] == {"email": "m***@example.ca"}
    assert talk.cards[0]["number"] == (await numbers(talk))["plan_change"]
    await town.world.worker.round()
    assert len(town.world.mail.to("marie@example.ca")) == 2  # when it was done, and now
    assert (await talk.backend_state()).operations == ["plan_change"]


@pytest.mark.parametrize(
    ("language", "words", "operation"),
    [
        ("fr", "envoyez-moi mon dernier reçu", "account_link"),
        ("en", "e-mail me the latest receipt", "account_link"),
        ("fr", "le reçu de mon changement de forfait", "plan_change"),
        ("en", "the receipt for the e-bill", "ebill_enrol"),
    ],
)
async def test_the_receipt_named_is_sent(
    begin: Begin, town: Town, language: Language, words: str, operation: str
) -> None:
    await a_past(town, "marie", "plan", "ebill", "link")
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say(words, intent="op_send_receipt")

    assert talk.said == ["utter_done_send_receipt"]
    assert talk.values["number"]["number"] == (await numbers(talk))[operation]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "la deuxième"), ("en", "the second one"), ("fr", "celui du forfait")]
)
async def test_which_receipt_is_asked_when_none_is_named(
    begin: Begin, town: Town, language: Language, words: str
) -> None:
    await a_past(town, "marie", "link", "plan", "ebill")
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("?", intent="op_send_receipt")
    assert (talk.said, len(talk.buttons)) == (["utter_ask_receipt"], 3)

    await talk.say(words)

    assert talk.values["number"]["number"] == (await numbers(talk))["plan_change"]


@pytest.mark.parametrize(
    ("intent", "question"), [("op_send_receipt", "utter_ask_receipt"), ("op_undo", "utter_ask_undone")]
)
@pytest.mark.parametrize("language", BOTH)
async def test_anybody_elses_receipt_is_not_found(
    begin: Begin, town: Town, intent: str, question: str, language: Language
) -> None:
    await a_past(town, "marie", "plan", "ebill")
    await a_past(town, "luc", "ebill")
    luc = await town.customer("luc")
    (his,) = await luc.receipts()
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say(his.number, intent=intent)
    assert talk.said == ["utter_fault_receipt_not_found", question]
    assert his.words.number not in talk.text() + "".join(talk.titles())
    await talk.say("111122223333")
    assert talk.said == ["utter_fault_receipt_not_found", question]

    assert [one.undone_by for one in await luc.receipts()] == [None]


async def test_a_number_that_is_too_short_is_told_as_such(begin: Begin, town: Town) -> None:
    await a_past(town, "marie", "plan", "ebill")
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("envoyez-moi un reçu", intent="op_send_receipt")

    await talk.say("1111 2222 33")

    assert talk.said == ["utter_fault_receipt_length", "utter_ask_receipt"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "annulez ce que je viens de faire"), ("en", "undo what I just did"), ("fr", "annuler")],
)
async def test_the_only_operation_is_undone_after_a_yes(
    begin: Begin, town: Town, language: Language, words: str
) -> None:
    await a_past(town, "marie", "plan")
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say(words, intent="op_undo")
    assert talk.said == SUMMED_UP
    assert [row["values"]["label"][language] for row in talk.values["rows"]["lines"]] == (
        ["Forfait", "Frais mensuels"] if language == "fr" else ["Plan", "Monthly fee"]
    )
    assert (await talk.backend_state()).operations == ["plan_change"]

    await talk.press("yes")

    state = await talk.backend_state()
    assert (talk.said, talk.goes_on) == (["utter_done_undo"], False)
    assert state.operations == ["plan_change", "plan_change"]
    assert state.summary.plan is not None
    assert state.summary.plan.code == "basic"
    assert state.receipts[0].undoes == state.receipts[1].number
    assert talk.cards[0]["number"] == state.receipts[0].number


@pytest.mark.parametrize(
    ("language", "words", "operation"),
    [
        ("fr", "annulez mon changement de forfait", "plan_change"),
        ("en", "undo the plan change", "plan_change"),
        ("fr", "annulez ce que je viens de faire", "ebill_enrol"),
        ("en", "undo the last thing", "ebill_enrol"),
        ("en", "undo the e-bill", "ebill_enrol"),
    ],
)
async def test_of_several_the_one_named_is_undone(
    begin: Begin, town: Town, language: Language, words: str, operation: str
) -> None:
    await a_past(town, "marie", "plan", "ebill")
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say(words, intent="op_undo")

    assert talk.said == SUMMED_UP
    assert talk.values["operation"]["values"]["number"]["number"] == (await numbers(talk))[operation]


@pytest.mark.parametrize("language", BOTH)
async def test_of_several_one_is_asked_for(begin: Begin, town: Town, language: Language) -> None:
    await a_past(town, "marie", "plan", "ebill", "link")
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("?", intent="op_undo")
    assert (talk.said, talk.buttons) == (["utter_ask_undone"], ["value:0", "value:1"])

    await talk.press("value:1")
    assert talk.said == SUMMED_UP
    await talk.press("yes")

    state = await talk.backend_state()
    assert state.operations == ["ebill_leave", "account_link", "ebill_enrol", "plan_change"]
    assert not state.summary.ebill.is_on


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "non, plutôt le forfait"), ("en", "no, the plan instead")]
)
@pytest.mark.parametrize("intent", ["deny", "correct", "op_undo"])
async def test_another_operation_at_the_summary(
    begin: Begin, town: Town, language: Language, words: str, intent: str
) -> None:
    await a_past(town, "marie", "plan", "ebill")
    talk = begin(language)
    await talk.sign_in("marie")
    await talk.say("the last one", intent="op_undo")

    await talk.say(words, intent=intent)

    assert talk.said == SUMMED_UP
    assert talk.values["operation"]["values"]["number"]["number"] == (await numbers(talk))["plan_change"]


@pytest.mark.parametrize("language", BOTH)
async def test_nothing_to_undo_says_so(begin: Begin, language: Language) -> None:
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("?", intent="op_undo")

    assert (talk.said, talk.goes_on) == (["utter_nothing_to_undo"], False)


@pytest.mark.parametrize(
    ("done", "words", "key", "why", "way_back"),
    [
        (["link"], "annulez ce que je viens de faire", "utter_never_undone", "dissocier", "op_human"),
        (["plan", "undo"], "annulez mon forfait", "utter_cannot_undo", "déjà annulée", "op_switch_plan"),
    ],
)
async def test_what_cannot_be_undone_is_told_with_a_way_back(
    begin: Begin, town: Town, done: list[str], words: str, key: str, why: str, way_back: str
) -> None:
    await a_past(town, "marie", *done)
    talk = begin("fr")
    await talk.sign_in("marie")

    await talk.say(words, intent="op_undo")

    assert (talk.said, talk.goes_on) == ([key], False)
    assert why in talk.text()
    assert talk.intents[0] == way_back


@pytest.mark.parametrize("language", BOTH)
async def test_too_late_to_undo_offers_the_opposite(begin: Begin, town: Town, language: Language) -> None:
    await a_past(town, "marie", "plan")
    town.world.clock.forward(days=1)
    talk = begin(language)
    await talk.sign_in("marie")

    await talk.say("undo what I just did", intent="op_undo")

    assert talk.said == ["utter_cannot_undo"]
    assert {"fr": "trop tard", "en": "too late"}[language] in talk.text()
    assert talk.intents == ["op_switch_plan", "op_receipts"]


async def test_midnight_between_the_summary_and_the_yes(begin: Begin, town: Town) -> None:
    await a_past(town, "marie", "plan")
    town.world.clock.forward(hours=13, minutes=50)
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("annulez ce que je viens de faire", intent="op_undo")
    assert talk.said == SUMMED_UP
    town.world.clock.forward(minutes=20)

    await talk.press("yes")

    assert talk.said == ["utter_cannot_undo"]
    assert (await talk.backend_state()).operations == ["plan_change"]


async def test_an_undo_sent_twice_is_one(begin: Begin, town: Town) -> None:
    await a_past(town, "marie", "plan")
    talk = begin("fr")
    await talk.sign_in("marie")
    await talk.say("annulez", intent="op_undo")
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.press("yes")
    assert talk.said == ["utter_outcome_unknown"]

    await talk.press("retry")

    assert talk.said == ["utter_done_undo"]
    assert (await talk.backend_state()).operations == ["plan_change", "plan_change"]


async def test_cancelling_the_undo_leaves_things_as_they_are(begin: Begin, town: Town) -> None:
    await a_past(town, "marie", "plan")
    talk = begin("en")
    await talk.sign_in("marie")
    await talk.say("undo it", intent="op_undo")

    await talk.say("never mind", intent="cancel")

    assert talk.said == ["utter_cancelled"]
    assert (await talk.backend_state()).operations == ["plan_change"]

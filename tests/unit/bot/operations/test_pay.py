"""Paying by conversation: the page's link once, what became of it, and nothing told that is not known."""

from typing import Any

import pytest

from backend.domain.online import Outcome
from backend.domain.people import SYSTEM
from backend.service.online import take_outcome
from backend.service.refunds import close_abandoned
from bot.actions.dialogue.heard import Language
from tests.support.demo_town import Town
from tests.support.talking import Talk

CARD = "4242 4242 4242 4242"
SHOWN = ["utter_payment_page", "utter_ask_paid"]


async def signed_in(town: Town, user_id: str = "marie", language: Language = "fr") -> Talk:
    """A conversation with somebody who has signed in."""
    talk = Talk(town, language=language)
    await talk.sign_in(user_id)
    return talk


def links(talk: Talk) -> list[str]:
    """The addresses given in the last answer."""
    return [str(link["url"]) for saying in talk.answer for link in saying.links]


async def settle(town: Town, url: str, **outcome: Any) -> None:
    """What using a card on the page comes to."""
    payment_id = url.split("/")[-2]
    async with town.world.backend.store.reading() as uow:
        payment = await uow.payments.get(payment_id)
    assert payment is not None
    await take_outcome(town.world.backend, Outcome(payment_id, cents=payment.cents, **outcome))


async def payments_of(talk: Talk, town: Town, user_id: str = "marie") -> list[tuple[str, int, str]]:
    """The kind, cents and state of every payment made here, the newest first."""
    customer = await town.customer(user_id)
    account = (await talk.backend_state()).summary.id
    return [(one.kind, one.amount_cents, one.state) for one in await customer.payments(account)]


@pytest.mark.parametrize(
    ("language", "sentence", "done"),
    [
        ("fr", "je veux payer mon solde au complet", "j’ai terminé"),
        ("en", "I want to pay my full balance", "I’m done"),
    ],
)
async def test_the_whole_balance_is_paid_on_the_page(
    town: Town, language: Language, sentence: str, done: str
) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say(sentence, intent="op_pay")
    assert talk.said == SHOWN
    (url,) = links(talk)
    assert await payments_of(talk, town) == [("one_time", 8450, "started")]

    await settle(town, url, is_approved=True, authorization="481203")
    await talk.say(done)
    state = await talk.backend_state()
    assert talk.said == ["utter_done_pay"]
    assert "481203" in talk.text()
    assert talk.cards[0]["number"] == state.receipts[0].number
    assert state.operations == ["payment"]
    assert state.summary.balance.balance_cents == 0
    assert not talk.goes_on


@pytest.mark.parametrize(
    ("answer", "paid"),
    [("40 $", 4000), ("le solde", 8450), ("tout", 8450), ("quarante dollars et vingt", 4020)],
)
async def test_the_amount_is_asked_with_the_balance(town: Town, answer: str, paid: int) -> None:
    talk = await signed_in(town)
    await talk.say("faire un paiement", intent="op_pay")
    assert talk.said == ["utter_ask_pay_amount"]
    assert "84,50\xa0$" in talk.text()
    await talk.say(answer)
    assert talk.said == SHOWN
    assert await payments_of(talk, town) == [("one_time", paid, "started")]


@pytest.mark.parametrize("opening", ["payer une partie de mon solde", "pay half of my balance"])
async def test_a_part_of_the_balance_is_not_the_whole_of_it(town: Town, opening: str) -> None:
    talk = await signed_in(town)
    await talk.say(opening, intent="op_pay")
    assert talk.said == ["utter_ask_pay_amount"]
    await talk.say("40 $ de mon solde")
    assert await payments_of(talk, town) == [("one_time", 4000, "started")]


@pytest.mark.parametrize("opening", ["payer 500 $", "payer"])
async def test_more_than_the_balance_is_asked_again(town: Town, opening: str) -> None:
    talk = await signed_in(town)
    await talk.say(opening, intent="op_pay")
    if opening == "payer":
        await talk.say("500 $")
    assert talk.said == ["utter_fault_over_balance", "utter_ask_pay_amount"]
    assert await payments_of(talk, town) == []
    await talk.press("value:0")
    assert await payments_of(talk, town) == [("one_time", 8450, "started")]


async def test_nothing_owed_is_nothing_to_pay(town: Town) -> None:
    talk = await signed_in(town, "sophie")
    await talk.say("payer mon compte internet", intent="op_pay")
    assert talk.said == ["utter_nothing_to_pay"]
    assert not talk.goes_on


@pytest.mark.parametrize(
    "answer",
    [
        "le lien ne marche pas",
        "la page ne s’ouvre pas",
        "pouvez-vous me renvoyer le lien? the link doesn’t work",
    ],
)
async def test_the_link_is_given_again_and_no_other_payment_begins(town: Town, answer: str) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    first = links(talk)
    await talk.say(answer)
    assert talk.said == ["utter_fault_paid_link", "utter_ask_paid"]
    assert links(talk) == first
    assert len(await payments_of(talk, town)) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_done_too_early_is_not_told_as_paid(town: Town, language: Language) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say("payer 40 $ / pay $40", intent="op_pay")
    (url,) = links(talk)
    await talk.press("J’ai terminé" if language == "fr" else "I’m done")
    assert talk.said == ["utter_fault_not_paid_yet", "utter_ask_paid"]
    assert (await talk.backend_state()).operations == []

    await settle(town, url, is_approved=True, authorization="000123")
    await talk.say("oui", intent="affirm")
    assert talk.said == ["utter_done_pay"]
    assert talk.values["authorization"] == "000123"


@pytest.mark.parametrize(
    ("reason", "words"),
    [("card_refused", "la carte a été refusée"), ("something_new", "la page ne dit pas pourquoi")],
)
async def test_a_refused_card_says_why_and_the_page_takes_another(
    town: Town, reason: str, words: str
) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    (url,) = links(talk)
    await settle(town, url, is_approved=False, reason=reason)
    await talk.press("J’ai terminé")
    assert talk.said == ["utter_fault_page_refused", "utter_ask_paid"]
    assert words in talk.text()
    assert links(talk) == [url]

    await settle(town, url, is_approved=True, authorization="481203")
    await talk.press("J’ai terminé")
    assert talk.said == ["utter_done_pay"]
    assert len(await payments_of(talk, town)) == 1


async def test_an_expired_page_is_followed_by_another(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    (old,) = links(talk)
    town.world.clock.forward(seconds=town.world.backend.policy.payment_life.total_seconds() + 1)
    await close_abandoned(town.world.backend, SYSTEM)
    await talk.sign_in("marie")
    await talk.press("J’ai terminé")
    assert talk.said == ["utter_fault_page_expired", "utter_other_payment_page", "utter_ask_paid"]
    (new,) = links(talk)
    assert new != old


async def test_another_amount_is_another_page_and_either_one_counts(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    (first,) = links(talk)
    await talk.say("non, plutôt 50 $", intent="correct")
    assert talk.said == ["utter_other_payment_page", "utter_ask_paid"]
    assert links(talk) != [first]

    await settle(town, first, is_approved=True, authorization="481203")
    await talk.say("j’ai terminé")
    assert talk.said == ["utter_done_pay"]
    assert talk.values["amount"] == {"cents": 4000}


@pytest.mark.parametrize(
    ("leaving", "intent", "said"),
    [
        ("annuler", "cancel", "utter_cancelled_page"),
        ("au revoir", "goodbye", "utter_goodbye_kept_page"),
    ],
)
async def test_leaving_half_way_says_that_only_the_page_knows(
    town: Town, leaving: str, intent: str, said: str
) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    await talk.say(leaving, intent=intent)
    assert talk.said == [said]
    assert "sinon, rien n’a été débité" in talk.text()
    assert (await talk.backend_state()).operations == []


async def test_leaving_before_the_page_says_that_nothing_was_done(town: Town) -> None:
    talk = await signed_in(town)
    await talk.say("payer", intent="op_pay")
    await talk.say("annuler", intent="cancel")
    assert talk.said == ["utter_cancelled"]


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [(f"payer 40 $ avec ma carte {CARD}", True), (f"ma carte est le {CARD}", False)],
)
async def test_a_card_number_is_neither_needed_nor_used(town: Town, sentence: str, shown: bool) -> None:
    talk = await signed_in(town)
    await talk.say(sentence if shown else "payer 40 $", intent="op_pay")
    if not shown:
        await talk.say(sentence)
    assert "utter_fault_card_number" in talk.said
    assert CARD not in str(talk.state)
    assert await payments_of(talk, town) == [("one_time", 4000, "started")]


async def test_a_start_whose_answer_is_lost_opens_one_page(town: Town) -> None:
    talk = await signed_in(town)
    town.weather.on_changes.extend(["lost", "broken", "broken"])
    await talk.say("payer 40 $", intent="op_pay")
    assert talk.said == ["utter_outcome_unknown"]
    await talk.press("retry")
    assert talk.said == SHOWN
    assert len(await payments_of(talk, town)) == 1


@pytest.mark.parametrize("is_paid", [True, False])
async def test_a_backend_down_while_looking_does_not_say_that_nothing_was_done(
    town: Town, is_paid: bool
) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    (url,) = links(talk)
    if is_paid:
        await settle(town, url, is_approved=True, authorization="481203")
    town.weather.on_looks.extend(["broken", "broken"])
    await talk.press("J’ai terminé")
    assert talk.said == ["utter_backend_down_page"]
    await talk.press("retry")
    assert talk.said == (["utter_done_pay"] if is_paid else ["utter_fault_not_paid_yet", "utter_ask_paid"])


@pytest.mark.parametrize("is_paid", [True, False])
async def test_a_session_that_ends_on_the_page_is_signed_in_again(town: Town, is_paid: bool) -> None:
    talk = await signed_in(town)
    await talk.say("payer 40 $", intent="op_pay")
    (url,) = links(talk)
    town.world.clock.forward(minutes=31)
    await talk.press("J’ai terminé")
    assert talk.said == ["utter_sign_in_again_page"]
    if is_paid:
        await settle(town, url, is_approved=True, authorization="481203")
    await talk.sign_in("marie")
    assert talk.said[-1] == ("utter_done_pay" if is_paid else "utter_ask_paid")
    assert len(await payments_of(talk, town)) == 1


@pytest.mark.parametrize("intent", ["op_pay", "op_autopay"])
async def test_a_page_is_not_offered_on_the_telephone(town: Town, intent: str) -> None:
    talk = Talk(town, channel="voice")
    await talk.sign_in("marie")
    await talk.say("payer", intent=intent)
    assert talk.said == ["utter_page_needs_screen"]
    assert await payments_of(talk, town) == []


@pytest.mark.parametrize(
    ("user_id", "language", "words"),
    [
        ("marie", "fr", ["20\xa0jours", "changer votre adresse", "parler à une personne"]),
        ("john", "en", ["20\xa0days", "change your billing address", "talk to a person"]),
        ("lavoie", "fr", ["compte d’affaires", "parler à une personne"]),
    ],
)
async def test_automatic_payment_is_explained_then_agreed_to_on_the_page(
    town: Town, user_id: str, language: Language, words: list[str]
) -> None:
    talk = await signed_in(town, user_id, language)
    await talk.say("paiement automatique", intent="op_autopay")
    for word in words:
        assert word in talk.text()
    (url,) = links(talk)
    await talk.say("pas encore", intent="inform")
    assert talk.said == ["utter_fault_paid_later", "utter_ask_paid"]
    await settle(
        town, url, is_approved=True, authorization="1", method="Visa •••• 4242", method_token="sandbox-4242"
    )
    await talk.say("c’est fait")
    state = await talk.backend_state()
    assert talk.said == ["utter_done_autopay"]
    assert state.summary.ebill.autopay
    assert state.operations == ["autopay_start"]
    assert talk.cards[0]["number"] == state.receipts[0].number


async def test_automatic_payment_that_is_on_is_said_to_be(town: Town) -> None:
    talk = await signed_in(town, "claire")
    await talk.say("paiement automatique", intent="op_autopay")
    assert talk.said == ["utter_autopay_already_on"]
    assert talk.intents == ["op_human"]


@pytest.mark.parametrize("sentence", ["arrêtez le paiement automatique", "cancel my automatic payments"])
async def test_stopping_automatic_payment_is_for_a_person(town: Town, sentence: str) -> None:
    talk = await signed_in(town, "claire")
    await talk.say(sentence, intent="op_autopay")
    assert talk.said == ["utter_refused"]
    assert talk.intents == ["op_human"]
    assert talk.handoffs == ["refused"]
    assert (await talk.backend_state()).summary.ebill.autopay


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_question_has_a_reason_and_an_example(town: Town, language: Language) -> None:
    talk = await signed_in(town, "marie", language)
    await talk.say("…", intent="op_pay")
    for slot, answer in (("pay_amount", "40 $"), ("paid", "")):
        await talk.say("?", intent="ask_why")
        assert talk.said == [f"utter_why_{slot}", f"utter_ask_{slot}"]
        await talk.say("…", intent="dont_know")
        assert talk.said == [f"utter_help_{slot}", f"utter_ask_{slot}"]
        assert talk.text()
        if answer:
            await talk.say(answer)

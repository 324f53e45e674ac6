"""Several requests in one message, and refusals: where it is cut, and what is reported of its pieces."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.nlu.clauses import ClauseReader
from bot.components.nlu.decision import Guess
from bot.components.nlu.normaliser import Normaliser
from bot.components.nlu.requests import Limits, find_requests, led_by
from bot.components.nlu.tokeniser import BilingualTokeniser

READER = ClauseReader()
LIMITS = Limits()
UNSURE = Guess("inform", 0.3)
ABOUT = {  # what the classifier of these tests goes by, first come first served
    "sans papier": "op_enrol_ebill",
    "pas de facture": "op_enrol_ebill",
    "papier": "op_leave_ebill",
    "adresse": "op_change_address",
    "address": "op_change_address",
    "code postal": "op_change_address",
    "forfait": "op_switch_plan",
    "plan": "op_switch_plan",
    "payer": "op_pay",
    "pay ": "op_pay",
    "coute": "faq_cost",
}


def rank(messages: Sequence[Message]) -> list[list[Guess]]:
    """By the first known word; a piece that has none is nobody's."""
    texts = [message.get(TEXT).lower() for message in messages]
    names = [next((ABOUT[word] for word in ABOUT if word in text), "inform") for text in texts]
    return [[Guess(name, 0.8), Guess("op_undo", 0.15), Guess("greet", 0.05)] for name in names]


def found_in(text: str, whole: Guess = UNSURE, limits: Limits = LIMITS) -> list[dict[str, Any]]:
    """What is reported for a typed text that as a whole was taken for something."""
    others = [Guess(name, 0.05) for name in sorted(set(ABOUT.values())) if name.startswith("op_")]
    message = Normaliser().process([Message({TEXT: text})])[0]
    return find_requests(message, [whole, *others], READER, rank, limits)


def requests_in(text: str, whole: Guess = UNSURE, limits: Limits = LIMITS) -> list[str]:
    """The requests of a typed text, refused ones with a minus."""
    return [
        ("-" if request["negated"] else "") + str(request["intent"])
        for request in found_in(text, whole, limits)
    ]


def pieces(text: str) -> list[str]:
    """What each piece is classified by, borrowed words first; refused ones with a minus."""
    return [
        ("-" if clause.negated else "")
        + " ".join(" ".join(text[slice(*span)] for span in (*clause.borrowed, *clause.asks)).split())
        for clause in READER.clauses(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("changez mon adresse et mon forfait", ["changez mon adresse", "changez mon forfait"]),
        ("payer 52,30 $ puis voir mon solde", ["payer 52,30 $", "voir mon solde"]),
        ("ne changez pas mon adresse, juste le forfait", ["-changez mon adresse", "changez le forfait"]),
        ("mon forfait, pas mon adresse", ["mon forfait", "-mon adresse"]),
        ("je veux payer, pas mon adresse", ["je veux payer", "-mon adresse"]),
        ("changer mon forfait sans changer mon adresse", ["changer mon forfait", "-changer mon adresse"]),
        ("touche pas à mon adresse svp", ["-touche à mon adresse svp"]),
        ("je ne veux pas changer mon adresse", ["-je veux changer mon adresse"]),
        ("s'il vous plait ne m'inscrivez pas", ["-s'il vous plait m'inscrivez"]),
        ("don't change my address, just the plan", ["-change my address", "change the plan"]),
        ("I don't want to change my address", ["-I want to change my address"]),
        ("switch my plan without changing my address", ["switch my plan", "-changing my address"]),
        ("switch plans but not change my address", ["switch plans", "-change my address"]),
        ("pay my bill. Then change my address", ["pay my bill", "change my address"]),
        (
            "je voudrais payer ma facture et m'inscrire en ligne",
            ["je voudrais payer ma facture", "je voudrais m'inscrire en ligne"],
        ),
        (
            "I'd like to see my plan, get my bill and pay",
            ["I'd like to see my plan", "I'd like to get my bill", "I'd like to pay"],
        ),
        ("je ne veux pas payer et changer d'adresse", ["-je veux payer", "changer d'adresse"]),
        ("pay my bill and show my balance", ["pay my bill", "show my balance"]),
        (
            "voir mon changement puis l'annuler s'il est là",
            ["voir mon changement", "mon changement l'annuler s'il est là"],
        ),
        ("laissez mon adresse tranquille", ["-mon adresse"]),
        ("leave my plan as it is", ["-my plan"]),
        ("never mind my address, just pay", ["-my address", "pay"]),
        ("laissez faire mon adresse", ["-mon adresse"]),
        ("log in and pay", ["log in", "pay"]),
        ("change my address, while you're there my plan", ["change my address", "change my plan"]),
        ("je ne reçois pas ma facture", []),
        ("je n'ai pas reçu mon courriel", []),
        ("I don't get my bill", []),
        ("ça ne marche pas", []),
        ("marie.tremblay@example.com", []),
        ("combien coûte le service", []),
        ("payer ma facture", []),
        ("et", []),
        ("", []),
        ("...!?", []),
    ],
)
def test_a_sentence_is_cut_where_it_goes_on_to_something_else(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("I made a payment by cheque and want to report it", [False, False]),
        ("j'ai fait un paiement et je veux le signaler", [False, False]),
        ("I made a payment and want to report my move", [False, True]),
        ("show my change and cancel it", [True, True]),
        ("montrez mon solde et je veux le payer", [True, True]),
    ],
)
def test_what_is_wanted_of_what_was_told_is_no_order_of_its_own(text: str, orders: list[bool]) -> None:
    assert [clause.order for clause in READER.clauses(text.lower())] == orders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("changez mon adresse et mon forfait", ["op_change_address", "op_switch_plan"]),
        ("mon forfait, pas mon adresse", ["op_switch_plan", "-op_change_address"]),
        ("Ne changez pas mon adresse, juste le forfait.", ["-op_change_address", "op_switch_plan"]),
        ("NE CHANGEZ PAS MON ADRESSE", ["-op_change_address"]),
        ("I don’t want to change my address", ["-op_change_address"]),
        ("payer, changer mon forfait et payer encore", ["op_pay", "op_switch_plan"]),
        (
            "changez mon adresse, je reste au 12 rue A, et je veux payer ma facture",
            ["op_change_address", "op_pay"],
        ),
        # one request, however it is joined
        ("changez mon adresse et mon code postal", []),
        (
            "changez mon adresse et dites-moi combien coute le forfait",
            [],
        ),
        ("changez mon adresse et dites-moi combien ça coute", []),
        ("pas mon adresse au complet, juste mon code postal", []),
        ("bonjour, je veux payer ma facture, merci", []),
        # with the negation it is about the opposite: nothing is refused
        ("je ne veux pas de facture papier", []),
    ],
)
def test_requests_are_reported_when_they_differ_or_one_is_refused(text: str, expected: list[str]) -> None:
    assert requests_in(text) == expected


@pytest.mark.parametrize("limits", [{"operations": 0.96}, {"best": 0.9}, {"place": 1}])
def test_a_piece_that_is_not_understood_is_no_request(limits: dict[str, Any]) -> None:
    assert requests_in("changez mon adresse et payer", limits=replace(LIMITS, **limits)) == []


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [
        (
            "changez mon adresse et mon forfait",
            Guess("faq_cost", 0.95),
            ["op_change_address", "op_switch_plan"],
        ),
        ("on a changé mon adresse, et mon forfait?", Guess("faq_cost", 0.95), []),
        (
            "changez mon adresse et mon forfait",
            Guess("op_change_address", 0.95),
            ["op_change_address", "op_switch_plan"],
        ),
    ],
)
def test_what_seems_a_question_holds_requests_only_if_it_gives_nothing_but_orders(
    text: str, whole: Guess, expected: list[str]
) -> None:
    assert requests_in(text, whole) == expected


def test_beside_something_clear_a_request_must_be_clear_too() -> None:
    text, clear = "changez mon adresse et mon forfait", Guess("op_change_address", 0.95)

    assert requests_in(text, clear, replace(LIMITS, beside=0.85)) == []
    assert len(requests_in(text, UNSURE, replace(LIMITS, beside=0.85))) == 2


def test_a_statement_is_a_request_only_if_it_is_surely_one() -> None:
    text = "notre adresse était bonne et changez mon forfait"

    assert requests_in(text) == []
    assert requests_in(text, limits=replace(LIMITS, statement=0.8)) == ["op_change_address", "op_switch_plan"]


def test_both_sides_of_the_electronic_bill_are_one_request() -> None:
    assert requests_in("sans papier svp, et changez le papier") == []
    assert requests_in("changez mon adresse, sans papier svp, et changez le papier") == [
        "op_change_address",
        "op_enrol_ebill",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Allô! Changez mon adresse, le 12, rue A, et  l’adresse d’avant… Puis je veux payer 52,30 $ svp ",
            [
                "Allô! Changez mon adresse, le 12, rue A, et  l’adresse d’avant",
                "je veux payer 52,30 $ svp",
            ],
        ),
        ("Ne changez pas mon adresse,  juste le forfait", ["Ne changez pas mon adresse", "juste le forfait"]),
    ],
)
def test_each_request_carries_its_own_part_of_the_text_as_typed(text: str, expected: list[str]) -> None:
    found = found_in(text)

    assert [request["text"] for request in found] == expected
    assert [text[request["start"] : request["end"]] for request in found] == expected


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("ne changez pas mon adresse, juste le forfait", "nlu_fallback", "op_switch_plan"),
        ("payer ma facture et changer mon forfait", "faq_cost", "op_pay"),
        ("payer ma facture et changer mon forfait", "op_switch_plan", "op_switch_plan"),
        ("ne changez pas mon adresse", "nlu_fallback", "nlu_fallback"),
    ],
)
def test_requests_lead_to_an_operation_also_when_the_whole_was_not_understood(
    text: str, intent: str, expected: str
) -> None:
    assert led_by(found_in(text), {"name": intent, "confidence": 0.4})["name"] == expected


def test_words_of_a_piece_keep_their_lemmas(tokeniser: BilingualTokeniser) -> None:
    seen: list[Message] = []

    def look(messages: Sequence[Message]) -> list[list[Guess]]:
        seen.extend(messages)
        return rank(messages)

    message = Normaliser().process([Message({TEXT: "Changez mon adresse et mes forfaits"})])[0]
    tokeniser.process([message])
    find_requests(message, [UNSURE], READER, look, LIMITS)

    assert [[token.text for token in piece.get("text_tokens")] for piece in seen] == [
        ["changez", "mon", "adresse"],
        ["changez", "mes", "forfaits"],
    ]
    assert seen[1].get("text_tokens")[-1].lemma == "forfait"

"""Every entry of the FAQ in its own words and both languages; every operation, begun and not done."""

import re

import pytest

from faq import LANGUAGES, OPERATIONS, load_content
from tests.support.stack import Customer, Stack, faq_ids, keys, only

pytestmark = pytest.mark.rasa
CONTENT = load_content()
PHONE = {language: CONTENT.facts["customer_service_phone"].texts[language].text for language in LANGUAGES}

ASKED = {
    "link_account": ("Associez mon autre compte à mon profil", "Link my second account to my profile"),
    "change_address": ("Changez mon adresse de facturation, svp", "Change my billing address for me please"),
    "switch_plan": (
        "Je veux changer mon forfait d'interurbain",
        "I want to switch my long distance plan now",
    ),
    "report_payment": (
        "Je veux signaler un paiement que j'ai fait hier",
        "I want to report a payment I made",
    ),
    "enrol_ebill": ("Inscrivez-moi à la facture électronique", "Sign me up for e-bill"),
    "leave_ebill": ("Remettez-moi sur la facture papier", "Switch me back to paper bills"),
    "account_summary": ("Quel est mon solde?", "What is my account balance?"),
    "human": ("Je veux parler à une personne", "I want to speak to a person"),
    "complaint": ("Je veux porter plainte", "I want to make a complaint"),
    "sign_in": ("Connectez-moi à mon compte", "Sign me in to my account"),
    "sign_out": ("Déconnectez-moi", "Sign me out"),
    "see_address_change": (
        "Est-ce que mon changement d'adresse est toujours prévu?",
        "Show me my scheduled address change",
    ),
    "cancel_address_change": (
        "Annulez mon changement d'adresse prévu",
        "Cancel my scheduled address change",
    ),
    "compare_plans": (
        "Comparez les forfaits d'interurbain pour moi",
        "Compare the long-distance plans for me",
    ),
    "pay": ("Je veux payer mon compte maintenant", "I want to pay my bill now"),
    "autopay": ("Inscrivez-moi au paiement automatique", "Set up automatic payment for me"),
    "change_ebill_email": (
        "Changez l'adresse courriel de ma facture électronique",
        "Change the e-mail address for my e-bill",
    ),
    "resend_bill": ("Renvoyez-moi ma dernière facture", "Resend my last bill please"),
    "receipts": ("Montrez-moi mes reçus", "Show me my receipts"),
    "send_receipt": ("Envoyez-moi mon reçu par courriel", "E-mail me my receipt"),
    "undo": ("Défaites ce que je viens de faire", "Undo what I just did"),
}
# Done without knowing who asks.
FOR_ANYBODY = {
    "human": "utter_human",
    "complaint": "utter_complaint",
    "sign_in": "utter_sign_in_here",
    "sign_out": "utter_not_signed_in",
}
CLAIMS = re.compile(
    r"c’est fait|j’ai (bien )?(chang|not|inscri|associ|signal)|(est|a été) (chang|inscri|associ)\w+ ici"
    r"|all set|\bdone\b|I(’ve| have) (changed|linked|recorded|signed)|has been (changed|linked|recorded)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry_id", sorted(CONTENT.entries))
def test_each_entry_answers_its_own_question(stack: Stack, entry_id: str, language: str) -> None:
    answer = Customer(stack, language).say(CONTENT.text(entry_id, language).question)

    message = only(answer)
    assert (message.get("faq_id"), message["lang"]) == (entry_id, language)
    assert message["faq_version"] == CONTENT.version(entry_id, language)
    assert message["text"]
    assert answer["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_begun_and_never_claimed(stack: Stack, operation: str, language: str) -> None:
    answer = Customer(stack, language).say(ASKED[operation][LANGUAGES.index(language)])

    message = answer["messages"][0]
    assert (message["key"], message["lang"]) == (FOR_ANYBODY.get(operation, "utter_sign_in_needed"), language)
    assert not CLAIMS.search(message["text"]), message["text"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bonjour!", "utter_greet"),
        ("merci beaucoup", "utter_thanks"),
        ("au revoir", "utter_goodbye"),
        ("es-tu un robot?", "utter_bot_challenge"),
        ("qu'est-ce que vous pouvez faire pour moi?", "utter_capabilities"),
        ("annule", "utter_nothing_to_cancel"),
        ("oui", "utter_how_can_i_help"),
        ("non", "utter_how_can_i_help"),
        ("maudit niaiseux", "utter_insult"),
    ],
)
def test_small_talk_in_french(stack: Stack, text: str, key: str) -> None:
    answer = Customer(stack, "fr").say(text)

    assert (keys(answer), only(answer)["lang"]) == ([key], "fr")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hello!", "utter_greet"),
        ("thanks a lot", "utter_thanks"),
        ("goodbye", "utter_goodbye"),
        ("are you a robot?", "utter_bot_challenge"),
        ("what can you do?", "utter_capabilities"),
        ("cancel", "utter_nothing_to_cancel"),
        ("yes", "utter_how_can_i_help"),
        ("nope", "utter_how_can_i_help"),
        ("you are useless, go to hell", "utter_insult"),
    ],
)
def test_small_talk_in_english(stack: Stack, text: str, key: str) -> None:
    answer = Customer(stack, "en").say(text)

    assert (keys(answer), only(answer)["lang"]) == ([key], "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "mon internet ne fonctionne plus depuis ce matin"),
        ("fr", "il y a une panne dans mon quartier"),
        ("fr", "mon routeur clignote en rouge"),
        ("en", "my internet has been down since this morning"),
        ("en", "is there an outage in my area"),
        ("en", "my router is blinking red"),
    ],
)
def test_what_is_near_but_not_covered_is_told_whom_to_call(stack: Stack, language: str, text: str) -> None:
    answer = Customer(stack, language).say(text)

    assert keys(answer) == ["utter_oos_telecom"]
    assert PHONE[language] in only(answer)["text"]
    assert faq_ids(answer) == []


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "raconte-moi une blague"), ("en", "what's the weather like")]
)
def test_what_is_far_is_said_plainly(stack: Stack, language: str, text: str) -> None:
    answer = Customer(stack, language).say(text)

    assert keys(answer) == ["utter_oos_other"]
    assert only(answer)["lang"] == language

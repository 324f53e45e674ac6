"""Which language a message is in, and which one the conversation goes on in."""

import pytest
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.nlu.detection import Detection, asked_language, detect
from bot.components.nlu.language import LANGUAGE, ConversationLanguage, LanguageDetector
from tests.rasa.building import a_conversation, a_message

CUES = {"fr": ["francais", "french"], "en": ["anglais", "english"]}


class Says:
    """A detector that is as sure as the test wants."""

    def __init__(self, language: str, confidence: float) -> None:
        self.answer = (language, confidence)

    def best(self, text: str) -> tuple[str, float]:
        """The same for every text."""
        return self.answer


def next_language(
    detector: LanguageDetector,
    conversation_language: ConversationLanguage,
    message: Message,
    tracker: DialogueStateTracker | None = None,
) -> str:
    """What the two steps put in the slot."""
    detector.process([message], tracker)
    conversation_language.process([message], tracker)
    return str(message.get(ENTITIES)[-1]["value"])


@pytest.mark.parametrize(
    ("says", "current", "expected"),
    [
        (("en", 0.70), "fr", Detection("en", 0.70, True)),
        (("en", 0.69), "fr", Detection("fr", 0.69, False)),
        (("fr", 0.69), "en", Detection("en", 0.69, False)),
        (("en", 0.60), None, Detection("en", 0.60, True)),
        (("en", 0.50), None, Detection("fr", 0.50, False)),
        (("en", 0.0), None, Detection("fr", 0.0, False)),
        (("en", 0.0), "en", Detection("en", 0.0, False)),
    ],
)
def test_below_the_threshold_the_language_stays(
    says: tuple[str, float], current: str | None, expected: Detection
) -> None:
    assert detect("any text", current, Says(*says), 0.70) == expected


@pytest.mark.parametrize(
    "text", ["123456", "$45.00", "?", "!!!", "\U0001f600\U0001f44d", "H2Z 1A4", "", "..."]
)
@pytest.mark.parametrize("current", ["fr", "en"])
def test_digits_signs_and_emoji_keep_the_language(
    detector: LanguageDetector, conversation_language: ConversationLanguage, text: str, current: str
) -> None:
    tracker = a_conversation(language=current)

    assert next_language(detector, conversation_language, a_message(text), tracker) == current


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("combien coûte le service en ligne", "fr"),
        ("how much does the online service cost", "en"),
        ("je veux voir ma facture", "fr"),
        ("where is my bill", "en"),
        ("oui", "fr"),
        ("yes please", "en"),
    ],
)
@pytest.mark.parametrize("current", ["fr", "en"])
def test_a_message_in_the_other_language_changes_it(
    detector: LanguageDetector,
    conversation_language: ConversationLanguage,
    text: str,
    expected: str,
    current: str,
) -> None:
    tracker = a_conversation(language=current)

    assert next_language(detector, conversation_language, a_message(text), tracker) == expected


def test_the_gateway_knows_the_language_before_the_first_message(
    detector: LanguageDetector, conversation_language: ConversationLanguage
) -> None:
    message = a_message("123", language="en")

    assert next_language(detector, conversation_language, message, a_conversation()) == "en"


def test_a_change_made_on_the_page_counts_more_than_the_slot(
    detector: LanguageDetector, conversation_language: ConversationLanguage
) -> None:
    message = a_message("123", language="en")

    assert next_language(detector, conversation_language, message, a_conversation(language="fr")) == "en"


@pytest.mark.parametrize("strange", ["xx", "", "EN", 5, None])
def test_a_strange_language_from_outside_is_not_believed(
    detector: LanguageDetector, conversation_language: ConversationLanguage, strange: object
) -> None:
    message = Message({TEXT: "123", METADATA: {LANGUAGE: strange}})

    assert next_language(detector, conversation_language, message, a_conversation(language="en")) == "en"
    message = Message({TEXT: "123", METADATA: {LANGUAGE: strange}})
    assert next_language(detector, conversation_language, message, None) == "fr"


@pytest.mark.parametrize("text", ["Montreal", "John Smith", "ok", "yesterday", "the 15th of next month"])
def test_the_answer_to_a_forms_question_keeps_the_language(
    detector: LanguageDetector, conversation_language: ConversationLanguage, text: str
) -> None:
    tracker = a_conversation(language="fr", form="address_form")

    assert next_language(detector, conversation_language, a_message(text, intent="affirm"), tracker) == "fr"


@pytest.mark.parametrize("current", ["fr", "en"])
def test_gibberish_keeps_the_language(
    detector: LanguageDetector, conversation_language: ConversationLanguage, current: str
) -> None:
    message = a_message("xkcd qwfp zzgh the", intent="gibberish")

    assert (
        next_language(detector, conversation_language, message, a_conversation(language=current)) == current
    )


def test_a_question_in_the_middle_of_a_form_changes_the_language(
    detector: LanguageDetector, conversation_language: ConversationLanguage
) -> None:
    tracker = a_conversation(language="fr", form="address_form")
    question = a_message("how much does it cost to use the service", intent="faq_cost")

    assert next_language(detector, conversation_language, question, tracker) == "en"


@pytest.mark.parametrize(
    ("text", "intent", "current", "expected"),
    [
        ("1200 Sherbrooke Street West, apt 4, Montreal", "op_change_address", "fr", "fr"),
        ("1200 sherbrooke street west montreal quebec", "op_change_address", "fr", "fr"),
        ("12, rue de la Montagne, Saint-Jean-sur-Richelieu", "op_change_address", "en", "en"),
        ("45 boulevard des Laurentides Est", "op_change_address", "en", "en"),
        ("change my address to 12 rue des Érables, Laval", "op_change_address", "en", "en"),
        ("changer mon adresse pour 1200 Sherbrooke Street West", "op_change_address", "fr", "fr"),
        ("I want to change my address instead", "op_change_address", "fr", "en"),
        ("je veux plutôt payer ma facture", "op_pay", "en", "fr"),
        ("actually, pay my bill", "op_pay", "fr", "en"),
        ("comment recevoir ma facture par courriel", "faq_ebill_enrol", "en", "fr"),
        ("I want to change my address instead", "inform", "fr", "fr"),
        ("yes please do it", "affirm", "fr", "fr"),
        ("e-bill", "op_enrol_ebill", "fr", "fr"),
        ("marie.tremblay@example.com", "op_change_ebill_email", "fr", "fr"),
        ("North Plan Unlimited", "op_switch_plan", "fr", "fr"),
        ("Visa", "op_pay", "en", "en"),
    ],
)
def test_in_an_operation_only_a_question_or_a_request_in_words_changes_the_language(
    detector: LanguageDetector,
    conversation_language: ConversationLanguage,
    text: str,
    intent: str,
    current: str,
    expected: str,
) -> None:
    tracker = a_conversation(language=current, form="action_operation")

    assert next_language(detector, conversation_language, a_message(text, intent=intent), tracker) == expected


def test_a_request_in_the_middle_of_a_form_changes_the_language(
    detector: LanguageDetector, conversation_language: ConversationLanguage
) -> None:
    tracker = a_conversation(language="fr", form="address_form")
    request = a_message("en anglais svp", intent="switch_language")

    assert next_language(detector, conversation_language, request, tracker) == "en"


@pytest.mark.parametrize(
    ("text", "current", "expected"),
    [
        ("en anglais s'il vous plaît", "fr", "en"),
        ("parlez-vous français", "en", "fr"),
        ("FRANÇAIS", "en", "fr"),
        ("can we do this in french", "en", "fr"),
        ("in english please", "en", "en"),
        ("changez de langue", "fr", "en"),
        ("other language", "en", "fr"),
        ("french or english?", "fr", "en"),
    ],
)
def test_a_request_names_the_language_or_means_the_other_one(text: str, current: str, expected: str) -> None:
    assert asked_language(text, CUES, current) == expected


def test_training_sentences_keep_the_language_of_their_file(detector: LanguageDetector) -> None:
    sentences = [
        Message({TEXT: "e-bill", METADATA: {LANGUAGE: "fr"}}),
        Message({TEXT: "where is my bill"}),
    ]

    detector.process_training_data(TrainingData(sentences))

    assert [sentence.get(LANGUAGE) for sentence in sentences] == ["fr", "en"]


def test_entities_already_found_are_kept(
    detector: LanguageDetector, conversation_language: ConversationLanguage
) -> None:
    message = a_message("mon code postal est H2Z 1A4")
    message.set(ENTITIES, [{"entity": "postal_code", "value": "H2Z 1A4", "start": 19, "end": 26}])

    next_language(detector, conversation_language, message)

    assert [entity["entity"] for entity in message.get(ENTITIES)] == ["postal_code", "language"]


def test_no_conversation_and_no_message_is_french(
    detector: LanguageDetector, conversation_language: ConversationLanguage
) -> None:
    assert next_language(detector, conversation_language, Message({}), None) == "fr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want the Monde économique plan", "en"),
        ("i want monde economique", "en"),
        ("switch me to Monde économique", "en"),
        ("Interurbain de base please", "en"),
        ("what's the difference between Canada 500 and Monde économique?", "en"),
        ("je veux le forfait World Saver", "fr"),
        ("je veux World Saver", "fr"),
        ("passe-moi au Evenings and Weekends", "fr"),
        ("mets moi sur north america unlimited", "fr"),
        ("le forfait Grand Large est-il encore offert", "fr"),
        ("change my address to 45 rue des Érables, Québec G1R 2B5", "en"),
        ("change it to 12, rue des Pins, Laval, please", "en"),
        ("Je déménage au 120 King Street West à Toronto", "fr"),
        ("changez mon adresse pour 1200 sherbrooke street west", "fr"),
        ("my email is jean-francois.lapointe@primus.ca", "en"),
        ("mon courriel est the.big.house@example.com", "fr"),
        ("the account holder is Jean-François Lévesque", "en"),
        ("mon compte est au nom de William Shakespeare Johnson", "fr"),
        ("I paid at Caisse Desjardins de Lévis yesterday", "en"),
        ("j'ai payé à la Royal Bank hier", "fr"),
    ],
)
@pytest.mark.parametrize("current", ["fr", "en"])
def test_a_name_or_an_address_is_no_evidence_of_a_language(
    detector: LanguageDetector,
    conversation_language: ConversationLanguage,
    text: str,
    expected: str,
    current: str,
) -> None:
    tracker = a_conversation(language=current)

    assert next_language(detector, conversation_language, a_message(text), tracker) == expected


@pytest.mark.parametrize("text", ["Monde économique", "World Saver", "1200 Sherbrooke Street West", "Visa"])
@pytest.mark.parametrize("current", ["fr", "en"])
def test_a_name_alone_keeps_the_language(
    detector: LanguageDetector, conversation_language: ConversationLanguage, text: str, current: str
) -> None:
    tracker = a_conversation(language=current)

    assert next_language(detector, conversation_language, a_message(text), tracker) == current

"""Joining and leaving the e-bill: the same words, turned about."""

import pytest

from bot.components.nlu.decision import Guess
from bot.components.nlu.media import JOIN, LEAVE, MediaReader

READER = MediaReader()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("je veux recevoir ma facture sur papier", "fr", LEAVE),
        ("je veux recevoir ma facture par courriel", "fr", JOIN),
        ("je ne veux plus de papier", "fr", JOIN),
        ("je ne veux plus de la facture électronique", "fr", LEAVE),
        ("arrêtez le papier", "fr", JOIN),
        ("Désabonnez-moi de la facture électronique", "fr", LEAVE),
        ("du papier, pas du courriel", "fr", LEAVE),
        ("du courriel, pas du papier", "fr", JOIN),
        ("le courriel au lieu du papier", "fr", JOIN),
        ("remplacez le courriel par le papier", "fr", LEAVE),
        ("je préfère le papier au courriel", "fr", LEAVE),
        ("e-facture non, papier oui", "fr", LEAVE),
        ("la facture par courriel, j'en veux plus", "fr", LEAVE),
        ("envoyez ma facture par mail", "fr", JOIN),
        ("envoyez-la à marie@example.com", "fr", JOIN),
        ("par courrier électronique svp", "fr", JOIN),
        ("mail me my bill", "en", LEAVE),
        ("stop mailing my bill", "en", JOIN),
        ("I don't want the e-bill anymore", "en", LEAVE),
        ("I don't want paper bills", "en", JOIN),
        ("take me off electronic billing", "en", LEAVE),
        ("email instead of paper", "en", JOIN),
        ("move me from paper to email", "en", JOIN),
        ("from now on, my bill by email", "en", JOIN),
        ("replace paper with email", "en", JOIN),
        # nothing named, or both wanted: the words don't say
        ("inscrivez-moi", "fr", None),
        ("le papier et le courriel", "fr", None),
        ("I read my email but I like paper", "en", None),
    ],
)
def test_what_is_wanted_and_refused_says_which_way(text: str, language: str, expected: str | None) -> None:
    assert READER.wanted(text, language, surely=False) == expected


@pytest.mark.parametrize(
    ("text", "leading", "expected"),
    [
        ("arrêtez le papier", LEAVE, JOIN),
        ("arrêtez le courriel", LEAVE, LEAVE),
        ("arrêtez le papier", "faq_spam", "faq_spam"),
        ("j'ai reçu un papier", JOIN, JOIN),
    ],
)
def test_only_a_sure_reading_turns_what_the_model_is_sure_of(text: str, leading: str, expected: str) -> None:
    others = [name for name in (JOIN, LEAVE) if name != leading]
    ranking = [Guess(leading, 0.9), *(Guess(name, 0.05) for name in others)]

    turned = READER.turned(ranking, text, "fr")

    assert turned[0] == Guess(expected, 0.9)
    assert {guess.name for guess in turned} == {guess.name for guess in ranking}


def test_a_bare_word_turns_what_the_model_doubts() -> None:
    ranking = [Guess(JOIN, 0.5), Guess(LEAVE, 0.3)]

    assert READER.turned(ranking, "facture sur papier", "fr") == [Guess(LEAVE, 0.5), Guess(JOIN, 0.3)]

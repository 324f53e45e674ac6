"""What the tests in Rasa's environment share; models of the pipeline's steps are loaded once a session."""

import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

import pytest

from bot.components.nlu.encoder import SentenceEncoder
from bot.components.nlu.language import ConversationLanguage, LanguageDetector
from bot.components.nlu.tokeniser import BilingualTokeniser


@pytest.fixture(scope="session")
def detector() -> LanguageDetector:
    """The step that detects, as configured."""
    return LanguageDetector(LanguageDetector.get_default_config())


@pytest.fixture(scope="session")
def conversation_language() -> ConversationLanguage:
    """The step that decides which language the conversation goes on in."""
    return ConversationLanguage()


@pytest.fixture(scope="session")
def tokeniser() -> BilingualTokeniser:
    """The tokeniser with its French model."""
    return BilingualTokeniser(BilingualTokeniser.get_default_config())


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The sentence encoder, without a cache."""
    return SentenceEncoder()

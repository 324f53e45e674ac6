"""The intent classifier: n-grams and sentence vectors into one linear model, then a calibrated decision."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack

from bot.components.nlu import decision, linear
from bot.components.nlu.clauses import ClauseReader
from bot.components.nlu.decision import Guess, Thresholds
from bot.components.nlu.detection import DEFAULT_LANGUAGE
from bot.components.nlu.encoder import SentenceEncoder, encoder_version
from bot.components.nlu.language import LANGUAGE
from bot.components.nlu.linear import LinearModel
from bot.components.nlu.media import MediaReader
from bot.components.nlu.ngrams import LEMMAS, SURFACE, NgramVectoriser
from bot.components.nlu.normaliser import normalised_text
from bot.components.nlu.requests import REQUESTS, Limits, find_requests, led_by
from bot.components.nlu.text import fold
from bot.components.nlu.tokeniser import lemmas

_HERE = Path(__file__).parent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` (after the decision) and `intent_ranking` (before it) on each message.

    Where a message holds several requests or refuses one, it sets `requests` too.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What may be set in config.yml."""
        return {
            "penalty": 0.5,  # C of the support-vector machine
            "folds": 3,  # for the held-out predictions that calibrate probabilities and thresholds
            "turned_away": 0.015,  # largest share of (held-out) in-scope messages called out of scope
            "asked": 0.03,  # share of in-scope messages answered with "did you mean"
            "ranking_length": 10,  # every user event in the tracker store carries the ranking
            "requests": vars(Limits()),  # when the pieces of a sentence are requests
            "vector_weight": 1.0,  # length of the sentence vector; each view of the n-grams has its own
            "cache": "var/cache/sentences",  # sentence vectors kept between trainings; null to keep none
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage, self._resource = model_storage, resource
        self._encoder = SentenceEncoder(Path(config["cache"]) if config["cache"] else None)
        self._ngrams = NgramVectoriser()
        self._model: LinearModel | None = None
        self._thresholds = Thresholds()
        self._reader = ClauseReader()
        self._media = MediaReader()
        self._limits = Limits(**config["requests"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The classifier that `train` stored."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._ngrams = NgramVectoriser.load(folder)
            classifier._model = LinearModel.load(folder)
            classifier._thresholds = Thresholds.load(folder)
        return classifier

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Rasa's cache knows this class's source only: add the modules it is made of."""
        sources = b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py")))
        return f"{encoder_version()} {hashlib.sha256(sources).hexdigest()}"

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model, its temperature and its thresholds, and store them."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        labels = [str(example.get(INTENT)) for example in examples]
        self._ngrams.fit(_texts(examples))
        features = self._features(examples, training=True)
        self._model = self._calibrated(features, labels)
        with self._storage.write_to(self._resource) as folder:
            for part in (self._ngrams, self._model, self._thresholds):
                part.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify customers' messages in place."""
        for message in messages:
            ranking = self.rank(message) if normalised_text(message) else [Guess("gibberish", 1.0)]
            intent = decision.decide(ranking, self._thresholds)
            shown = ranking[: self._config["ranking_length"]]
            message.set(INTENT, vars(intent), add_to_output=True)
            message.set(INTENT_RANKING_KEY, [vars(guess) for guess in shown], add_to_output=True)
            requests = find_requests(message, ranking, self._reader, self._rankings, self._limits)
            if requests:
                message.set(REQUESTS, requests, add_to_output=True)
                message.set(INTENT, led_by(requests, vars(intent)), add_to_output=True)
        return messages

    def rank(self, message: Message) -> list[Guess]:
        """All intents, likeliest first."""
        return self._rankings([message])[0]

    def _rankings(self, messages: Sequence[Message]) -> list[list[Guess]]:
        assert self._model is not None, "the classifier was not trained"
        classes = self._model.classes
        rankings = [
            [Guess(classes[i], float(probabilities[i])) for i in np.argsort(-probabilities)]
            for probabilities in self._model.probabilities(self._features(messages))
        ]
        return [
            self._media.turned(ranking, normalised_text(message), message.get(LANGUAGE) or DEFAULT_LANGUAGE)
            for ranking, message in zip(rankings, messages, strict=True)
        ]

    def _features(self, messages: Sequence[Message], *, training: bool = False) -> csr_matrix:
        encode = self._encoder.encode_cached if training else self._encoder.encode
        vectors = encode([normalised_text(message) for message in messages])
        weighted = csr_matrix(vectors * np.float32(self._config["vector_weight"]))
        return hstack([self._ngrams.transform(_texts(messages)), weighted], format="csr")

    def _calibrated(self, features: csr_matrix, labels: Sequence[str]) -> LinearModel:
        penalty, folds = self._config["penalty"], self._config["folds"]
        margins, classes = linear.held_out_margins(features, labels, penalty=penalty, folds=folds)
        temperature = linear.fit_temperature(margins, labels, classes)
        self._thresholds = decision.calibrate(
            linear.softmax(margins * temperature),
            labels,
            classes,
            turned_away=self._config["turned_away"],
            asked=self._config["asked"],
        )
        model = linear.fit(features, labels, penalty=penalty)
        return LinearModel(model.weights, model.biases, model.classes, temperature)


def _texts(messages: Sequence[Message]) -> dict[str, list[str]]:
    """What the n-grams are counted on: the words as written and their dictionary forms, folded."""
    return {
        SURFACE: [fold(normalised_text(message)) for message in messages],
        LEMMAS: [fold(" ".join(lemmas(message))) for message in messages],
    }

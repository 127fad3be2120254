"""Act and situations of a message: what the person wants, and what happens to the family, each with a calibrated confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import training
from bot.nlu.calibration import sigmoid, softmax
from bot.nlu.components.keys import MENTIONS, SITUATIONS, text_to_read
from bot.nlu.components.linear_component import LinearComponent
from bot.nlu.examples import from_rasa
from bot.nlu.linear import Head, LinearModel
from bot.nlu.word_vectors import WordVectors

RANKING_LENGTH = 6
CANDIDATE = 0.2  # confidence from which a situation is passed on; the arbiter retains


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Classifier(LinearComponent):
    """One act among all and any number of situations, by a linear model on words and pieces of words."""

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples of data/nlu, situations being the metadata of their blocks."""
        return self._keep(training.train(from_rasa(training_data), WordVectors.of_spacy()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave `intent`, `intent_ranking` and `situations` on each message."""
        for message in messages:
            text = text_to_read(message)
            if text is not None and self._model is not None:
                self._read(message, text, self._model)
        return messages

    def _read(self, message: Message, text: str, model: LinearModel) -> None:
        """Read one message."""
        scores = model.scores(text, message.get(MENTIONS) or {})
        ranking = _ranked("name", model.heads[training.ACTS], softmax(scores[training.ACTS]))
        situations = _ranked("id", model.heads[training.SITUATIONS], sigmoid(scores[training.SITUATIONS]))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[:RANKING_LENGTH], add_to_output=True)
        message.set(
            SITUATIONS,
            [entry for entry in situations if entry["id"] == training.ALARM or entry["confidence"] >= CANDIDATE],
            add_to_output=True,
        )


def _ranked(key: str, head: Head, probabilities: np.ndarray) -> list[dict[str, Any]]:
    """Labels with their confidence, the most likely first."""
    pairs = sorted(zip(head.labels, probabilities, strict=True), key=lambda pair: -pair[1])
    return [{key: name, "confidence": float(value)} for name, value in pairs]

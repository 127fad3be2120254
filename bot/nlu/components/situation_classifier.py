"""Situations told in a message: none, one or several, each with a calibrated confidence."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.calibration import sigmoid
from bot.nlu.components.keys import SITUATIONS, text_to_read
from bot.nlu.components.linear_component import LinearComponent
from bot.nlu.examples import from_rasa
from bot.nlu.training import train_situations

THRESHOLD = 0.5  # confidence from which a situation is retained


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SituationClassifier(LinearComponent):
    """Several labels a message, by one hyperplane each."""

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the situations written in the metadata of the intent blocks."""
        return self.persist(train_situations(from_rasa(training_data)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the situations retained on each message, the most likely first."""
        for message in messages:
            text = text_to_read(message)
            if text is not None and self.model is not None:
                pairs = zip(self.model.labels, sigmoid(self.model.scores(text)), strict=True)
                kept = sorted(((name, float(value)) for name, value in pairs if value >= THRESHOLD), key=lambda pair: -pair[1])
                message.set(SITUATIONS, [{"id": name, "confidence": value} for name, value in kept], add_to_output=True)
        return messages

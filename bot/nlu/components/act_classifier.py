"""Act of a message: what the person wants, with every act's calibrated confidence."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.calibration import softmax
from bot.nlu.components.keys import text_to_read
from bot.nlu.components.linear_component import LinearComponent
from bot.nlu.examples import from_rasa
from bot.nlu.training import train_acts

RANKING_LENGTH = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(LinearComponent):
    """One act among all, by a linear model on words and pieces of words."""

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples of data/nlu."""
        return self.persist(train_acts(from_rasa(training_data)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave `intent` and `intent_ranking` on each message."""
        for message in messages:
            text = text_to_read(message)
            if text is not None and self.model is not None:
                ranking = self._ranking(text)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking[:RANKING_LENGTH], add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, str | float]]:
        """Acts from the most to the least likely."""
        assert self.model is not None
        pairs = zip(self.model.labels, softmax(self.model.scores(text)), strict=True)
        return [{"name": name, "confidence": float(value)} for name, value in sorted(pairs, key=lambda pair: -pair[1])]

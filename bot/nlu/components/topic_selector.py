"""Topic of a retrieval intent (`info_service/<topic>`), left where Rasa's own ResponseSelector leaves it."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, RESPONSE_SELECTOR
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import topics
from bot.nlu.components.keys import text_to_read
from bot.nlu.components.linear_component import LinearComponent
from bot.nlu.examples import from_rasa

RANKING_LENGTH = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicSelector(LinearComponent):
    """One topic among those of `retrieval_intent`, for the messages of that intent. Rasa's own needs TensorFlow at each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The retrieval intent whose topics are chosen."""
        return {"retrieval_intent": None}

    @property
    def _intent(self) -> str:
        """The retrieval intent."""
        return str(self._config["retrieval_intent"])

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples of data/nlu that name a topic. Raises ValueError when the intent has none."""
        model = topics.train(from_rasa(training_data), self._intent)
        if model is None:
            raise ValueError(f"no topic to choose for {self._intent}: name two at least in data/nlu, « - intent: {self._intent}/<topic> »")
        return self._keep(model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave `response_selector` on the messages of the retrieval intent."""
        for message in messages:
            text = text_to_read(message)
            if text is not None and self._model is not None and (message.get(INTENT) or {}).get("name") == self._intent:
                found = topics.rank(self._model, text)[:RANKING_LENGTH]
                message.set(RESPONSE_SELECTOR, {self._intent: self._selection(found)}, add_to_output=True)
        return messages

    def _selection(self, found: list[tuple[str, float]]) -> dict[str, Any]:
        """The choice and its rivals, in the words of Rasa; the text is left to domain.yml."""
        ranking = [{"intent_response_key": f"{self._intent}/{topic}", "confidence": confidence} for topic, confidence in found]
        best = {**ranking[0], "utter_action": f"utter_{ranking[0]['intent_response_key']}"}
        return {"response": best, "ranking": ranking}

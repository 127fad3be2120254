"""Last component: weighs alarm, acts, situations and language, and leaves the final reading on the message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components.keys import ALARM, LANGUAGE, SITUATIONS, text_to_read
from bot.nlu.decision import decide


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Arbiter(GraphComponent):
    """Alarms first, then the best act if it is sure enough, otherwise `nlu_fallback` with the readings in doubt."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Arbiter:
        """A component without state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the final `intent`, `intent_ranking`, `situations` and `langue` on each message."""
        for message in messages:
            text = text_to_read(message)
            if text is not None and message.get(INTENT_RANKING_KEY):
                decision = decide(text, message.get(INTENT_RANKING_KEY), message.get(SITUATIONS) or [], message.get(ALARM))
                message.set(INTENT, {"name": decision.act, "confidence": decision.confidence}, add_to_output=True)
                message.set(INTENT_RANKING_KEY, decision.ranking, add_to_output=True)
                message.set(SITUATIONS, decision.situations, add_to_output=True)
                message.set(LANGUAGE, decision.language, add_to_output=True)
        return messages

"""First component: leaves the alarm of the danger patterns on the message for the last one to act upon."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components.keys import ALARM, text_to_read
from bot.nlu.danger import detect, load_patterns


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DangerDetector(GraphComponent):
    """Violence, danger and suicidal words, by patterns."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DangerDetector:
        """Compile the patterns before the first message."""
        load_patterns()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave `alarme` on each message that alarms."""
        for message in messages:
            text = text_to_read(message)
            if text is not None:
                message.set(ALARM, detect(text))
        return messages
